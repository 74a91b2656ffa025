"""Where a series of numbers changes its meaning, and numbers of others that stand beside it, never in its line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import duckdb

from samspel.lake.procurements import EARLIER_YEARS

STATISTICS = "uhm"
# The years that the authority has published so that the hub can read them; a lake says which of them it holds.
_PUBLISHED = (2021, 2021)
_IN_STATISTICS = ("procedure", "wording", "tenders", "single_tender")
_MARKS = ("declared", "environment", "social")
_INNOVATION = ("declared", "procedure", "wording")


@dataclass(frozen=True)
class Break:
    """A year from which an indicator's numbers cannot be compared with those before."""

    year: int
    words: str
    source: str | None = None  # a lake without this source has no such break


@dataclass(frozen=True)
class Reference:
    """A number that somebody else counted in another way."""

    years: tuple[int, int]  # first and last
    number: float
    unit: str  # procurements, per cent of notices
    words: str
    source: str


def breaks(
    indicator: str, country: str | None = None, statistics: tuple[int, int] | None = _PUBLISHED
) -> tuple[Break, ...]:
    """Return the breaks in an indicator's series for a country (ISO 3166 alpha-2), or for all; oldest first.

    ``statistics`` are the first and last year that the lake holds of the Swedish statistics (``statistics_years``).
    """
    stated = (found for names, found in _BREAKS if indicator in names)
    swedish = _of_statistics(indicator, statistics) if statistics and country in {None, "SE"} else ()
    return tuple(sorted(chain(swedish, stated), key=lambda found: found.year))


def statistics_years(connection: duckdb.DuckDBPyConnection) -> tuple[int, int] | None:
    """Return the first and last year of the Swedish statistics in a lake's procurements, or None."""
    first, last = connection.execute(_STATISTICS_YEARS, [STATISTICS]).fetchall()[0]
    return None if first is None else (first, last)


def references(indicator: str, country: str | None = None) -> tuple[Reference, ...]:
    """Return what others counted of the same thing in that country; they count Norway only."""
    if country not in {None, "NO"}:
        return ()
    return tuple(found for names, found in _REFERENCES if indicator in names)


def _of_statistics(indicator: str, years: tuple[int, int]) -> tuple[Break, ...]:
    if indicator not in {*_MARKS, "joint", "new_suppliers", *_IN_STATISTICS}:
        return ()
    first, last = years
    begins = first + EARLIER_YEARS if indicator == "new_suppliers" else first
    if begins > last:
        return ()
    return Break(begins, _BEGIN, STATISTICS), Break(last + 1, _END, STATISTICS)


_BEGIN = "The Swedish statistics begin, with marks of their own and procurements below the thresholds."
_END = (
    "The Swedish statistics end. Swedish procurements after that come from TED, which mostly has those above the "
    "thresholds."
)

_STATISTICS_YEARS = "SELECT min(year), max(year) FROM procurements WHERE source = ?"

# Which indicators, the break.
_BREAKS: tuple[tuple[tuple[str, ...], Break], ...] = (
    (
        _MARKS,
        Break(
            2023,
            "eForms became compulsory on TED on 25 October 2023, and only notices in eForms can carry the mark: "
            "the base before is small.",
        ),
    ),
    (
        ("declared",),
        Break(
            2023,
            "Codes for innovation have been retired since the first eForms (buy-eff, fp-requ, org-nov, other). "
            "Notices that carry them still count.",
        ),
    ),
    (
        ("joint",),
        Break(2023, "With eForms, joint is told by the buyers a notice names; before, by a yes or no in the form."),
    ),
)

_SPOKEN_OF = "Sveriges Offentliga Inköpare, the Swedish association of public buyers, 24 October 2018."

_REFERENCES: tuple[tuple[tuple[str, ...], Reference], ...] = (
    (
        _INNOVATION,
        Reference(
            years=(2010, 2010),
            number=6,
            unit="procurements",
            words="Innovation procurements in Doffin as the programme counted them; its method was not found.",
            source=_SPOKEN_OF,
        ),
    ),
    (
        _INNOVATION,
        Reference(
            years=(2016, 2016),
            number=180,
            unit="procurements",
            words="Innovation procurements in Doffin as the programme counted them; its method was not found.",
            source=_SPOKEN_OF,
        ),
    ),
    (
        ("procedure",),
        Reference(
            years=(2018, 2022),
            number=0.43,
            unit="per cent of notices",
            words="DFØ counted competitive dialogues and innovation partnerships among all notices on Doffin.",
            source="https://dfo.no/nokkeltall-og-statistikk/innkjop-i-offentlig-sektor/innovasjonsvennlig-innkjopspraksis",
        ),
    ),
)
