"""The page with the procurements behind a number, in words."""

from dataclasses import replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.lake.indicators import Measure
from samspel.notices.indicators import chips, counting
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.indicators.evidence import tenders_in_words
from samspel.notices.indicators.form import UNKNOWN, Opened
from samspel.notices.indicators.tables import group_name
from samspel.notices.indicators.words import LEAST_BASE, MEANINGS, NAMES, UNITS, ratio_text

# Lists that no rule makes.
_WITHOUT_RULE = (counting.ALL.name, counting.UNCOUNTED.name)
FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


class EvidencePage:
    """What the template shows of the procurements behind a number."""

    def __init__(self, lake, form, name):
        self._lake = lake
        self._form = form
        self.name = name
        self.opened = form.opened(name)
        self.total = counting.total(lake, self.opened)
        self.held = counting.held(lake)

    @property
    def refusals(self):
        return self._form.refusals

    @property
    def label(self):
        return NAMES[self.name]

    @property
    def meaning(self):
        return MEANINGS[self.name]

    @cached_property
    def is_unknown(self):
        """Whether nothing is among what the indicator can judge, so that not even none can be said."""
        if self.total.procurements or self.name in _WITHOUT_RULE or self.is_base:
            return False
        return not counting.total(self._lake, replace(self.opened, is_base=True)).procurements

    @property
    def heading(self):
        year = self.opened.asked.year
        if self.is_unknown:
            words = _("%(indicator)s: cannot say") % {"indicator": self.label}
            return f"{words} ({year})" if year else words
        number = self.total.procurements
        words = ngettext("%(number)s procurement", "%(number)s procurements", number) % {
            "number": formats.count(number)
        }
        return _("%(procurements)s in %(year)s") % {"procurements": words, "year": year} if year else words

    @property
    def part(self):
        """Which part of the indicator the list is, in a sentence."""
        if self.name in _WITHOUT_RULE:
            return ""
        if self.is_unknown:
            return _("No procurement that is asked about is among those it can judge.")
        if indicator_of(self.name).measure is not Measure.PROCUREMENTS:
            return _("The procurements whose numbers are added up.")
        if self.opened.is_base:
            return _("All that the indicator can judge, whether they count or not.")
        return _("Those that count, and why.")

    @property
    def sums(self):
        """What the rows add up to, for an indicator that adds something else than procurements."""
        measure = indicator_of(self.name).measure
        if measure is Measure.PROCUREMENTS or not self.total.base:
            return ""
        numbers = {
            "tenders": tenders_in_words(self.total.number),
            "number": formats.count(self.total.number),
            "base": formats.count(self.total.base),
            "ratio": ratio_text(measure, self.total),
        }
        if measure is not Measure.MEAN and self.total.base < LEAST_BASE:
            return _("Together %(ratio)s.") % numbers
        if measure is Measure.MEAN:
            words = ngettext(
                "Together %(tenders)s in %(base)s procurement, %(ratio)s on average.",
                "Together %(tenders)s in %(base)s procurements, %(ratio)s on average.",
                self.total.base,
            )
            return words % numbers
        if measure is Measure.TENDERS:
            return _("Together %(number)s of %(base)s tenders, %(ratio)s.") % numbers
        return _("Together %(number)s of %(base)s winners, %(ratio)s.") % numbers

    @property
    def unit(self):
        return UNITS[Measure.PROCUREMENTS]

    @property
    def chips(self):
        """The filters in force, in words, each with the address without it."""
        asked = self.opened.asked
        chosen = chips.chips(asked, lambda other: self._with(other).url, year=True)
        if self.opened.by:
            whole = Opened(self.name, asked, self.opened.is_base)
            chosen.append(chips.Chip(self._group(), whole.url))
        return chosen

    @property
    def address(self):
        return self.opened.url

    @property
    def other_part(self):
        """The address of the other part: the base of a number, or what counts of a base."""
        has_parts = self.name not in _WITHOUT_RULE and indicator_of(self.name).measure is Measure.PROCUREMENTS
        if not has_parts or self.is_unknown:
            return ""
        opened = self.opened
        return Opened(self.name, opened.asked, not opened.is_base, opened.by, opened.group).url

    @property
    def indicator_url(self):
        if self.name in _WITHOUT_RULE:
            return self.opened.asked.spelled.url()
        return self.opened.asked.spelled.url("indicator-detail", self.name)

    @property
    def downloads(self):
        return [
            {"name": label, "url": reverse("evidence-export", args=[self.name, kind]) + self.opened.query()}
            for kind, label in FORMATS.items()
        ]

    @cached_property
    def is_base(self):
        return self.opened.is_base

    def _with(self, asked):
        opened = self.opened
        return Opened(self.name, asked, opened.is_base, opened.by, opened.group)

    def _group(self):
        by, group = self.opened.by, self.opened.group
        if by == "source":
            return chips.source_names(group)
        if by == "buyer":
            return counting.buyer_name(self._lake, group)
        return group_name(by, None if group == UNKNOWN else group)
