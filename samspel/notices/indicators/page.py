"""What the pages of the indicators have in common: the question, the year in focus, and every number open."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.lake.breaks import references
from samspel.lake.indicators import Measure
from samspel.lake.rules import RULES, rule_named
from samspel.notices import labels
from samspel.notices.indicators import charts, chips, counting, tables
from samspel.notices.indicators.counting import in_year, indicator_of
from samspel.notices.indicators.form import Asked, Opened
from samspel.notices.indicators.series import Series
from samspel.notices.indicators.trend import FEW, trend
from samspel.notices.indicators.words import LIMITS, MEANINGS, NAMES, UNITS, of_base, piles, said, sentence
from samspel.notices.notice.sentences import listed

# A year that holds a smaller part of what the fullest year does was hardly loaded; no page opens at it.
LEAST_PART = 0.01
FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@dataclass(frozen=True)
class Figure:
    """An indicator in the year in focus: its number in the heading, in a sentence and as a picture over the years."""

    name: str
    label: Any
    value: str
    meaning: Any
    sentence: Any
    piled: Any
    trend: str
    chart: str
    notes: list
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
    table: tables.Table
    breaks: tuple
    unit: str
    downloads: list


class Page:
    """What the list of indicators and the page of one have in common: the question, the year, the words for it."""

    def __init__(self, lake, form, today: date):
        self.lake = lake
        self.form = form
        self._today = today
        self.held = counting.held(lake)
        asked = counting.at_home(form.asked, self.held)
        self._found = counting.by_group(lake, "year", asked.where, self._names)
        self._bases = {
            year: max(in_year(self._found, year)[name].base for name in self._told_by)
            for year in self._found
            if year < today.year
        }
        self.year = asked.year or newest_year(self._bases) or max(self._found, default=None)
        self.asked = asked.changed(year=self.year) if self.year else asked
        self._row = in_year(self._found, self.year)
        self.series = Series(self.asked, self._found, self.years, self.held.statistics)

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
    def plain_address(self):
        """The address with what was chosen and nothing else."""
        return self.form.asked.url(*self._name)

    @property
    def list_url(self):
        """The page of all indicators, with the same question."""
        return self.asked.changed(rule="").url()

    @property
    def year_reason(self):
        """Why this year is shown where none was chosen, in a sentence."""
        if self.form.asked.year or not self.year:
            return ""
        least = least_base(self._bases)
        words = _("%(year)s is the latest year here; no year that is over has anything to judge.")
        if self._bases.get(self.year, 0) >= least:
            words = _(
                "%(year)s is the latest year that is over in which there is enough to judge: a base of %(least)s or "
                "more."
            )
        elif self._bases.get(self.year):
            words = _(
                "%(year)s is the latest year that is over with anything to judge; no year has enough, a base of "
                "%(least)s or more."
            )
        return words % {"year": self.year, "least": formats.count(least)}

    def narrowed(self, asked):
        """Return the address of another question on this page."""
        return asked.url(*self._name)

    @property
    def place(self):
        """Where, in words; empty for everywhere."""
        if self.asked.region:
            return labels.place(self.asked.region)
        return chips.countries(self.asked.countries)

    @property
    def country_choices(self):
        """The countries that are near at hand, each with its address: the hub's own, together and alone, and all."""
        home = counting.home(self.held)
        if not home:
            return []
        alone = [
            (countries, chips.countries(countries)) for countries in dict.fromkeys((home, *((one,) for one in home)))
        ]
        choices = [(words, {"countries": countries, "everywhere": False}) for countries, words in alone]
        choices.append((_("All countries"), {"countries": (), "everywhere": True}))
        return [
            {
                "words": words,
                "url": self._kept.changed(region="", **facts).url(*self._name),
                "current": not self.asked.region
                and (self.asked.countries, self.asked.everywhere) == (facts["countries"], facts["everywhere"]),
            }
            for words, facts in choices
        ]

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
        return chips.chips(self._kept, lambda asked: asked.url(*self._name))

    @property
    def is_narrowed(self):
        """Whether the count is narrowed by more than what stands near at hand."""
        return bool(self.form.asked.changed(countries=(), everywhere=False, year=None, rule="").pairs())

    @property
    def fields(self):
        return chips.fields(self.form, self.held, self.year)

    @property
    def action(self):
        """Where the filters lead: this page."""
        return Asked().url(*self._name)

    @property
    def references(self):
        """What others counted, in words; never in the line. They counted Norway."""
        countries = self.asked.countries
        if self.asked.region or (countries and "NO" not in countries):
            return []
        told = {}
        for one in dict.fromkeys(one for name in self._told_by for one in references(name)):
            told.setdefault((one.words, one.source), []).append(_reference(one))
        return [
            {"words": said(words), "source": _source(source), "numbers": listed(numbers)}
            for (words, source), numbers in told.items()
        ]

    @property
    def partial_from(self):
        """The first year that is not over, for the notices that the hub has."""
        return min(self._today.year, self.held.newest_on.year if self.held.newest_on else self._today.year)

    def count(self, name):
        """Return an indicator's count of the year in focus."""
        return self._row[name]

    def chart(self, name, *, top=None, lines=0):
        """Return an indicator over the years as a picture."""
        ratio = charts.is_ratio(name)
        return charts.over_years(
            name, self.series, is_ratio=ratio, partial_from=self.partial_from, top=top, lines=lines
        )

    def notes(self, name):
        """Say what an indicator's picture shows in another way than the rest, or leaves out."""
        return charts.notes(name, self.series, partial_from=self.partial_from)

    def trend(self, name):
        """Say whether an indicator grows."""
        return trend(name, self.series, before=self.partial_from)

    def grouped(self, by, name, most=None):
        """Return the table of an indicator by group, with its downloads."""
        found = counting.by_group(self.lake, by, self.asked.where_in_year, (name,))
        return {
            "heading": tables.GROUPS[by],
            "table": tables.by_group(name, by, self.asked, found, narrowed=self.narrowed, most=most),
            "downloads": self.downloads_by(by, name),
            "all_url": f"{self.asked.changed(rule='').url('indicator-detail', name)}#{by}",
        }

    @property
    def _kept(self):
        """What was chosen, with the year that is shown: the year stays when something else is chosen."""
        return self.form.asked.changed(year=self.year)

    def _figure(self, name, *, top=None, lines=0, scale=""):
        indicator, count = indicator_of(name), self._row[name]
        ratio = charts.is_ratio(name)
        if count.base:
            value = _value(indicator.measure, count) if ratio else formats.count(count.number)
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
            piled=self.piled_up(name),
            trend=self.trend(name) if self.years else "",
            chart=self.chart(name, top=top, lines=lines),
            notes=self.notes(name),
            limit=LIMITS[name],
            scale=scale,
            precision=precision_of(name),
            version=indicator.version,
            url=self.asked.changed(rule="").url("indicator-detail", name),
        )

    def _link(self, name, number, *, is_base=False):
        opened = Opened(name, self.asked, is_base=is_base)
        return format_html('<a class="ds-link" href="{}">{}</a>', opened.url, formats.count(number))

    def piled_up(self, name):
        """Say where an indicator's number of the year in focus piles up; empty where it does not."""
        # Fewer pile up by chance.
        found = counting.piled(self.lake, name, self.asked.where_in_year) if self._row[name].number >= FEW else ()
        return piles(
            found,
            lambda one, *, is_base=False: Opened(name, self.asked, is_base=is_base, by=one.what, group=one.key).url,
        )

    def downloads_by(self, by, *names):
        """Return the files with what a table by group shows; one by year has all its years, whichever is in focus."""
        asked = self.asked.changed(year=None, rule="") if by == "year" else self.asked.changed(rule="")
        query = asked.query(("indicator", ",".join(names)))
        return [
            {"name": label, "url": reverse("indicator-export", args=[by, kind]) + query}
            for kind, label in FORMATS.items()
        ]

    def _pictures(self, *names):
        return [
            {
                "name": _("%(name)s as SVG") % {"name": NAMES[name]},
                "url": self.asked.changed(rule="").url("indicator-picture", name),
            }
            for name in names
            if charts.is_drawn(name, self.series)
        ]


def _value(measure, count):
    """Write a share or a mean for a heading; of a few, the numbers instead of a share."""
    if measure is Measure.MEAN or count.base >= FEW:
        return tables.ratio_text(measure, count)
    return of_base(count)


def units(names):
    """Say what is counted by these indicators, and by which of them where they count different things."""
    of_unit = {}
    for name in names:
        of_unit.setdefault(str(UNITS[indicator_of(name).measure]), []).append(str(NAMES[name]))
    if len(of_unit) == 1:
        return next(iter(of_unit))
    return "; ".join(f"{', '.join(named)}: {unit}" for unit, named in of_unit.items())


def _source(source):
    """Write where a number of others stands: an address as a link."""
    if not source.startswith("https://"):
        return said(source)
    return format_html('<a class="ds-link" href="{0}">{0}</a>', source)


def _reference(one):
    """Write what others counted: 180 (2016)."""
    first, last = one.years
    number = formats.count(one.number) if one.number == int(one.number) else formats.share(one.number / 100)
    return f"{number} ({first})" if first == last else f"{number} ({first}–{last})"


def newest_year(bases):
    """Return the newest year (year → base) that has enough to judge, else anything to judge, else None."""
    least = least_base(bases)
    enough = [year for year, base in bases.items() if base >= least] or [year for year, base in bases.items() if base]
    return max(enough, default=None)


def least_base(bases):
    """Return the base that is enough to judge a year by, among these (year → base)."""
    return max(FEW, ceil(max(bases.values(), default=0) * LEAST_PART))


def told_breaks(names, series):
    """Return the breaks of the series by year, in words, with the names of the indicators they are in."""
    told = {}
    for name in names:
        for one in series.breaks(name):
            told.setdefault(one.year, {}).setdefault(said(one.words), []).append(str(NAMES[name]))
    return tuple(
        {
            "year": str(year),
            "words": list(words),
            "names": ", ".join(dict.fromkeys(name for of in words.values() for name in of)),
        }
        for year, words in sorted(told.items())
    )


def precision_of(name):
    """Say how often a rule was right where a person has read what it found; empty where nobody has."""
    rule = next((rule for rule in RULES if rule.name == name), None)
    if rule is None or rule_named(name).measured is None:
        return ""
    right, read = rule_named(name).measured()
    if not read:
        return ""
    words = ngettext(
        "Of {read} hit that a person has read, {right} was right.",
        "Of {read} hits that a person has read, {right} were right.",
        read,
    )
    url = f"{reverse('indicator-detail', args=[name])}#read"
    link = format_html('<a class="ds-link" href="{}">{}</a>', url, formats.count(read))
    return format_html(words, read=link, right=formats.count(right))
