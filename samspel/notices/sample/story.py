"""A purchase as it is told: what is bought, by whom, in which steps, with what outcome."""

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from samspel.lake.notice import Buyer, Marks, Winner
from samspel.registration_numbers import is_personal_number

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Step:
    """A notice of the purchase: its form (BT-03, correction or cancellation), its day, the days until its deadline."""

    form: str
    on: date
    days: int | None = None


@dataclass(frozen=True)
class Lot:
    """A part of the purchase and what came of it. Texts by language; amounts in the story's currency."""

    title: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    cpv: str | None = None
    estimated: float | None = None
    awarded: float | None = None
    winners: tuple[str, ...] = ()
    tenders: int | None = None
    tenders_sme: int | None = None
    reason: str | None = None  # BT-144, where nobody won


@dataclass(frozen=True)
class Story:
    """A purchase from its first notice to its last. The first language of the title is that of the notices."""

    slug: str
    buyers: tuple[str, ...]
    cpv: str
    nature: str
    title: dict[str, str]
    description: dict[str, str]
    steps: tuple[Step, ...]
    lots: tuple[Lot, ...]
    procedure: str | None = None
    framework: str = "none"
    cpv_additional: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True)
class Need:
    """What several buyers lack. ``value`` in SEK or NOK; ``procedures`` are those it has been bought by."""

    slug: str
    cpv: str
    nature: str
    value: int
    procedures: tuple[str, ...]
    marks: Marks
    title: dict[str, str]
    description: dict[str, str]

    @property
    def is_new(self):
        """Whether what is lacked is new to the market."""
        return "inn-pur" in self.marks.strategic


@cache
def buyers():
    """Return the invented buyers by slug."""
    return {row["slug"]: _party(Buyer, row) for row in _rows("buyers.csv")}


@cache
def languages():
    """Return the language each buyer writes in, by slug."""
    return {row["slug"]: row["language"] for row in _rows("buyers.csv")}


@cache
def suppliers():
    """Return the invented suppliers by slug, without what they won."""
    return {row["slug"]: _party(Winner, row) for row in _rows("suppliers.csv")}


@cache
def sellers():
    """Return which suppliers, by slug, sell what meets a need, by the need's slug."""
    rows = _rows("suppliers.csv")
    return {need.slug: [row["slug"] for row in rows if need.slug in row["needs"].split()] for need in needs()}


@cache
def needs():
    """Return the needs that come back from year to year."""
    return tuple(Need(**_frozen(row)) for row in _tables("needs.toml", "need"))


def stories(today):
    """Return the purchases that are told in full; the open ones are dated back from this day."""
    return tuple(_story(row, today) for row in _tables("stories.toml", "story"))


def _story(row, today):
    steps = tuple(_step(step, today) for step in row["steps"])
    lots = tuple(Lot(**_frozen(lot)) for lot in row["lots"])
    return Story(**_frozen(row) | {"steps": steps, "lots": lots})


def _step(row, today):
    on = row.get("on") or today - timedelta(days=row["ago"])
    return Step(row["form"], on, row.get("days"))


def _frozen(row):
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    if "marks" in frozen:
        frozen["marks"] = Marks(**{name: tuple(codes) for name, codes in frozen["marks"].items()})
    return frozen


def _party(record, row):
    facts = {name: row[name] or None for name in row if name in record.__dataclass_fields__}
    if record is Winner:
        facts["is_person"] = is_personal_number(row["identifier"], row["country"])
    return record(**facts)


def _rows(name):
    return list(csv.DictReader((_FOLDER / name).read_text(encoding="utf-8").splitlines()))


def _tables(name, table):
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))[table]
