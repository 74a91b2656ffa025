"""The numbers of the first page, each with the address where it opens."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from samspel.lake.indicators import TABLE, answer, plain_count
from samspel.lake.search import Search
from samspel.notices.indicators import counting
from samspel.notices.indicators.form import INNOVATION, IndicatorForm, Opened
from samspel.notices.indicators.list import IndicatorList
from samspel.notices.links import evidence_url, indicators_url, notice_url, search_url
from samspel.notices.notice.marks import RULE_NAMES
from samspel.notices.search.hits import is_endless
from samspel.notices.words import SOURCE_NAMES

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
    place: str
    by_rule: tuple[Number, ...]
    piled: str  # where the declared pile up, in words
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
    is_endless: bool = False


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
    number = _procurements(lake, lake.manifest.generation)
    return Number(_("procurements"), number, evidence_url("all"))


def innovation(lake, today):
    """Return what the page of the indicators counts where nothing is asked, or None where no year is over."""
    if counting.is_empty(lake):
        return None
    page = IndicatorList(lake, IndicatorForm({}), today)
    if page.year is None or page.year >= today.year:
        return None
    by_rule = tuple(
        Number(RULE_NAMES[name], count.number, Opened(name, page.asked).url, count.base)
        for name in INNOVATION
        for count in [page.count(name)]
    )
    return Innovation(
        page.year, page.place, by_rule, page.piled_up("declared"), page.chart("declared"), indicators_url()
    )


def open_now(index, kinds, at: datetime):
    """Return the notices of these kinds that can still be answered."""
    found = index.search(Search(filters={"kind": kinds}, open_at=at, sort="date", limit=SHOWN * 3))
    # A correction stands beside what it corrects: one line a procurement.
    newest_of = {}
    for hit in found.hits:
        newest_of.setdefault(hit.card.get("procurement", hit.key), hit)
    shown = tuple(_item(hit, at) for hit in list(newest_of.values())[:SHOWN])
    return Open(found.total, search_url(open=1, kind=kinds, sort="date"), shown)


def newest(index, at: datetime):
    """Return the newest notices."""
    return [_item(hit, at) for hit in index.search(Search(sort="date", limit=SHOWN)).hits]


def _item(hit, at):
    card = hit.card
    published, deadline = card.get("published_on"), card.get("deadline")
    due = datetime.fromisoformat(deadline) if deadline else None
    return Item(
        url=notice_url(hit.key),
        title=card.get("title") or _("A notice without a title"),
        language=card.get("language", ""),
        published_on=date.fromisoformat(published) if published else None,
        buyers=", ".join(name for _key, name in card.get("buyers", ())),
        due=due,
        is_endless=due is not None and is_endless(due, at),
    )


@lru_cache(maxsize=4)
def _procurements(lake, generation):
    """Ask the lake once for each of its states."""
    (total,) = answer(lake.connection(), plain_count(TABLE))
    return total["procurements"]
