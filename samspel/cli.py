"""The ``samspel`` command: noun, then verb.

``samspel notices load`` runs Django's management command ``notices_load``. What the hub offers is what its apps put in
``management/commands`` with an underscore in the name; Django's own commands stay with ``manage.py``.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands, load_command_class

HELP = ("-h", "--help", "help")


def main() -> None:
    """Run the command line's noun and verb, or say which there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
    with wrong_settings_told():
        django.setup()
    words = sys.argv[1:]
    verbs = {name: app for name, app in sorted(get_commands().items()) if app.startswith("samspel.") and "_" in name}
    of_noun = {verb: app for verb, app in verbs.items() if words and verb.startswith(f"{words[0]}_")}
    if "_".join(words[:2]) in verbs:
        _run("_".join(words[:2]), words[2:])
    elif only := _only_verb(words, verbs):
        _run(only, words[1:])
    elif not words or words[0] in HELP:
        sys.stdout.write(_help(verbs))
    elif of_noun and words[1:] and words[1] in HELP:
        sys.stdout.write(_help(of_noun))
    else:
        sys.stderr.write(f"There is no command “{' '.join(words[:2])}”.\n\n{_help(of_noun or verbs)}")
        sys.exit(2)


@contextmanager
def wrong_settings_told() -> Iterator[None]:
    """End the process with one sentence where a setting is wrong."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}. docs/settings.md says what a hub needs to be told.\n")
        sys.exit(2)


def _run(name: str, options: list[str]) -> None:
    ManagementUtility(["samspel", name, *options]).execute()


def _only_verb(words: list[str], verbs: dict[str, str]) -> str | None:
    """Return the verb of a noun that has but one, where none was given."""
    if not words or (len(words) > 1 and not words[1].startswith("-")):
        return None
    of_noun = [verb for verb in verbs if verb.startswith(f"{words[0]}_")]
    return of_noun[0] if len(of_noun) == 1 else None


def _help(verbs: dict[str, str]) -> str:
    lines = [
        f"  samspel {name.replace('_', ' ', 1):<22} {load_command_class(app, name).help}" for name, app in verbs.items()
    ]
    return "\n".join(["samspel NOUN VERB [options]; --help after a verb says more.", "", *lines, ""])
