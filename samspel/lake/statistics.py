"""The tables of the Swedish statistics that the lake keeps, because a procurement's facts lie in several of them.

A newer table takes the place of the kept one of its kind and years, but only as a whole: one with broken rows, or with
fewer than half of the rows, is most likely a part of a file, and would take away what the kept one says.
"""

from __future__ import annotations

import gzip
import shutil
import zlib
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, cast

from samspel.lake import uhm_tables
from samspel.lake.notice import Unreadable

# A table with a smaller share of the kept one's rows does not take its place.
SHARE = 0.5


@dataclass(frozen=True)
class _Content:
    """What a file holds: which table, of which years, how many rows that can be read, and whether others cannot."""

    path: Path
    table: str
    years: tuple[str, ...]
    rows: int
    is_broken: bool

    @property
    def name(self) -> str:
        """The table and its years: "values-2021", "values-2021-2023"."""
        return "-".join([self.table, *dict.fromkeys(self.years)])


def keep(folder: Path, tables: list[Path]) -> tuple[list[Path], list[Unreadable]]:
    """Keep copies of these tables, in place of earlier ones of the same kind and years.

    Return all tables to be read, and in words which of these were refused in favour of a kept one. A table that is
    kept already stays as it is. A file that is no such table is to be read too, so that reading it says what is wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = kept(folder)
    fresh: list[_Content] = []
    unknown: list[Path] = []
    for table in tables:
        if table in before:
            continue
        content = _content(table)
        if content is None:
            unknown.append(table)
        else:
            fresh.append(content)
    refused: list[Unreadable] = []
    # The broken ones come last, so that they find what is whole among the others too.
    for _, group in groupby(sorted(fresh, key=_order), key=_order):
        contents = list(group)
        if why := _objection(contents, _rivals(folder, contents[0])):
            refused += [Unreadable(f"{content.path.name}: {why}") for content in contents]
        else:
            _replace(folder, contents)
    return kept(folder) + unknown, refused


def kept(folder: Path) -> list[Path]:
    """Return the tables that are kept."""
    return sorted(folder.glob("*.csv.gz"))


def _content(path: Path) -> _Content | None:
    table = uhm_tables.open_table(path)
    if isinstance(table, Unreadable):
        return None
    years: set[str] = set()
    count, is_broken = 0, _ends_within_a_line(path)
    for row in uhm_tables.rows(table):
        if isinstance(row, Unreadable):
            is_broken = True
        else:
            years.add(row["År"])
            count += 1
    return _Content(path, table.name, (min(years), max(years)) if years else (), count, is_broken)


def _ends_within_a_line(path: Path) -> bool:
    """Return whether a file ends within a line, as one does that was cut where the cells so far make a whole row."""
    end = b""
    try:
        with _plain(path) as file:
            while some := file.read(1024 * 1024):
                end = some[-2:]
    except (OSError, EOFError, zlib.error):
        return True
    return not {*end} & {*b"\r\n"}


def _order(content: _Content) -> tuple[bool, str]:
    return content.is_broken, content.name


def _rivals(folder: Path, new: _Content) -> list[_Content]:
    """Return the kept tables that say something of the procurements of a new one."""
    contents = map(_content, folder.glob(f"{new.table}-*.csv.gz"))
    return [content for content in contents if content and _speaks_of(content, new)]


def _speaks_of(old: _Content, new: _Content) -> bool:
    """Return whether a kept table may say something of the procurements of a new one."""
    if old.table != new.table or not old.years:
        return False
    return not new.years or (old.years[0] <= new.years[1] and new.years[0] <= old.years[1])


def _objection(new: list[_Content], old: list[_Content]) -> str | None:
    """Return why new tables must not come before kept ones, None where they may."""
    same = [content for content in old if content.name == new[0].name]
    if old and any(content.is_broken or not content.rows for content in new):
        files, what = old, "The table is broken or cut short"
    elif sum(content.rows for content in new) < SHARE * sum(content.rows for content in same):
        files, what = same, "The table has fewer than half of the rows"
    else:
        return None
    names = ", ".join(f"statistics/{content.path.name}" for content in files)
    return (
        f"{what}, so the one that was loaded earlier stays. Load the whole file again; "
        f"to replace it on purpose, first remove {names} from the lake's folder."
    )


def _replace(folder: Path, contents: list[_Content]) -> None:
    """Let copies of these tables be the ones that are kept under their name."""
    name = contents[0].name
    for number, content in enumerate(contents):
        # What is cut short is kept as far as it goes, where there is nothing better.
        with (
            _plain(content.path) as source,
            gzip.open(folder / "new", "wb", compresslevel=6) as copy,
            suppress(EOFError, zlib.error),
        ):
            shutil.copyfileobj(source, copy, 1024 * 1024)
        (folder / "new").replace(folder / f"{name}.{number}.csv.gz")
    for path in kept(folder):
        stem, _, place = path.name.removesuffix(".csv.gz").rpartition(".")
        if stem == name and int(place) >= len(contents):
            path.unlink()


def _plain(path: Path) -> IO[bytes]:
    """Open a table, unpacked where it is in gz."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path) if is_packed else path.open("rb"))
