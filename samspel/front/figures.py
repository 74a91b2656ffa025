"""The numbers of the first page, each with the address where it opens."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import charts, formats
from samspel.lake.breaks import breaks
from samspel.lake.indicators import TABLE, answer, count, indicator_named, plain_count
from samspel.lake.search import Search
from samspel.notices.links import evidence_url, indicators_url, notice_url, search_url
from samspel.notices.notice.marks import RULE_NAMES
from samspel.notices.words import SOURCE_NAMES

RULES = ("declared", "procedure", "wording")
SHOWN = 5


@dataclass(frozen=True)
class Number:
    """A count with its words and its address; ``base`` is what it is a part of."""

    words: Any
    number: int
    url: str
    base: int | None = None


@dataclass(frozen=True)
class Innovation:
    """How many procurements of a year are innovation by each rule; ``year`` is the latest that is over."""

    year: int
    by_rule: tuple[Number, ...]
    chart: str
    url: str

    @property
    def least(self):
        return min(self.by_rule, key=lambda number: number.number)

    @property
    def most(self):
        return max(self.by_rule, key=lambda number: number.number)


@dataclass(frozen=True)
class Item:
    """A notice in a list."""

    url: str
    title: str
    language: str
    published_on: date | None
    buyers: str
    due: datetime | None


@dataclass(frozen=True)
class Open:
    """Notices that can still be answered: how many, where they all stand, and the newest."""

    number: int
    url: str
    newest: tuple[Item, ...]


def sources(index):
    """Return how many notices there are, and of them from each source."""
    found = index.search(Search(limit=0, facets=("source",)))
    by_source = [
        Number(SOURCE_NAMES[one.value], one.count, search_url(source=one.value)) for one in found.facets["source"]
    ]
    return Number(_("notices"), found.total, search_url()), by_source


def procurements(lake):
    """Return how many procurements the notices make."""
    number = _asked(lake, lake.manifest.generation)["procurements"]
    return Number(_("procurements"), number, indicators_url())


def innovation(lake, today):
    """Return the innovation procurements of the latest year that is over, or None where no year is."""
    rows = _asked(lake, lake.manifest.generation)
    years = [row["group"] for name in RULES for row in rows[name] if row["base"] and row["group"] < today.year]
    if not years:
        return None
    year = max(years)
    return Innovation(
        year,
        tuple(_of_year(name, rows[name], year) for name in RULES),
        _chart(rows["declared"], today),
        indicators_url(),
    )


def open_now(index, kinds, at: datetime):
    """Return the notices of these kinds that can still be answered."""
    found = index.search(Search(filters={"kind": kinds}, open_at=at, sort="date", limit=SHOWN * 3))
    # A correction stands beside what it corrects: one line a procurement.
    newest_of = {}
    for hit in found.hits:
        newest_of.setdefault(hit.card.get("procurement", hit.key), hit)
    shown = tuple(_item(hit) for hit in list(newest_of.values())[:SHOWN])
    return Open(found.total, search_url(open=1, kind=kinds, sort="date"), shown)


def newest(index):
    """Return the newest notices."""
    return [_item(hit) for hit in index.search(Search(sort="date", limit=SHOWN)).hits]


def _item(hit):
    card = hit.card
    published, deadline = card.get("published_on"), card.get("deadline")
    return Item(
        url=notice_url(hit.key),
        title=card.get("title") or _("A notice without a title"),
        language=card.get("language", ""),
        published_on=date.fromisoformat(published) if published else None,
        buyers=", ".join(name for _key, name in card.get("buyers", ())),
        due=datetime.fromisoformat(deadline) if deadline else None,
    )


@lru_cache(maxsize=4)
def _asked(lake, generation):
    """Ask the lake once for each of its states."""
    connection = lake.connection()
    (total,) = answer(connection, plain_count(TABLE))
    by_year = {name: answer(connection, count(TABLE, indicator_named(name), by="year")) for name in RULES}
    return {"procurements": total["procurements"], **by_year}


def _of_year(name, rows, year):
    row = next((row for row in rows if row["group"] == year), {"number": 0, "base": 0})
    return Number(RULE_NAMES[name], row["number"], evidence_url(name, year=year), row["base"])


def _chart(rows, today):
    found = {row["group"]: row["number"] for row in rows if row["base"]}
    if len(found) < 2:
        return ""
    points = [
        charts.Point(
            year,
            found.get(year),
            formats.count(found.get(year, 0)),
            evidence_url("declared", year=year) if found.get(year) else "",
            partial=year == today.year,
        )
        for year in range(min(found), max(found) + 1)
    ]
    label = _("Procurements that their buyers declare as innovation, per year")
    return charts.line(points, label, [charts.Break(year, str(_BREAKS[year])) for year in _breaks(found)])


def _breaks(found):
    return sorted({one.year for one in breaks("declared") if min(found) < one.year <= max(found)} & {*_BREAKS})


_BREAKS = {2021: gettext_lazy("Swedish\nstatistics"), 2023: gettext_lazy("eForms:\nnew marks")}
