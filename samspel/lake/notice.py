"""The record of a public notice: what every format is read into, and what everything else asks about.

``None`` (or an empty tuple) means that the notice does not say. Nothing is guessed: a code the hub does not know is
kept as it stands and listed in ``Notice.unknown_codes``. Codes are those of eForms SDK 1.15, in lower case; BT, OPT
and OPP are eForms identifiers. Persons are not recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# Where a value must be stated and is not known, buyers write 0, 1 or 10. No purchase that is announced costs less than
# a hundred of any currency.
LEAST_VALUE = 100


class Unreadable(Exception):
    """The document cannot become a notice. The message says why, in words for a report."""


class SetAside(Exception):
    """The document is well formed but no procurement notice (X01, X02). The message says what it is."""


class Kind(StrEnum):
    """What a notice does in the life of a purchase."""

    PLANNING = "planning"  # BT-03 planning: PIN, buyer profile, periodic indicative
    CONSULTATION = "consultation"  # BT-03 consultation (E1), BT-02 pmc; Doffin and TED also say so in the title only
    COMPETITION = "competition"  # BT-03 competition
    INTENTION = "intention"  # BT-03 dir-awa-pre: voluntary ex-ante transparency
    RESULT = "result"  # BT-03 result
    CHANGE = "change"  # a notice with BT-758 that changes another, a corrigendum, BT-03 cont-modif
    COMPLETION = "completion"  # BT-03 completion (E5)
    CANCELLED = "cancelled"  # a cancelled competition, or a result in which no lot was awarded


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language."""

    language: str  # ISO 639-1: sv, nb, nn, da, fi, en…; "no" where the notice only says Norwegian
    text: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as the notice states it, without VAT."""

    amount: float  # in units of the currency, not thousands
    currency: str  # ISO 4217

    @property
    def is_placeholder(self) -> bool:
        """Whether the amount only stands where one must stand; it is kept as stated and counts in no sum."""
        return self.amount < LEAST_VALUE


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time before which somebody may act."""

    # tenders BT-131 · requests BT-1311 · interest BT-630 · answers BT-800 · questions BT-13 · opening BT-132
    kind: str
    at: str  # ISO 8601 as stated: date, or date and time, with its offset where the notice gives one


@dataclass(frozen=True, slots=True)
class Marks:
    """What the buyer says the procurement promotes; codes, sorted, each once. Empty: nothing said."""

    strategic: tuple[str, ...] = ()  # BT-06: env-imp, inn-pur, soc-obj, none
    environmental: tuple[str, ...] = ()  # BT-774
    social: tuple[str, ...] = ()  # BT-775
    innovative: tuple[str, ...] = ()  # BT-776: mar-nov, proc-innov, prod-innov, rd-act; retired ones too
    accessibility: tuple[str, ...] = ()  # BT-754: inc, n-inc, n-inc-just
    green_criteria: tuple[str, ...] = ()  # BT-805: eu, national, other, none
    quota_transport: tuple[str, ...] = ()  # BT-777 is free text; kept as "stated" where it is there
    national: tuple[str, ...] = ()  # marks of a national source: innovation, environment, social (UHM)


@dataclass(frozen=True, slots=True)
class Buyer:
    """A body that buys (role buyer, OPT-300), as it stands in the notice."""

    name: str  # BT-500
    identifier: str | None = None  # BT-501, digits and letters only
    country: str | None = None  # BT-514 as ISO 3166 alpha-2
    nuts: str | None = None  # BT-507, as stated
    town: str | None = None  # BT-513
    website: str | None = None  # BT-505, else BT-508 (buyer profile)
    legal_type: str | None = None  # BT-11, or the source's own word behind a prefix: "uhm:Kommun"
    activity: str | None = None  # BT-10
    is_leader: bool | None = None  # OPP-050 group lead


@dataclass(frozen=True, slots=True)
class Winner:
    """A supplier that won, with what it won in this notice."""

    name: str  # BT-500
    identifier: str | None = None  # BT-501, digits and letters only
    country: str | None = None  # BT-514 as ISO 3166 alpha-2
    nuts: str | None = None  # BT-507
    size: str | None = None  # BT-165: micro, small, medium, large; "sme" where the format only says so
    lots: tuple[str, ...] = ()  # BT-137 of the lots it won
    value: Money | None = None  # BT-720 summed over its winning tenders, where all are in one currency
    is_person: bool = False  # a sole trader: its number is a personal number and is masked wherever it is shown


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of the purchase that can be won by itself (or, in planning, the part the plan describes)."""

    identifier: str  # BT-137, "LOT-0001"; legacy lot numbers as they stand
    title: tuple[Text, ...] = ()  # BT-21
    description: tuple[Text, ...] = ()  # BT-24
    nature: str | None = None  # BT-23: works, supplies, services, combined
    cpv: str | None = None  # BT-262, eight digits
    cpv_additional: tuple[str, ...] = ()  # BT-263
    nuts: tuple[str, ...] = ()  # BT-5071, as stated
    estimated_value: Money | None = None  # BT-27
    framework: str | None = None  # BT-765: fa-mix, fa-w-rc, fa-wo-rc, none; "fa" where the format only says yes
    deadlines: tuple[Deadline, ...] = ()
    duration_months: float | None = None  # BT-36 in months (a year 12, a week 12/52, a day 12/365)
    starts_on: date | None = None  # BT-536
    ends_on: date | None = None  # BT-537
    result: str | None = None  # BT-142: selec-w, clos-nw, open-nw
    not_awarded_reason: str | None = None  # BT-144
    awarded_value: Money | None = None  # BT-720 of the winning tenders, or legacy VAL_TOTAL of the lot
    tenders: int | None = None  # BT-759 with BT-760 "tenders"
    tenders_sme: int | None = None  # BT-759 with BT-760 "t-sme"
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Notice:
    """A public notice, whatever the format it was published in.

    The key is (source, identifier, version). Where a fact stands on lots only, the notice holds what the lots hold
    together (all their CPV codes, regions and marks, each once); where it stands on both, the notice's own comes first.
    """

    source: str  # ted, doffin, uhm
    identifier: str  # BT-701; else the publication number (legacy, Doffin JSON) or the source's own identifier
    version: str  # BT-757, "01"; "01" where the format has no versions
    format: str  # "eforms-sdk-1.13", "R2.0.9.S05", "doffin-json", "uhm-2021"
    kind: Kind

    publication_number: str | None = None  # OPP-010: "210184-2025" (TED), "2024-106543" (Doffin)
    subtype: str | None = None  # OPP-070: "16", "E1", "N4"; legacy "F02"
    form_type: str | None = None  # BT-03
    notice_type: str | None = None  # BT-02; legacy: the TED document type code as it stands
    procedure_identifier: str | None = None  # BT-04
    corrects: tuple[str, ...] = ()  # BT-758: identifier-version; legacy: publication number
    follows: tuple[str, ...] = ()  # BT-125, OPP-090: identifier-version or publication number
    legal_basis: str | None = None  # BT-01: "32014L0024", or the national basis as stated
    url: str | None = None  # the original, as the public finds it

    language: str | None = None  # BT-702(a) as in Text.language
    title: tuple[Text, ...] = ()  # BT-21 of the procedure
    description: tuple[Text, ...] = ()  # BT-24 of the procedure
    nature: str | None = None  # BT-23
    cpv: str | None = None  # BT-262, eight digits
    cpv_additional: tuple[str, ...] = ()  # BT-263 and the lots' codes, sorted, without the main one
    nuts: tuple[str, ...] = ()  # place of performance BT-5071, as stated, sorted

    procedure: str | None = None  # BT-105: open, restricted, neg-w-call, comp-dial, innovation, …
    accelerated: bool | None = None  # BT-106
    # More than one buyer, or the format's own yes or no; a group lead (OPP-050) alone says nothing, sole buyers have it
    joint: bool | None = None
    framework: str | None = None  # the first BT-765 of the lots that is not "none", else "none"

    published_on: date | None = None  # OPP-012; the source's publication date
    dispatched_on: date | None = None  # BT-05(a)
    deadlines: tuple[Deadline, ...] = ()  # of the lots, each once, sorted
    estimated_value: Money | None = None  # BT-27 of the procedure, else the lots' sum where all are in one currency
    awarded_value: Money | None = None  # BT-161, else the winning tenders' sum where all are in one currency
    tenders: int | None = None  # the sum over the lots that state it
    tenders_sme: int | None = None

    buyers: tuple[Buyer, ...] = ()
    winners: tuple[Winner, ...] = ()
    lots: tuple[Lot, ...] = ()
    marks: Marks = Marks()
    change_reason: str | None = None  # BT-140
    channel: str | None = None  # the database in which it was advertised, by name (the Swedish statistics say it)
    unknown_codes: tuple[str, ...] = ()  # "BT-105:x", sorted, each once

    @property
    def key(self) -> str:
        """The notice's place in the lake, and its address in the hub: source/identifier/version."""
        return f"{self.source}/{self.identifier}/{self.version}"

    @property
    def first_seen_on(self) -> date | None:
        """The day the public could know: publication, else dispatch."""
        return self.published_on or self.dispatched_on


def known(value: Money | None) -> Money | None:
    """Return an amount, or None for one that only stands where one must stand."""
    return None if value is None or value.is_placeholder else value


def shared_ceiling(won: Sequence[Money | None]) -> Money | None:
    """Return the value that all winners of one lot repeat, else None: the ceiling of their framework, not a sum."""
    return won[0] if len(won) > 1 and len({*won}) == 1 else None


def in_language(texts: tuple[Text, ...], *preferred: str) -> Text | None:
    """Return the text in the first preferred language there is, else the first text, else None."""
    for language in preferred:
        for text in texts:
            if text.language == language:
                return text
    return texts[0] if texts else None


def as_datetime(at: str) -> datetime | None:
    """Return a deadline's moment where the notice gives both time and offset, else None."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
