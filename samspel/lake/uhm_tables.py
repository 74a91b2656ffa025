"""Reads the CSV tables of the Swedish procurement statistics, row by row, and says what is wrong with which line.

The authority publishes them in UTF-8 with commas. Copies saved from a spreadsheet, in Latin-1 or UTF-16 and with
semicolons or tabs, are read too. Columns that are not named here are not needed and may be missing.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TextIO, cast

from samspel.lake.notice import Unreadable

# fmt: off
SHARED = (
    "År", "Namn för köpare", "Organisationsnummer för köpare", "Delsektor för köpare", "Juridisk form för köpare",
    "Upphandlingsslag", "Huvudsaklig CPV-kod", "Rättslig grund", "Förfarande", "Typ av avtal", "Samordnad upphandling",
    "Miljömässigt hållbar upphandling", "Socialt hållbar upphandling", "Innovationsupphandling", "Upphandlings-ID",
    "Upphandlingens titel", "Publiceringsdatum",
)
# fmt: on
OWN = {
    "procurements": ("Antal upphandlingar, Summa",),
    "suppliers": (
        "Anbudsområdes-ID",
        "Namn för leverantör",
        "Företagsstorlek för leverantör",
        "Juridisk form för leverantör",
    ),
    "values": ("Kontrakterat värde, Summa",),
    "tenders": ("Anbudsområdes-ID", "Antal anbud, Summa"),
}
OPTIONAL = ("Annonsdatabas",)  # read from every table that has it
TABLES = tuple(OWN)  # in the order in which they are believed

_NOT_STATED = frozenset({"", "Uppgift saknas", "00000000 Uppgift saknas"})

Row = dict[str, str]  # the columns that say something, of those named above


@dataclass(frozen=True)
class Table:
    """A CSV file that is one of the four tables, and how it is written."""

    path: Path
    name: str
    columns: tuple[str, ...]
    encoding: str
    delimiter: str

    @cached_property
    def wanted(self) -> tuple[tuple[int, str], ...]:
        """The places and names of the columns that are read."""
        named = {*SHARED, *OPTIONAL, *OWN[self.name]}
        return tuple((place, column) for place, column in enumerate(self.columns) if column in named)


def which_table(header: Sequence[str]) -> str | None:
    """Return which table a header belongs to: procurements, suppliers, values or tenders; None for another CSV."""
    return next((name for name in reversed(TABLES) if not _missing(name, header)), None)


def table_name(path: Path) -> str | None:
    """Return the table and the years that a CSV file holds ("values-2021", "values-2021-2023"), or None."""
    table = open_table(path)
    if isinstance(table, Unreadable):
        return None
    years = sorted({row["År"] for row in rows(table) if not isinstance(row, Unreadable)})
    return "-".join([table.name, *dict.fromkeys((years[0], years[-1]))]) if years else table.name


def open_table(path: Path) -> Table | Unreadable:
    """Return what table a CSV file is, plain or in gz, or in words why it is none."""
    try:
        with gzip.open(path) if _is_gz(path) else path.open("rb") as raw:
            head = raw.read(2**14)
    except (OSError, EOFError, zlib.error):
        return Unreadable(f"{path.name} cannot be unpacked.")
    if not head:
        return Unreadable(f"{path.name} is no table of the Swedish statistics: it is empty.")
    encoding = _encoding(head)
    first = head.decode(encoding, "ignore").partition("\n")[0].strip("\r")
    delimiter = max(",;\t", key=first.count)
    try:
        header = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter), []))
    except csv.Error:
        return Unreadable(f"{path.name} is no table of the Swedish statistics: its first line is no list of columns.")
    if name := which_table(header):
        return Table(path, name, header, encoding, delimiter)
    missing = min((_missing(name, header) for name in TABLES), key=len)
    columns = ", ".join(f"“{column}”" for column in missing)
    return Unreadable(f"{path.name} is no table of the Swedish statistics: it lacks {columns}.")


def rows(table: Table) -> Iterator[Row | Unreadable]:
    """Yield the rows of a table; in place of a broken one, what is wrong with it and at which line."""
    with _text(table) as text:
        lines = csv.reader(text, delimiter=table.delimiter)
        next(lines)
        while True:
            try:
                cells = next(lines)
            except StopIteration:
                return
            except csv.Error:
                yield _unreadable(table, lines.line_num, "holds a text that does not end, or a byte that is no text")
                continue
            except (OSError, EOFError, zlib.error):
                yield _unreadable(table, lines.line_num, "is the last that could be unpacked; the file is cut short")
                return
            if cells:
                row = _row(table, cells)
                yield _unreadable(table, lines.line_num, row) if isinstance(row, str) else row


def number(text: str) -> float | None:
    """Return the number in a cell, as Swedish and English spreadsheets write it, or None."""
    try:
        value = float(re.sub(r"\s", "", text).replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) else None


def published_on(row: Row) -> date | None:
    """Return the day of the advertisement; raises ValueError where the cell holds no day."""
    return date.fromisoformat(row["Publiceringsdatum"][:10]) if "Publiceringsdatum" in row else None


def _missing(name: str, header: Sequence[str]) -> list[str]:
    return [column for column in (*SHARED, *OWN[name]) if column not in header]


def _is_gz(path: Path) -> bool:
    with path.open("rb") as raw:
        return raw.read(2) == b"\x1f\x8b"


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # every header has "År" and "Namn för köpare"
        head.partition(b"\n")[0].decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


@contextmanager
def _text(table: Table) -> Iterator[TextIO]:
    open_text = gzip.open if _is_gz(table.path) else open
    with open_text(table.path, "rt", encoding=table.encoding, errors="surrogateescape", newline="") as text:
        yield cast("TextIO", text)


def _unreadable(table: Table, line: int, why: str) -> Unreadable:
    return Unreadable(f"{table.path.name}, line {line}: {why}.")


def _row(table: Table, cells: list[str]) -> Row | str:
    """Return what a row says, or in words what is wrong with it."""
    if len(cells) != len(table.columns):
        return f"has {len(cells)} columns where the header has {len(table.columns)}"
    row = {column: text for place, column in table.wanted if (text := _cell(cells[place])) not in _NOT_STATED}
    return _wrong(row) or row


def _cell(text: str) -> str:
    return text.replace("\0", "\ufffd").strip()


def _wrong(row: Row) -> str | None:
    if not all(text.isprintable() or not re.search("[\ud800-\udfff]", text) for text in row.values()):
        return "holds letters in another encoding than the rest of the file"
    if "Upphandlings-ID" not in row:
        return "has no “Upphandlings-ID”"
    if not re.fullmatch(r"[12][0-9]{3}", row.get("År", "")):
        return "has no year in “År”"
    try:
        published_on(row)
    except ValueError:
        return f"has no day in “Publiceringsdatum”: {row['Publiceringsdatum']}"
    for column in _NUMBERS:
        if column in row and number(row[column]) is None:
            return f"has no number in “{column}”: {row[column]}"
    return None


_NUMBERS = ("Kontrakterat värde, Summa", "Antal anbud, Summa")
