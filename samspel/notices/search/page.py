"""The search page: what is asked for, answered by the index alone, and everything the page says of it."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspel.kit import formats
from samspel.kit.pages import Pages
from samspel.lake.search import FEW, Search
from samspel.notices import labels
from samspel.notices.lake import current_index
from samspel.notices.links import notice_url
from samspel.notices.search import filters
from samspel.notices.search.facet_labels import ORDERS, Names
from samspel.notices.search.form import SearchForm
from samspel.notices.search.hits import line, shown, title_of
from samspel.notices.search.suggestions import Suggestions
from samspel.notices.sheets import MOST_EXCEL_ROWS

PAGE_SIZE = 20
# The last day of what is over interests nobody: who asks for this order asks for what is open.
OPEN_FIRST = gettext_lazy("last day, open ones only")
# In the order of the file formats that people ask for.
FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@dataclass(frozen=True)
class Choice:
    """A way to go on: an order, a currency, a search with less. ``number`` is how many notices it finds."""

    words: Any
    url: str = ""
    is_chosen: bool = False
    number: int | None = None


class SearchPage:
    """What the templates show of a search at a moment.

    ``index`` is asked once, and a little more for open branches and categories. ``site`` is the beginning of the hub's
    addresses, for paper.
    """

    def __init__(self, form: SearchForm, index, at, site=""):
        self.form = form
        self.at = at
        self.site = site
        self._index = index
        self._names = Names(index)
        self._asked = form.asked
        counted = (*filters.BOXES, "cpv", "currency", *(["value"] if self._asked.currency else []))
        wanted = Pages.asked(self._asked.page, Pages.reach, PAGE_SIZE)
        found = index.search(self._asked.search(at, offset=wanted.start, limit=PAGE_SIZE, facets=counted))
        self.total = found.total
        self.facets = found.facets
        self.pages = Pages.asked(self._asked.page, self.total, PAGE_SIZE)
        if self.pages.start != wanted.start:
            # A page beyond the last is the last.
            found = index.search(self._asked.search(at, offset=self.pages.start, limit=PAGE_SIZE, counted=False))
        self._hits = found.hits
        self._suggestions = Suggestions(self._asked, index, at)

    @property
    def url(self):
        """The address of this page; where something cannot be read, of what was typed, so that nothing is lost."""
        if not self.form.is_understood:
            return reverse("notice-list") + self.form.said()
        number = self.pages.number
        return replace(self._asked, page=str(number) if number > 1 else "").url()

    @property
    def text(self):
        return self._asked.text

    @cached_property
    def counted(self):
        """How many there are, with the unit."""
        return ngettext("%(number)s notice", "%(number)s notices", self.total) % {"number": formats.count(self.total)}

    @cached_property
    def procurements(self):
        """How many procurements they tell of, as the end of the count; empty where it is as many, or not known."""
        number = self._index.procurements(self._asked.search(self.at)) if 0 < self.total <= FEW else None
        if number is None or number == self.total:
            return ""
        return ngettext("of %(number)s procurement", "of %(number)s procurements", number) % {
            "number": formats.count(number)
        }

    @cached_property
    def hits(self):
        return [shown(hit, self.at) for hit in self._hits]

    @cached_property
    def _boxes(self):
        return filters.boxes(self._asked, self.facets, self._names)

    def _named_boxes(self, *names):
        return [self._boxes[name] for name in names if name in self._boxes]

    @property
    def boxes_above_cpv(self):
        return self._named_boxes("kind", "country", "region", "mark")

    @property
    def boxes_above_value(self):
        return self._named_boxes("rule", "procedure")

    @property
    def boxes_below_value(self):
        return self._named_boxes("year", "buyer", "supplier", "source")

    @cached_property
    def cpv(self):
        return filters.cpv_tree(self._asked, self.facets, self._names, self._index, self.at)

    @property
    def cpv_language(self):
        """The language the names of CPV codes are in, where it is not the page's."""
        language = labels.cpv("45").language
        return formats.language_name(language) if language else ""

    @property
    def is_open(self):
        return self._asked.open

    @property
    def cpv_chosen(self):
        """The codes that the form carries on."""
        return self._asked.values("cpv")

    @property
    def procurements_chosen(self):
        return self._asked.values("procurement")

    @cached_property
    def bands(self):
        return filters.bands(self._asked, self.facets)

    @cached_property
    def chips(self):
        return filters.chips(self._asked, self._names)

    @property
    def cleared(self):
        """The address of the words alone."""
        return self._asked.changed(groups={}, currency="", low=None, high=None, open=False, sort="").url()

    @property
    def currencies(self):
        """The currencies found, the chosen one among them."""
        counts = {one.value: one.count for one in self.facets["currency"]}
        counts = {self._asked.currency: None} | counts if self._asked.currency else counts
        return [Choice(code, is_chosen=code == self._asked.currency, number=number) for code, number in counts.items()]

    @cached_property
    def open_number(self):
        """How many of the notices can still be answered."""
        if self._asked.open:
            return self.total
        return self._index.search(self._asked.changed(open=True).search(self.at, limit=0)).total

    @property
    def sort(self):
        """The order the form carries on, also one that cannot be read."""
        return self._asked.sort

    @property
    def sorts(self):
        """The orders that mean something here, each saying what else it asks for."""
        for name, words in ORDERS.items():
            if (name == "relevance" and not self._asked.text) or (name == "value" and not self._asked.currency):
                continue
            narrows = name == "deadline" and not self._asked.open
            sorted_so = self._asked.changed(sort=name, open=self._asked.open or narrows)
            usual = name == replace(sorted_so, sort="").order
            is_chosen = self._asked.order == name
            url = replace(sorted_so, sort="" if usual else name).url()
            yield Choice(OPEN_FIRST if narrows and not is_chosen else words, url, is_chosen)

    @property
    def order(self):
        """The order in force, in words."""
        return ORDERS[self._asked.order]

    @property
    def downloads(self):
        """The same result as files."""
        query = replace(self._asked, page="").query()
        for kind, name in FORMATS.items():
            too_many = kind == "xlsx" and self.total >= MOST_EXCEL_ROWS
            most = {"number": formats.count(MOST_EXCEL_ROWS - 1)}
            note = _("the first %(number)s, Excel holds no more") % most if too_many else ""
            yield {"name": name, "url": reverse("notice-export", args=[kind]) + query, "note": note}

    @property
    def saving(self):
        """Where this search is saved."""
        return reverse("saved-search-create") + replace(self._asked, sort="", page="").query()

    @cached_property
    def categories(self):
        """CPV codes named as what was typed; once, over the first hits."""
        return self._suggestions.categories() if self.pages.number == 1 else []

    @cached_property
    def apart(self):
        """The same search with its compounds written apart, where that finds something; the most first."""
        return self._suggestions.apart()

    @cached_property
    def near(self):
        """The same search with one word begun, or a part of it, where that finds something."""
        return self._suggestions.near()

    @cached_property
    def ways_out(self):
        """What finds something where this finds nothing: the same without one of its choices, or without its words."""
        return self._suggestions.less(self.chips)


def find(words, limit, request):
    """Return how many notices there are with these words, and the best of them, for the search over everything."""
    found = current_index().search(Search(text=words, limit=limit))
    return found.total, [{"title": title_of(hit), "url": notice_url(hit.key), "meta": line(hit)} for hit in found.hits]
