"""An indicator's numbers over the years: what is known, and where the series breaks."""

from dataclasses import dataclass

from samspel.lake.breaks import breaks
from samspel.notices.indicators.counting import in_year
from samspel.notices.indicators.form import Asked


@dataclass(frozen=True)
class Series:
    """The counts of a question (year → name → count) over years without gaps.

    ``statistics`` are the first and last year of the Swedish statistics in the lake, or None.
    """

    asked: Asked
    found: dict
    years: list
    statistics: tuple[int, int] | None

    def count(self, name, year):
        """Return an indicator's count of a year."""
        return in_year(self.found, year)[name]

    def known(self, name):
        """Return the years in which something is within the indicator's base."""
        return [year for year in self.years if self.count(name, year).base]

    def breaks(self, name):
        """Return the breaks between the years that are known, for the countries and the source asked about."""
        known = self.known(name)
        asked = self.asked
        countries = asked.countries or ((asked.region[:2],) if asked.region else (None,))
        found = {one: None for country in countries for one in breaks(name, country, self.statistics)}
        between = (one for one in found if known and known[0] < one.year <= known[-1])
        return sorted((one for one in between if asked.source in {"", one.source} or not one.source), key=_year)

    def broken_since(self, name):
        """Return the year of the last break, or None."""
        return max((one.year for one in self.breaks(name)), default=None)

    def unbroken(self, name):
        """Return the years since the last break, which alone can be added up."""
        since = self.broken_since(name)
        return [year for year in self.years if since is None or year >= since]


def _year(one):
    return one.year
