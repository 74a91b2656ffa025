"""The pages of the indicators in words: what was asked, what it comes to, and where every number opens."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspel.kit import formats
from samspel.kit.tiles import PLACES, tile_map
from samspel.lake import nuts
from samspel.lake.breaks import references
from samspel.lake.indicators import Measure
from samspel.lake.rules import RULES, rule_named
from samspel.notices import counting, indicator_charts, indicator_tables, labels
from samspel.notices.counting import in_year, indicator_of
from samspel.notices.indicator_form import INNOVATION, Asked, Opened
from samspel.notices.indicator_words import LIMITS, MEANINGS, NAMES, UNITS, said, sentence
from samspel.notices.words import BUYER_KINDS, SOURCE_NAMES

TOP = 10
GROUPS_OF_SISTERS = (
    (gettext_lazy("How it is bought, and from whom"), ("early_dialogue", "joint", "new_suppliers")),
    (gettext_lazy("Environment and social aims"), ("environment", "social")),
    (gettext_lazy("Who competes"), ("tenders", "single_tender", "sme_share")),
)
FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@dataclass(frozen=True)
class Figure:
    """An indicator in the year in focus: its number in the heading, in a sentence and as a picture over the years."""

    name: str
    label: Any
    value: str
    meaning: Any
    sentence: Any
    chart: str
    limit: Any
    scale: str
    precision: str
    version: int
    url: str


@dataclass(frozen=True)
class Group:
    """Figures beside each other and the table with the same numbers."""

    heading: Any
    key: str
    figures: tuple[Figure, ...]
    table: indicator_tables.Table
    breaks: tuple
    downloads: list


@dataclass(frozen=True)
class Chip:
    """A filter in force, in words, with the address without it."""

    words: Any
    url: str


class Page:
    """What the list of indicators and the page of one have in common: the question, the year, the words for it."""

    def __init__(self, lake, form, today: date):
        self._lake = lake
        self.form = form
        self._today = today
        self.held = counting.held(lake)
        self._found = counting.by_year(lake, form.asked.where)
        self.year = form.asked.year or self._latest()
        self.asked = form.asked.changed(year=self.year) if self.year else form.asked
        self._row = in_year(self._found, self.year)

    @property
    def refusals(self):
        return self.form.refusals

    @property
    def years(self):
        """The years in which something was bought, without gaps."""
        return [*range(min(self._found), max(self._found) + 1)] if self._found else []

    @property
    def total(self):
        """How many procurements there are in the year in focus."""
        return self._row["all"].number

    @property
    def total_url(self):
        return Opened("all", self.asked).url

    @property
    def address(self):
        """The address that gives this count again, with the year and the rule written out."""
        return self.asked.changed(rule=self.asked.mapped).url(*self._name)

    @property
    def place(self):
        """Where, in words; empty for everywhere."""
        if self.asked.region:
            return labels.place(self.asked.region)
        names = [labels.country(code) or code for code in self.asked.countries]
        return _(" and ").join(names)

    @property
    def span(self):
        """The years counted, in words."""
        years = self.years
        if not years:
            return ""
        words = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        return _("Procurements with a notice %(years)s") % {"years": words}

    @property
    def chips(self):
        asked = self.form.asked
        given = {
            "countries": self.place if asked.countries and not asked.region else "",
            "region": labels.place(asked.region) if asked.region else "",
            "buyer_kind": BUYER_KINDS.get(asked.buyer_kind, ""),
            "cpv": labels.cpv(asked.cpv).html if asked.cpv else "",
            "source": SOURCE_NAMES.get(asked.source, ""),
            "first": _("from %(year)s") % {"year": asked.first} if asked.first else "",
            "last": _("to %(year)s") % {"year": asked.last} if asked.last else "",
        }
        if asked.region and asked.countries:
            given["countries"] = _(" and ").join(labels.country(code) or code for code in asked.countries)
        empty = Asked()
        return [
            Chip(words, asked.changed(**{name: getattr(empty, name)}).url(*self._name))
            for name, words in given.items()
            if words
        ]

    @property
    def partial_from(self):
        """The first year that is not over, for the notices that the hub has."""
        return min(self._today.year, self.held.newest_on.year if self.held.newest_on else self._today.year)

    def _latest(self):
        """Return the latest year that is over and in which something can be told, else the latest at all."""
        told = [year for year in self._found if any(in_year(self._found, year)[name].base for name in self._told_by)]
        return max((year for year in told if year < self._today.year), default=max(self._found, default=None))

    def _figure(self, name, *, top=None, scale=""):
        indicator, count = indicator_of(name), self._row[name]
        ratio = indicator_charts.is_ratio(name)
        if count.base:
            value = (
                indicator_tables.ratio_text(indicator.measure, count.ratio) if ratio else formats.count(count.number)
            )
            words = sentence(
                name,
                indicator.measure,
                count,
                self._link(name, count.number),
                self._link(name, count.base, is_base=True),
            )
        else:
            value, words = _("cannot say"), _("No procurement of this year is among those it can judge.")
        return Figure(
            name=name,
            label=NAMES[name],
            value=value,
            meaning=MEANINGS[name],
            sentence=words,
            chart=indicator_charts.over_years(
                name, self.asked, self._found, self.years, is_ratio=ratio, partial_from=self.partial_from, top=top
            ),
            limit=LIMITS[name],
            scale=scale,
            precision=_precision(name),
            version=indicator.version,
            url=self.asked.changed(rule="").url("indicator-detail", name),
        )

    def _link(self, name, number, *, is_base=False):
        opened = Opened(name, self.asked, is_base=is_base)
        return format_html('<a class="ds-link" href="{}">{}</a>', opened.url, formats.count(number))

    def _downloads(self, by, *names):
        query = self.asked.query(("indicator", ",".join(names)))
        return [
            {"name": label, "url": reverse("indicator-export", args=[by, kind]) + query}
            for kind, label in FORMATS.items()
        ]

    def _pictures(self, *names):
        return [
            {
                "name": _("%(name)s as SVG") % {"name": NAMES[name]},
                "url": reverse("indicator-picture", args=[name]) + self.asked.changed(rule="").query(),
            }
            for name in names
        ]


class IndicatorList(Page):
    """The innovation count by its three rules, and its sisters."""

    _name = ()
    _told_by = INNOVATION

    @property
    def heading(self):
        """The count as a sentence: by the rules that can tell, from the lowest to the highest."""
        numbers = [self._row[name].number for name in INNOVATION if self._row[name].base]
        when = {"year": self.year, "place": self.place}
        if not numbers:
            return _("How many innovation procurements there were cannot be said")
        low, high = min(numbers), max(numbers)
        if low == high:
            return _same(low, self.place) % {**when, "number": formats.count(low)}
        words = (
            _("Between %(low)s and %(high)s innovation procurements in %(place)s in %(year)s")
            if self.place
            else _("Between %(low)s and %(high)s innovation procurements in %(year)s")
        )
        return words % {**when, "low": formats.count(low), "high": formats.count(high)}

    @cached_property
    def innovation(self):
        """The three rules beside each other."""
        return self._group("", "innovation", INNOVATION)

    @cached_property
    def sisters(self):
        return [self._group(heading, names[0], names) for heading, names in GROUPS_OF_SISTERS]

    @property
    def references(self):
        """What others counted, in words; never in the line."""
        if self.asked.region:
            return []
        countries = self.asked.countries
        if countries and "NO" not in countries:
            return []
        found = dict.fromkeys(one for name in INNOVATION for one in references(name))
        return [_reference(one) for one in found]

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
    def rule_url(self):
        return self.asked.changed(rule="").url("indicator-detail", self.asked.mapped)

    @property
    def loose(self):
        return counting.loose(self._lake)

    @property
    def statistics_url(self):
        return Opened("all", Asked(source="uhm")).url

    @property
    def joined(self):
        """The Swedish statistics that could be joined with other sources: words and where they open."""
        return [
            {"number": number, "url": Opened("all", by="source", group=source).url}
            for source, number in self.loose.joined
        ]

    def grouped(self, by, name, most=None):
        """Return the table of an indicator by group, with its downloads."""
        found = counting.by_group(self._lake, by, self.asked.where_in_year)
        return {
            "heading": indicator_tables.GROUPS[by],
            "table": indicator_tables.by_group(name, by, self.asked, found, most),
            "downloads": self._downloads(by, name),
            "all_url": f"{self.asked.changed(rule='').url('indicator-detail', name)}#{by}",
        }

    def _group(self, heading, key, names):
        top = indicator_charts.shared_top(names, self._found, self.years) if key == "innovation" else None
        scale = (_("Same scale.") if top else _("Own scale.")) if key == "innovation" else ""
        return Group(
            heading=heading,
            key=key,
            figures=tuple(self._figure(name, top=top, scale=scale) for name in names),
            table=indicator_tables.years_across(names, self.asked, self._found, self.years) if self.years else None,
            breaks=_told_breaks(names, self.asked, self._found, self.years),
            downloads=[*self._downloads("year", *names), *self._pictures(*names)],
        )


class IndicatorDetail(IndicatorList):
    """One indicator in depth."""

    def __init__(self, lake, form, today, name):
        self._name = ("indicator-detail", name)
        self._told_by = (name,)
        self.name = name
        super().__init__(lake, form, today)
        self.asked = self.asked.changed(rule="")

    @property
    def label(self):
        return NAMES[self.name]

    @property
    def heading(self):
        figure = self.figure
        return f"{figure.label}: {figure.value}"

    @cached_property
    def figure(self):
        return self._figure(self.name)

    @property
    def table(self):
        return indicator_tables.years_down(self.name, self.asked, self._found, self.years)

    @property
    def breaks(self):
        return _told_breaks((self.name,), self.asked, self._found, self.years)

    @property
    def downloads(self):
        return [*self._downloads("year", self.name), *self._pictures(self.name)]

    @property
    def groups(self):
        tables = [(by, self.grouped(by, self.name)) for by in indicator_tables.GROUPS]
        return [{"by": by, **table} for by, table in tables]

    @cached_property
    def map(self):
        return Map(self) if indicator_of(self.name).measure is Measure.PROCUREMENTS else None

    @property
    def references(self):
        if self.asked.region or (self.asked.countries and "NO" not in self.asked.countries):
            return []
        return [_reference(one) for one in references(self.name)]

    @property
    def unit(self):
        return UNITS[indicator_of(self.name).measure]

    @property
    def rules(self):
        """Every version of the rule, the newest first."""
        versions = [rule for rule in RULES if rule.name == self.name]
        return [
            {
                "version": rule.version,
                "since": rule.since,
                "reason": said(rule.reason),
                "source": said(rule.source),
                "blind": said(rule.blind),
            }
            for rule in sorted(versions, key=lambda rule: -rule.version)
        ]

    @property
    def blind(self):
        return said(indicator_of(self.name).blind)

    @property
    def precision(self):
        return _precision(self.name)

    @property
    def is_wording(self):
        return self.name == "wording"


class Map:
    """Where the procurements that a rule counts were bought: a square a county, and the counties with most."""

    def __init__(self, page):
        self._page = page
        self.name = getattr(page, "name", page.asked.mapped)
        self._found = counting.by_group(page._lake, "region", page.asked.where_in_year)
        self._counts = {group: row[self.name] for group, row in self._found.items()}

    @cached_property
    def tiles(self):
        values = {code: self._counts[code].number for code in PLACES if code in self._counts}
        return tile_map(values, {code: nuts.name(code) for code in PLACES}, self._url)

    @property
    def heading(self):
        """Which counties have most, in a sentence."""
        most = sorted(
            ((group, count.number) for group, count in self._counts.items() if group and count.number),
            key=lambda item: (-item[1], item[0]),
        )[:3]
        if not most:
            return _("No county is known for what is counted")
        names = [f"{labels.place(group)} ({formats.count(number)})" for group, number in most]
        listed = (
            names[0]
            if len(names) == 1
            else _("%(first)s and %(last)s")
            % {
                "first": ", ".join(names[:-1]),
                "last": names[-1],
            }
        )
        return _("Most in %(places)s") % {"places": listed}

    @property
    def without(self):
        """How many that count have no county, and where they open; safe HTML."""
        unknown = self._counts.get(None, counting.NOTHING)
        every = sum((count for count in self._counts.values()), counting.NOTHING)
        url = Opened(self.name, self._page.asked, by="region", group="none").url
        words = ngettext(
            "{number} of {all} has no county in its notices.",
            "{number} of {all} have no county in their notices.",
            unknown.number,
        )
        number = format_html('<a class="ds-link" href="{}">{}</a>', url, formats.count(unknown.number))
        return format_html(words, number=number, all=formats.count(every.number))

    @property
    def silent(self):
        """How many counties show nought because there is nothing to judge."""
        return sum(1 for code in PLACES if not self._counts.get(code, counting.NOTHING).base)

    @property
    def counties(self):
        return len(PLACES)

    @property
    def table(self):
        return indicator_tables.by_group(self.name, "region", self._page.asked, self._found, TOP)

    def _url(self, code):
        return Opened(self.name, self._page.asked, by="region", group=code).url


def _same(number, place):
    if not number:
        return (
            _("No innovation procurement found in %(place)s in %(year)s")
            if place
            else _("No innovation procurement found in %(year)s")
        )
    if place:
        return ngettext(
            "%(number)s innovation procurement in %(place)s in %(year)s",
            "%(number)s innovation procurements in %(place)s in %(year)s",
            number,
        )
    return ngettext(
        "%(number)s innovation procurement in %(year)s", "%(number)s innovation procurements in %(year)s", number
    )


def _reference(one):
    first, last = one.years
    return {
        "years": str(first) if first == last else f"{first}–{last}",
        "number": formats.count(one.number) if one.number == int(one.number) else formats.share(one.number / 100),
        "words": said(one.words),
        "source": one.source,
    }


def _told_breaks(names, asked, found, years):
    """Return every break of the series with the names of the indicators it is in, in words."""
    told = {}
    for name in names:
        known = indicator_tables.known_years(name, found, years)
        for one in indicator_tables.breaks_of(name, asked, known):
            told.setdefault(one, []).append(str(NAMES[name]))
    return tuple(
        {"year": str(one.year), "words": said(one.words), "names": ", ".join(of)}
        for one, of in sorted(told.items(), key=lambda item: item[0].year)
    )


def _precision(name):
    """Say how often a rule was right where a person has read what it found; empty where nobody has."""
    rule = next((rule for rule in RULES if rule.name == name), None)
    if rule is None or rule_named(name).measured is None:
        return ""
    right, read = rule_named(name).measured()
    if not read:
        return ""
    words = ngettext(
        "Of %(read)s hit that a person has read, %(share)s was right.",
        "Of %(read)s hits that a person has read, %(share)s were right.",
        read,
    )
    return words % {"read": formats.count(read), "share": formats.share_in_words(right / read)}
