"""The page of one indicator: over the years, by group, and its rule in full with every version."""

from django.utils.functional import cached_property

from samspel.lake import wording
from samspel.lake.indicators import Measure
from samspel.lake.rules import RULES
from samspel.notices.indicators import counting, tables
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.indicators.map import Map
from samspel.notices.indicators.page import Page, precision_of, told_breaks, units
from samspel.notices.indicators.words import NAMES, VERDICTS, said
from samspel.notices.links import notice_url
from samspel.notices.words import SOURCE_NAMES

# Whoever wants every county of Europe takes the file.
MOST = 50


class IndicatorDetail(Page):
    """One indicator in depth."""

    def __init__(self, lake, form, today, name):
        self._name = ("indicator-detail", name)
        self._told_by = (name,)
        self._names = (name, counting.ALL.name)
        self.name = name
        super().__init__(lake, form, today)

    @property
    def address(self):
        return self.asked.changed(rule="").url(*self._name)

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
        return tables.years_down(self.name, self.series)

    @property
    def breaks(self):
        return told_breaks((self.name,), self.series)

    @property
    def downloads(self):
        return [*self.downloads_by("year", self.name), *self._pictures(self.name)]

    @property
    def groups(self):
        # The counties stand beside the map where there is one.
        shown = [by for by in tables.GROUPS if by != "region" or not self.map]
        grouped = [(by, self.grouped(by, self.name, MOST)) for by in shown]
        return [{"by": by, **table} for by, table in grouped]

    @cached_property
    def map(self):
        return Map(self, MOST) if indicator_of(self.name).measure is Measure.PROCUREMENTS else None

    @property
    def unit(self):
        return units((self.name,))

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
        return precision_of(self.name)

    @property
    def read(self):
        """The hits that a person has read, with what they were found by and how they were judged."""
        if self.name != "wording":
            return []
        hits = wording.review()
        keys = counting.keys_of(self.lake, [hit["publication_number"] for hit in hits])
        return [
            {
                "source": SOURCE_NAMES[hit["source"]],
                "number": hit["publication_number"],
                "url": notice_url(keys[hit["publication_number"]]) if hit["publication_number"] in keys else "",
                "word": hit["word"],
                "language": hit["language"],
                "verdict": VERDICTS[hit["verdict"]],
            }
            for hit in hits
        ]

    @property
    def words(self):
        """The word list by language, and what looks like it and is not; empty for the other indicators."""
        if self.name != "wording":
            return []
        phrases = wording.phrases()
        languages = dict.fromkeys(phrase.language for phrase in phrases)
        return [
            {
                "language": language,
                "words": [one.phrase for one in phrases if one.language == language and one.kind == "word"],
                "traps": [one.phrase for one in phrases if one.language == language and one.kind == "trap"],
            }
            for language in languages
        ]
