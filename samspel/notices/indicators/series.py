"""An indicator's numbers over the years: what is known, and where the series breaks."""

from dataclasses import dataclass

from samspel.lake.breaks import breaks
from samspel.notices.indicators.counting import in_year
from samspel.notices.indicators.form import Asked

# How the break is worded that the Swedish statistics make; a lake without them has no such break.
STATISTICS = "The Swedish statistics begin"


@dataclass(frozen=True)
class Series:
    """The counts of a question (year → name → count) over years without gaps; ``sources`` are those of the lake."""

    asked: Asked
    found: dict
    years: list
    sources: tuple

    def count(self, name, year):
        """Return an indicator's count of a year."""
        return in_year(self.found, year)[name]

    def known(self, name):
        """Return the years in which something is within the indicator's base."""
        return [year for year in self.years if self.count(name, year).base]

    def breaks(self, name):
        """Return the breaks between the years that are known, for the countries and the source asked about."""
        known = self.known(name)
        found = {one: None for country in self.asked.countries or (None,) for one in breaks(name, country)}
        between = (one for one in found if known and known[0] < one.year <= known[-1])
        return sorted((one for one in between if self._is_met(one)), key=lambda one: one.year)

    def _is_met(self, one):
        if not one.words.startswith(STATISTICS):
            return True
        return "uhm" in self.sources and self.asked.source in {"", "uhm"}
