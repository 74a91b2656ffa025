"""Where what an indicator counts was bought: a square a county, and the counties with most."""

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.kit.tiles import PLACES, tile_map
from samspel.lake import nuts
from samspel.notices import labels
from samspel.notices.indicators import counting, tables
from samspel.notices.indicators.form import Opened
from samspel.notices.notice.sentences import listed

TOP = 10


class Map:
    """Where the procurements that a rule counts were bought: a square a county, and the counties with most."""

    def __init__(self, page, most=TOP):
        self._page = page
        self._most = most
        self.name = getattr(page, "name", page.asked.mapped)
        self._found = counting.by_group(page.lake, "region", page.asked.where_in_year, (self.name,))
        self._counts = {group: row[self.name] for group, row in self._found.items()}

    @cached_property
    def tiles(self):
        values = {code: self._counts[code].number for code in PLACES if self._base(code)}
        return tile_map(values, {code: nuts.name(code) for code in PLACES}, self._url)

    @property
    def heading(self):
        """Which counties have most, in a sentence."""
        most = sorted(
            ((group, count.number) for group, count in self._counts.items() if group and count.number),
            key=lambda item: (-item[1], item[0]),
        )
        if not most:
            number = self._every.number
            words = ngettext("The one that counts names no county", "None of the %(number)s names a county", number)
            return words % {"number": formats.count(number)} if number else _("No county has any that counts")
        # Those that have no more than a fourth are not among the first.
        floor = most[3][1] if len(most) > 3 else 0
        names = [f"{labels.place(group)} ({formats.count(number)})" for group, number in most[:3] if number > floor]
        if not names:
            alike = sum(1 for _group, number in most if number == floor)
            words = _("%(counties)s counties have most, %(number)s each")
            return words % {"counties": formats.count(alike), "number": formats.count(floor)}
        return _("Most: %(places)s") % {"places": listed(names)}

    @property
    def without(self):
        """How many that count have no county, and where they open; safe HTML."""
        unknown = self._counts.get(None, counting.NOTHING)
        every = self._every
        if not every.number:
            return ""
        url = Opened(self.name, self._page.asked, by="region", group="none").url
        words = ngettext(
            "{number} of {all} has no county in its notices.",
            "{number} of {all} have no county in their notices.",
            unknown.number,
        )
        number = format_html('<a class="ds-link" href="{}">{}</a>', url, formats.count(unknown.number))
        return format_html(words, number=number, all=formats.count(every.number))

    @property
    def _every(self):
        return sum(self._counts.values(), counting.NOTHING)

    @property
    def silent(self):
        """How many counties have nothing to judge."""
        return sum(1 for code in PLACES if not self._base(code))

    @property
    def is_drawn(self):
        """Whether any county has something to judge."""
        return self.silent < len(PLACES)

    @property
    def counties(self):
        return len(PLACES)

    @property
    def table(self):
        return tables.by_group(
            self.name, "region", self._page.asked, self._found, narrowed=self._page.narrowed, most=self._most
        )

    @property
    def downloads(self):
        return self._page.downloads_by("region", self.name)

    def _base(self, code):
        return self._counts.get(code, counting.NOTHING).base

    def _url(self, code):
        return Opened(self.name, self._page.asked, by="region", group=code).url
