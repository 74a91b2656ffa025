"""Translation catalogues: ``python -m samspel.kit.translations compile | check | update``.

``compile`` writes what Django reads, by Babel, so that nobody who runs a hub needs gettext. ``check`` refuses a
catalogue that is not complete or no longer fits the sources. ``update`` brings new texts from the sources into the
catalogues; it is for developers and, like half of ``check``, needs gettext (Debian: apt-get install gettext).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
LANGUAGES = ("sv", "nb")
NO_GETTEXT = "gettext is not installed, so stale translations are not checked"


class Refused(Exception):
    """A catalogue is wrong; one line for each fault."""


def compile_all(locale=LOCALE):
    """Write a .mo file beside every .po file; refuse texts whose placeholders differ from the source's."""
    for file in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        catalogue = _read(file)
        faults = [
            f"{_name(file)}: “{message.id}”: {error}" for message in catalogue for error in message.check(catalogue)
        ]
        if faults:
            raise Refused("\n".join(faults))
        # Replaced in one step: a test run compiles in several processes.
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            write_mo(out, catalogue)
        Path(name).chmod(0o644)
        Path(name).replace(file.with_suffix(".mo"))


def check(locale=LOCALE, source=ROOT / "samspel"):
    """Refuse catalogues with texts that are missing, fuzzy, obsolete, or stale against the sources."""
    compile_all(locale)
    wanted = _texts_of(source) if has_gettext() else None
    faults = [fault for language in LANGUAGES for fault in _faults(locale, language, wanted)]
    if faults:
        raise Refused("\n".join(faults))


def update():
    """Bring the texts of the sources into the catalogues of all languages."""
    if not has_gettext():
        raise Refused("gettext is not installed. On Debian: apt-get install gettext")
    _make_messages(ROOT, LANGUAGES)


def has_gettext():
    """Tell whether gettext's programs are on this machine."""
    return all(shutil.which(program) for program in ("xgettext", "msgmerge", "msguniq", "msgattrib"))


def _read(file):
    try:
        with file.open("rb") as source:
            return read_po(source, locale=file.parts[-3], abort_invalid=True)
    except PoFileError as error:
        raise Refused(f"{_name(file)}: {error}") from error


def _name(file):
    return "/".join(file.parts[-4:])


def _faults(locale, language, wanted):
    file = locale / language / "LC_MESSAGES" / "django.po"
    if not file.exists():
        return [f"{language}: there is no catalogue"]
    catalogue = _read(file)
    messages = {(message.context, message.id): message for message in catalogue if message.id}
    faults = [f"{language}: obsolete: “{message.id}”" for message in catalogue.obsolete.values()]
    faults += [f"{language}: fuzzy: “{message.id}”" for message in messages.values() if message.fuzzy]
    faults += [f"{language}: not translated: “{message.id}”" for message in messages.values() if not _full(message)]
    if wanted is not None:
        faults += [f"{language}: new in the sources: “{text}”" for _, text in sorted(wanted - set(messages), key=str)]
        faults += [f"{language}: no longer used: “{text}”" for _, text in sorted(set(messages) - wanted, key=str)]
    return faults


def _full(message):
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _texts_of(source):
    """Return (context, text) of everything in the sources that is to be translated, collected in a temporary copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        skipped = shutil.ignore_patterns("static", "vendor", "__pycache__", "*.mo")
        shutil.copytree(source, copy / "samspel", ignore=skipped)
        _make_messages(copy, ["en"])
        made = copy / "locale" / "en" / "LC_MESSAGES" / "django.po"
        catalogue = _read(made) if made.exists() else ()
    return {(message.context, message.id) for message in catalogue if message.id}


def _make_messages(folder, languages):
    (folder / "locale").mkdir(exist_ok=True)
    # Without settings: with them, makemessages would write to the project's own catalogues.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--no-wrap", "--no-obsolete", "--add-location", "file"]
    for language in languages:
        command += ["--locale", language]
    for pattern in (".venv", "node_modules", "static", "vendor", "tests", "bench", "docs", "build", "home"):
        command += ["--ignore", pattern]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(done.stderr)


def main(arguments=None):
    """Run one of the commands; exit 1 with the faults where a catalogue is refused."""
    parser = argparse.ArgumentParser(prog="python -m samspel.kit.translations", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=["compile", "check", "update"])
    command = parser.parse_args(arguments).command
    try:
        {"compile": compile_all, "check": check, "update": update}[command]()
    except Refused as refused:
        sys.exit(str(refused))
    if command == "check" and not has_gettext():
        sys.stdout.write(f"{NO_GETTEXT}\n")


if __name__ == "__main__":
    main()
