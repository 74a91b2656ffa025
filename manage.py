#!/usr/bin/env python
"""Django's own commands, for developers. People who run a hub use ``samspel``."""

import os
import sys

import django
from django.core.management import execute_from_command_line

from samspel.cli import wrong_settings_told

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
    with wrong_settings_told():
        django.setup()
    execute_from_command_line(sys.argv)
