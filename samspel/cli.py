"""The ``samspel`` command: noun, then verb.

``samspel notices load`` runs Django's management command ``notices_load``. What the hub offers is what its apps put in
``management/commands`` with an underscore in the name; Django's own commands stay with ``manage.py``.
"""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands, load_command_class


def main() -> None:
    """Run the command line's noun and verb, or say which there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}. docs/settings.md says what a hub needs to be told.\n")
        sys.exit(2)
    verbs = _verbs()
    words = sys.argv[1:]
    name = "_".join(words[:2])
    if name in verbs:
        sys.argv = [f"samspel {words[0]} {words[1]}", *words[2:]]
        ManagementUtility(["samspel", name, *words[2:]]).execute()
        return
    asked_for_help = not words or words[0] in ("-h", "--help", "help")
    sys.stdout.write(_help(verbs) if asked_for_help else "")
    if not asked_for_help:
        nouns = {verb.split("_")[0] for verb in verbs}
        said = " ".join(words[:2])
        chosen = {verb: app for verb, app in verbs.items() if words[0] not in nouns or verb.startswith(f"{words[0]}_")}
        sys.stderr.write(f"There is no command '{said}'.\n\n{_help(chosen)}")
        sys.exit(2)


def _verbs() -> dict[str, str]:
    return {name: app for name, app in sorted(get_commands().items()) if app.startswith("samspel.") and "_" in name}


def _help(verbs: dict[str, str]) -> str:
    lines = [
        f"  samspel {name.replace('_', ' ', 1):<22} {load_command_class(app, name).help}" for name, app in verbs.items()
    ]
    return "\n".join(["samspel NOUN VERB [options]; --help after a verb says more.", "", *lines, ""])
