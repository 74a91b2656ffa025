"""The numbers of the first page, each with the address where it opens."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from samspel.lake.indicators import TABLE, answer
from samspel.lake.search import Search
from samspel.notices.indicators import counting
from samspel.notices.indicators.chips import countries
from samspel.notices.indicators.form import INNOVATION, IndicatorForm, Opened
from samspel.notices.indicators.list import IndicatorList
from samspel.notices.links import evidence_url, indicators_url, notice_url, search_url
from samspel.notices.notice.marks import RULE_NAMES
from samspel.notices.search.openness import Openness, openness
from samspel.notices.words import SOURCE_NAMES

SHOWN = 5


@dataclass(frozen=True)
class Number:
    """A count with its words and its address; ``base`` is what it is a part of, and opens too."""

    words: Any
    number: int
    url: str
    base: int | None = None
    base_url: str = ""


@dataclass(frozen=True)
class Procurements:
    """How many procurements count, and how many are left out because no notice tells of a competition or a result."""

    counted: Number
    left_out: Number


@dataclass(frozen=True)
class Innovation:
    """How many procurements of a year are innovation by each rule; ``reason`` says why that year."""

    year: int
    reason: str
    place: str
    by_rule: tuple[Number, ...]
    by_country: list  # what each of several countries adds: name and what is said of it
    piled: str  # where the declared pile up, in words
    trend: str
    chart: str
    notes: list
    url: str

    @property
    def least(self):
        return min(self._told, key=lambda number: number.number, default=None)

    @property
    def most(self):
        return max(self._told, key=lambda number: number.number, default=None)

    @property
    def _told(self):
        """The rules that can judge anything: of the others not even none can be said."""
        return [number for number in self.by_rule if number.base]


@dataclass(frozen=True)
class Item:
    """A notice in a list."""

    url: str
    title: str
    language: str
    published_on: date | None
    buyers: str
    country: str
    due: datetime | None
    is_endless: bool = False
    is_unstated: bool = False  # a plan without a deadline
    alike: int = 0  # how many other procurements have the same title, buyers and deadline


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
    """Return how many procurements the notices make: those that count, and those that have no year."""
    counted, every = _procurements(lake, lake.manifest.generation)
    return Procurements(
        Number(_("procurements"), counted, evidence_url("all")),
        Number("", every - counted, evidence_url("uncounted")),
    )


def innovation(lake, today):
    """Return what the page of the indicators counts where nothing is asked, or None where no year is over."""
    if counting.is_empty(lake):
        return None
    page = IndicatorList(lake, IndicatorForm({}), today)
    if page.year is None or page.year >= today.year:
        return None
    by_rule = tuple(
        Number(
            RULE_NAMES[name],
            count.number,
            Opened(name, page.asked).url,
            count.base,
            Opened(name, page.asked, is_base=True).url,
        )
        for name in INNOVATION
        for count in [page.count(name)]
    )
    return Innovation(
        year=page.year,
        reason=page.year_reason,
        place=page.place,
        by_rule=by_rule,
        by_country=page.by_country,
        piled=page.piled_up("declared"),
        trend=page.trend("declared"),
        chart=page.chart("declared"),
        notes=page.notes("declared"),
        url=indicators_url(),
    )


def open_now(index, kinds, at: datetime):
    """Return the notices of these kinds that can still be answered; the hub's own countries first."""
    asked = Search(filters={"kind": kinds}, open_at=at, sort="date", limit=SHOWN * 3)
    found = index.search(asked)
    at_home = index.search(replace(asked, filters={**asked.filters, "country": tuple(settings.HOME_COUNTRIES)}))
    # A correction stands beside what it corrects: one line a procurement.
    newest_of = {}
    for hit in (*at_home.hits, *found.hits):
        newest_of.setdefault(hit.card.get("procurement", hit.key), hit)
    # Procurements of one name, as of a buyer with a form for each medicine: one line, which says how many.
    named = {}
    for hit in newest_of.values():
        item = _item(hit, at)
        named.setdefault((item.title, item.buyers, item.due), []).append(item)
    shown = tuple(replace(alike[0], alike=len(alike) - 1) for alike in named.values())
    return Open(found.total, search_url(open=1, kind=kinds, sort="date"), shown[:SHOWN])


def newest(index, at: datetime):
    """Return the newest notices."""
    return [_item(hit, at) for hit in index.search(Search(sort="date", limit=SHOWN)).hits]


def _item(hit, at):
    card = hit.card
    published, deadline = card.get("published_on"), card.get("deadline")
    due = datetime.fromisoformat(deadline) if deadline else None
    found, _due = openness(card, at)
    return Item(
        url=notice_url(hit.key),
        title=card.get("title") or _("A notice without a title"),
        language=card.get("language", ""),
        published_on=date.fromisoformat(published) if published else None,
        buyers=", ".join(name for _key, name in card.get("buyers", ())),
        country=countries(card.get("countries", ())),
        due=due if found else None,
        is_endless=found is Openness.ENDLESS,
        is_unstated=found is Openness.UNSTATED,
    )


@lru_cache(maxsize=4)
def _procurements(lake, generation):
    """Return how many procurements have a year and how many there are; asked once for each state of the lake."""
    (found,) = answer(counting.cursor(lake), TABLE.aggregate(counted=TABLE.year.count(), every=TABLE.count()))
    return found["counted"], found["every"]
