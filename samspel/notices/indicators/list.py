"""The page of all indicators: the innovation count by its three rules, and its sisters."""

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspel.kit import formats
from samspel.notices.indicators import charts, chips, counting, tables
from samspel.notices.indicators.chips import source_names
from samspel.notices.indicators.form import INNOVATION, Asked, Opened
from samspel.notices.indicators.map import Map
from samspel.notices.indicators.page import Group, Page, told_breaks, units
from samspel.notices.indicators.words import NAMES, REASONS
from samspel.notices.notice.sentences import listed

TOP = 10
GROUPS_OF_SISTERS = (
    (gettext_lazy("How it is bought, and from whom"), ("early_dialogue", "joint", "new_suppliers")),
    (gettext_lazy("Environment and social aims"), ("environment", "social")),
    (gettext_lazy("Who competes"), ("tenders", "single_tender", "sme_share")),
)


class IndicatorList(Page):
    """The innovation count by its three rules, and its sisters."""

    _name = ()
    _told_by = INNOVATION
    _names = (*counting.NAMES, counting.ALL.name)

    @property
    def heading(self):
        """The count as a sentence: by the rules that can tell, from the lowest to the highest."""
        said = self._said()
        # A place stands first: "in" is another word before an island.
        return f"{self.place}: {said[:1].lower()}{said[1:]}" if self.place else said

    def _said(self):
        numbers = [self._row[name].number for name in INNOVATION if self._row[name].base]
        if not numbers:
            return _("How many innovation procurements there were cannot be said")
        low, high = min(numbers), max(numbers)
        if low == high:
            return _same(low) % {"year": self.year, "number": formats.count(low)}
        words = _("Between %(low)s and %(high)s innovation procurements in %(year)s")
        return words % {"year": self.year, "low": formats.count(low), "high": formats.count(high)}

    @cached_property
    def by_country(self):
        """What each of several countries adds, a sentence each: which rules count how many, and which cannot tell."""
        if len(self.asked.countries) < 2 or not self.total:
            return []
        found = counting.by_group(self.lake, "country", self.asked.where_in_year, INNOVATION)
        return [
            {"name": chips.countries((code,)), "said": listed([*self._by_rule(code, found.get(code))])}
            for code in self.asked.countries
        ]

    def _by_rule(self, country, row):
        for name in INNOVATION:
            if row and row[name].base:
                opened = Opened(name, self.asked.changed(countries=(country,)))
                number = format_html('<a class="ds-link" href="{}">{}</a>', opened.url, formats.count(row[name].number))
                yield format_html("{} {}", NAMES[name].lower(), number)
            else:
                yield _("%(rule)s cannot be said") % {"rule": NAMES[name].lower()}

    @cached_property
    def innovation(self):
        """The three rules beside each other."""
        return self._group("", "innovation", INNOVATION)

    @cached_property
    def sisters(self):
        return [self._group(heading, names[0], names) for heading, names in GROUPS_OF_SISTERS]

    @cached_property
    def map(self):
        return Map(self)

    @property
    def others(self):
        """The chosen rule by kind of buyer and by what is bought."""
        rule = self.asked.mapped
        return [self.grouped(by, rule, TOP) for by in ("buyer_kind", "cpv_division")]

    @property
    def rule_choices(self):
        """The rules whose map can be shown, each with its address."""
        return [
            {
                "words": NAMES[name],
                "url": f"{self.asked.changed(rule=name).url()}#map",
                "current": name == self.asked.mapped,
            }
            for name in INNOVATION
        ]

    @property
    def rule_name(self):
        return NAMES[self.asked.mapped]

    @property
    def piled(self):
        """Where the number of the chosen rule piles up, in words."""
        return next(one.piled for one in self.innovation.figures if one.name == self.asked.mapped)

    @property
    def rule_url(self):
        return self.asked.changed(rule="").url("indicator-detail", self.asked.mapped)

    @property
    def loose(self):
        return counting.loose(self.lake)

    @property
    def uncounted(self):
        """What has no year, why, and where it opens."""
        return [
            {"number": number, "words": REASONS[reason], "url": Opened("uncounted", by="uncounted", group=reason).url}
            for reason, number in self.loose.uncounted
        ]

    @property
    def uncounted_total(self):
        return sum(number for _reason, number in self.loose.uncounted)

    @property
    def uncounted_url(self):
        return Opened("uncounted").url

    @property
    def uncounted_declared_url(self):
        return Opened("uncounted", by="declared", group="yes").url

    @property
    def statistics_url(self):
        return Opened("all", Asked(source="uhm")).url

    @property
    def joined(self):
        """The Swedish statistics that could be joined with other sources: words and where they open."""
        return [
            {"number": number, "words": source_names(source), "url": Opened("all", by="source", group=source).url}
            for source, number in self.loose.joined
        ]

    def _group(self, heading, key, names):
        top = charts.shared_top(names, self.series) if key == "innovation" else None
        scale = (_("Same scale.") if top else _("Own scale.")) if key == "innovation" else ""
        lines = charts.most_breaks(names, self.series)
        return Group(
            heading=heading,
            key=key,
            figures=tuple(self._figure(name, top=top, lines=lines, scale=scale) for name in names),
            table=tables.years_across(names, self.series) if self.years else None,
            breaks=told_breaks(names, self.series),
            unit=units(names),
            downloads=[*self.downloads_by("year", *names), *self._pictures(*names)],
        )


def _same(number):
    if not number:
        return _("No innovation procurement found in %(year)s")
    return ngettext(
        "%(number)s innovation procurement in %(year)s", "%(number)s innovation procurements in %(year)s", number
    )
