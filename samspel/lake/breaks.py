"""Where a series of numbers changes its meaning, and numbers of others that stand beside it, never in its line."""

from __future__ import annotations

from dataclasses import dataclass

_MARKS = ("declared", "environment", "social")
_INNOVATION = ("declared", "procedure", "wording")


@dataclass(frozen=True)
class Break:
    """A year from which an indicator's numbers cannot be compared with those before."""

    year: int
    words: str


@dataclass(frozen=True)
class Reference:
    """A number that somebody else counted in another way."""

    years: tuple[int, int]  # first and last
    number: float
    unit: str  # procurements, per cent of notices
    words: str
    source: str


def breaks(indicator: str, country: str | None = None) -> tuple[Break, ...]:
    """Return the breaks in an indicator's series for a country (ISO 3166 alpha-2), or for all; oldest first."""
    return tuple(
        found
        for names, countries, found in _BREAKS
        if indicator in names and (country is None or not countries or country in countries)
    )


def references(indicator: str, country: str | None = None) -> tuple[Reference, ...]:
    """Return what others counted of the same thing in that country; they count Norway only."""
    if country not in {None, "NO"}:
        return ()
    return tuple(found for names, found in _REFERENCES if indicator in names)


# Which indicators, which countries (none: all), the break.
_BREAKS: tuple[tuple[tuple[str, ...], tuple[str, ...], Break], ...] = (
    (
        (*_MARKS, "joint"),
        ("SE",),
        Break(2021, "The Swedish statistics begin, with marks of their own and procurements below the thresholds."),
    ),
    (
        _MARKS,
        (),
        Break(
            2023,
            "eForms became compulsory on TED on 25 October 2023, and only notices in eForms can carry the mark: "
            "the base before is small.",
        ),
    ),
    (
        ("declared",),
        (),
        Break(
            2023,
            "Codes for innovation have been retired since the first eForms (buy-eff, fp-requ, org-nov, other). "
            "Notices that carry them still count.",
        ),
    ),
    (
        ("joint",),
        (),
        Break(2023, "With eForms, joint is told by the buyers a notice names; before, by a yes or no in the form."),
    ),
)

_REFERENCES: tuple[tuple[tuple[str, ...], Reference], ...] = (
    (
        _INNOVATION,
        Reference(
            years=(2010, 2010),
            number=6,
            unit="procurements",
            words="Innovation procurements in Doffin as the programme counted them; its method was not found.",
            source="Sveriges Offentliga Inköpare, 24 October 2018",
        ),
    ),
    (
        _INNOVATION,
        Reference(
            years=(2016, 2016),
            number=180,
            unit="procurements",
            words="Innovation procurements in Doffin as the programme counted them; its method was not found.",
            source="Sveriges Offentliga Inköpare, 24 October 2018",
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
