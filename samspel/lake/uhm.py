"""Reads the Swedish procurement statistics (Upphandlingsmyndigheten, CC0): four CSV tables into one record each.

What the tables of 2021 show, and what follows from it:

- **One record is one procurement**, as the authority counts it: a row of the table of procurements. Its kind is RESULT
  where suppliers or a value are recorded, else COMPETITION; its day is that of the advertisement.
- **The key** is "Upphandlings-ID" within the year. It is unique (12,323 numbers in 12,324 rows) while buyer, day and
  title of the same procurement can differ between the tables (7 days, 18 buyers). The one number that comes twice was
  advertised on two days: the later day is added to its key, and what was awarded on that day is its own.
- **Who is believed**: a procurement's own row; where it is blank, the tables of suppliers, values and tenders, in
  that order, except the marks, so that their count is the authority's own. Seven procurements of 2021 stand in
  those tables only and are built from them.
- **Values are in SEK**, not thousands: a motorway contract (E20 Vårgårda–Vara) stands at 274,429,000 and the year at
  153 thousand million; in thousands that would be over twenty times the country's product. A zero is kept
  (295 of 6,528 values) and is no value (``Money.is_placeholder``).
- **Lots that TED published** carry its number. Where a procurement's lots name one notice, that is where the public
  finds it.
- **The marks depend on the advertising database**: of the 543 for innovation 530 stand in KommersAnnons.se, which has
  2,004 of the procurements, and 5 in Mercell, which has 7,909. The database is kept as the notice's channel.
- **Suppliers** have no number. The authority writes "Personuppgift" in place of a person's name.

Not read, because a notice has no place for it: SNI industries, sector of the supplier, dynamic purchasing system,
electronic auction, reserved procurement, review, number of contracted tenders.
"""

from __future__ import annotations

import errno
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from samspel.lake.bounds import bounded
from samspel.lake.notice import Buyer, Kind, Lot, Marks, Money, Notice, Text, Unreadable, Winner
from samspel.lake.uhm_tables import (
    OPTIONAL,
    SHARED,
    TABLES,
    Row,
    number,
    open_table,
    published_on,
    rows,
    table_name,
    which_table,
)

__all__ = ["notices", "table_name", "which_table"]

_MOST_ROWS = 10_000  # of one procurement, which are held in memory; the largest real one has under 300

_NATURES = {"varor": "supplies", "tjänster": "services", "byggentreprenader": "works"}
# National procedures have no eForms code: below the thresholds (LOU ch. 19) and outside the procedures of directives.
_PROCEDURES = {
    "öppet förfarande": "open",
    "selektivt förfarande": "restricted",
    "förhandlat förfarande med föregående annonsering": "neg-w-call",
    "förhandlat förfarande utan föregående annonsering": "neg-wo-call",
    "konkurrenspräglad dialog": "comp-dial",
    "innovationspartnerskap": "innovation",
    "förenklat förfarande": "uhm:förenklat förfarande",
    "urvalsförfarande": "uhm:urvalsförfarande",
    "annat förfarande": "uhm:annat förfarande",
}
_FRAMEWORKS = {"ramavtal": "fa", "kontrakt": "none"}
_SIZES = {"mikroföretag": "micro", "små företag": "small", "medelstora företag": "medium", "stora företag": "large"}
_TRUTHS = {"true": True, "false": False}
_MARKS = {
    "Innovationsupphandling": "innovation",
    "Miljömässigt hållbar upphandling": "environment",
    "Socialt hållbar upphandling": "social",
}
_PERSONS = {"fysiska personer", "fysisk person", "enskild firma", "enskild näringsidkare"}

_TED_NUMBER = re.compile(r"CAN-[A-Z]+-(?P<year>20\d\d)/S ?\d{1,3}-(?P<number>\d{1,8})-")
_TED_NOTICE = "https://ted.europa.eu/en/notice/-/detail/{}"
_LOT, _VALUE = "Anbudsområdes-ID", "Kontrakterat värde, Summa"
_SIZE, _FORM = "Företagsstorlek för leverantör", "Juridisk form för leverantör"

Found = dict[str, list[Row]]  # the rows on one procurement, by table


def notices(tables: Sequence[Path], *, spool: Path | None = None) -> Iterator[Notice | Unreadable]:
    """Yield the procurements in these CSV files (plain or gz), whatever their order, sorted by year and number.

    Any of the four tables may be missing. Where two files of one table speak of the same procurement, the later file is
    believed. Rows are gathered in a file in ``spool``, else in the system's folder for such files, and removed at the
    end; raises OSError where there is no room for them.
    """
    with _gathering(spool) as gathering:
        for order, path in enumerate(tables):
            yield from _gather(gathering, order, path)
        for year, procurement, found in _procurements(gathering):
            if sum(map(len, found.values())) > _MOST_ROWS:
                yield Unreadable(f"The procurement {procurement} of {year} has more than {_MOST_ROWS:,} rows.")
            else:
                yield from map(bounded, _read(year, procurement, found))


@contextmanager
def _gathering(spool: Path | None) -> Iterator[sqlite3.Connection]:
    """Open an empty database for rows; SQLite, whose cache keeps its 2 MB however many rows there are."""
    path = spool / "statistics.sqlite" if spool else None
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
    gathering = sqlite3.connect(path or "", isolation_level=None)
    try:
        gathering.execute("pragma journal_mode = off")
        gathering.execute("pragma synchronous = off")
        gathering.execute("create table row (year text, procurement text, rank integer, file integer, facts text)")
        gathering.execute("create index place on row (year, procurement, rank, file)")
        yield gathering
    except sqlite3.OperationalError as error:
        raise OSError(errno.ENOSPC, f"the rows of the statistics could not be gathered: {error}") from error
    finally:
        gathering.close()
        if path:
            path.unlink(missing_ok=True)


def _gather(gathering: sqlite3.Connection, order: int, path: Path) -> Iterator[Unreadable]:
    table = open_table(path)
    if isinstance(table, Unreadable):
        yield table
        return
    rank = TABLES.index(table.name)
    gathering.execute("begin")
    for row in rows(table):
        if isinstance(row, Unreadable):
            yield row
        else:
            facts = json.dumps(row, ensure_ascii=False)
            place = (row["År"], row["Upphandlings-ID"], rank, order)
            gathering.execute("insert into row values (?, ?, ?, ?, ?)", (*place, facts))
    gathering.execute("commit")


def _procurements(gathering: sqlite3.Connection) -> Iterator[tuple[str, str, Found]]:
    everything = gathering.execute(
        "select year, procurement, rank, file, facts from row order by year, procurement, rank, file, rowid"
    )
    for (year, procurement), group in groupby(everything, itemgetter(0, 1)):
        found: Found = {}
        for (rank, _), of_file in groupby(islice(group, _MOST_ROWS + 1), itemgetter(2, 3)):
            found[TABLES[rank]] = [json.loads(facts) for *_, facts in of_file]
        yield year, procurement, found


def _read(year: str, procurement: str, found: Found) -> Iterator[Notice]:
    """Yield one procurement; two where a number was advertised on two days, each with what is recorded for its day."""
    identifier = re.sub(r"[^\w.-]+", "-", f"{year}-{procurement}")  # it stands in an address
    own = {row.get("Publiceringsdatum", ""): row for row in reversed(found.pop("procurements", []))}
    first, *later = sorted(own) or [""]
    yield _notice(identifier, own.get(first, {}), _awards(found, lambda day: day not in later))
    for day in later:
        yield _notice(f"{identifier}-{day}", own[day], _awards(found, day.__eq__))


def _awards(found: Found, is_its_day: Callable[[str], bool]) -> Found:
    return {
        table: [row for row in table_rows if is_its_day(row.get("Publiceringsdatum", ""))]
        for table, table_rows in found.items()
    }


def _notice(identifier: str, own: Row, awards: Found) -> Notice:
    facts = _facts(own, awards)
    unknown: set[str] = set()
    lots = _lots(awards)
    published_as = _published_as(lots)
    return Notice(
        source="uhm",
        identifier=identifier,
        version="01",
        format=f"uhm-{facts['År']}",
        kind=Kind.RESULT if awards.get("suppliers") or awards.get("values") else Kind.COMPETITION,
        follows=published_as,
        legal_basis=_legal_basis(facts.get("Rättslig grund")),
        url=_TED_NOTICE.format(*published_as) if len(published_as) == 1 else None,
        language="sv",
        title=(Text("sv", facts["Upphandlingens titel"]),) if "Upphandlingens titel" in facts else (),
        nature=_code(_NATURES, facts.get("Upphandlingsslag"), "BT-23", unknown),
        cpv=_cpv(facts.get("Huvudsaklig CPV-kod"), unknown),
        procedure=_code(_PROCEDURES, facts.get("Förfarande"), "BT-105", unknown),
        joint=_truth(facts, "Samordnad upphandling", unknown),
        framework=_code(_FRAMEWORKS, facts.get("Typ av avtal"), "BT-765", unknown),
        published_on=published_on(facts),
        awarded_value=_awarded_value(awards.get("values", [])),
        tenders=_sum(lot.tenders for lot in lots),
        buyers=_buyers(facts),
        winners=_winners(awards.get("suppliers", []), unknown),
        lots=lots,
        marks=Marks(national=tuple(sorted(mark for column, mark in _MARKS.items() if _truth(facts, column, unknown)))),
        channel=facts.get("Annonsdatabas"),
        unknown_codes=tuple(sorted(unknown)),
    )


def _facts(own: Row, awards: Found) -> Row:
    """Return what is said of the procurement: by its own row, and where that is blank by the other tables."""
    facts = dict(own)
    for table in TABLES:
        for row in awards.get(table, []):
            for column in (*SHARED, *OPTIONAL):
                if column in row and not (own and column in _MARKS):
                    facts.setdefault(column, row[column])
    return facts


def _lots(awards: Found) -> tuple[Lot, ...]:
    awarded = {row[_LOT] for row in awards.get("suppliers", []) if _LOT in row}
    tenders: dict[str, list[int | None]] = {}
    for row in awards.get("tenders", []):
        if _LOT in row:
            stated = number(row["Antal anbud, Summa"]) if "Antal anbud, Summa" in row else None
            tenders.setdefault(row[_LOT], []).append(None if stated is None else int(stated))
    return tuple(
        Lot(identifier, result="selec-w" if identifier in awarded else None, tenders=_sum(tenders.get(identifier, [])))
        for identifier in sorted(awarded | tenders.keys())
    )


def _published_as(lots: tuple[Lot, ...]) -> tuple[str, ...]:
    """Return the publication numbers in TED that lots are named by: CAN-SE-2021/S060-151841-02_1 is 151841-2021."""
    found = (_TED_NUMBER.match(lot.identifier) for lot in lots)
    return tuple(sorted({f"{match['number'].lstrip('0')}-{match['year']}" for match in found if match}))


def _sum(numbers: Iterable[int | None]) -> int | None:
    stated = [one for one in numbers if one is not None]
    return sum(stated) if stated else None


def _legal_basis(text: str | None) -> str | None:
    """Return the CELEX number of a directive ("Direktiv 2014/24/EU" is 32014L0024), else the basis as stated."""
    directive = re.fullmatch(r"Direktiv (\d{4})/(\d{1,4})/E[UG]", text or "")
    return f"3{directive[1]}L{int(directive[2]):04}" if directive else text


def _code(codes: dict[str, str], text: str | None, term: str, unknown: set[str]) -> str | None:
    if text is None or text.lower() in codes:
        return codes[text.lower()] if text else None
    unknown.add(f"{term}:{text}")
    return f"uhm:{text.lower()}"


def _cpv(text: str | None, unknown: set[str]) -> str | None:
    """Return the eight digits before the label ("45000000 Anläggningsarbete")."""
    if text is None or re.match(r"\d{8}\b", text):
        return text and text[:8]
    unknown.add(f"BT-262:{text}")
    return None


def _truth(facts: Row, column: str, unknown: set[str]) -> bool | None:
    text = facts.get(column, "").lower()
    if text and text not in _TRUTHS:
        unknown.add(f"{column}:{facts[column]}")
    return _TRUTHS.get(text)


def _awarded_value(values: list[Row]) -> Money | None:
    stated = [number(row[_VALUE]) or 0.0 for row in values if _VALUE in row]
    return Money(sum(stated), "SEK") if stated else None


def _buyers(facts: Row) -> tuple[Buyer, ...]:
    name, identifier = facts.get("Namn för köpare"), re.sub(r"\W", "", facts.get("Organisationsnummer för köpare", ""))
    if name is None:
        return ()
    # a natural person's number is a personal number; a number of another form is foreign (the Åland Islands buy too)
    is_person = facts.get("Juridisk form för köpare", "").lower() in _PERSONS
    sector = facts.get("Delsektor för köpare")
    return (
        Buyer(
            name=name,
            identifier=None if is_person else identifier or None,
            country="SE" if re.fullmatch(r"\d{10}", identifier) else None,
            legal_type=f"uhm:{sector}" if sector else None,
        ),
    )


def _winners(suppliers: list[Row], unknown: set[str]) -> tuple[Winner, ...]:
    lots: dict[tuple[str, str, str], list[str]] = {}
    for row in suppliers:
        supplier = (row.get("Namn för leverantör", ""), row.get(_SIZE, ""), row.get(_FORM, ""))
        lots.setdefault(supplier, []).append(row.get(_LOT, ""))
    return tuple(
        Winner(
            name=name,
            # a supplier that Swedish registers do not know has no legal form, and a foreign one says so
            country="SE" if form and form.lower() != "utländska juridiska personer" else None,
            size=_code(_SIZES, size or None, "BT-165", unknown),
            lots=tuple(sorted({lot for lot in won if lot})),
            is_person=form.lower() in _PERSONS or name == "Personuppgift",
        )
        for (name, size, form), won in sorted(lots.items())
        if name
    )
