"""The rules that say whether a notice is about innovation, and their sisters: named, versioned, dated.

A rule looks at one notice and answers True, False, or None where the notice's format cannot say; then the procurement
is outside the rule's base. A rule that changes gets a new version and thereby a new column: old numbers stay explained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from samspel.lake import wording
from samspel.lake.notice import Kind, Notice

# BT-06, 774, 775, 776 and 805 are forbidden in these (eForms SDK 1.15 fields.json). N4 is Norway's edition of 4.
SILENT_SUBTYPES = frozenset({"1", "2", "3", "4", "5", "6", "CEI", "E1", "E2", "N4", "T01", "T02"})
OPEN_TO_INNOVATION = frozenset({"innovation", "comp-dial"})  # BT-105


@dataclass(frozen=True)
class Rule:
    """One way of telling, with what a reader must know to judge it."""

    name: str
    version: int
    since: date  # the day from which this version is used
    reason: str
    source: str
    blind: str  # what it cannot see
    test: Callable[[Notice], bool | None]
    measured: Callable[[], wording.Precision] | None = None  # where a person has read what it found

    @property
    def column(self) -> str:
        """The column of the lake that holds the rule's answers."""
        return f"{self.name}_{self.version}"


def marks_of(notice: Notice) -> dict[str, bool | None]:
    """Return every rule's answer for the notice, by column."""
    return {rule.column: rule.test(notice) for rule in RULES}


def rule_named(name: str) -> Rule:
    """Return the newest version of a rule; KeyError where there is none."""
    return _NEWEST[name]


def _declared(notice: Notice) -> bool | None:
    marks = notice.marks
    stated = {*marks.innovative} - {"none"} or "inn-pur" in marks.strategic or "innovation" in marks.national
    return _marked(notice, stated=bool(stated))


def _procedure(notice: Notice) -> bool | None:
    # Doffin's eForms say "unknown" in words.
    if notice.procedure in {None, "unknown"} or notice.kind in {Kind.PLANNING, Kind.CONSULTATION}:
        return None
    return notice.procedure in OPEN_TO_INNOVATION


def _wording(notice: Notice) -> bool | None:
    words = wording.hits(notice)
    return None if words is None else bool(words)


def _joint(notice: Notice) -> bool | None:
    return notice.joint


def _environment(notice: Notice) -> bool | None:
    marks = notice.marks
    stated = {*marks.environmental, *marks.green_criteria} - {"none"}
    return _marked(notice, stated=bool(stated) or "env-imp" in marks.strategic or "environment" in marks.national)


def _social(notice: Notice) -> bool | None:
    marks = notice.marks
    stated = {*marks.social} - {"none"}
    return _marked(notice, stated=bool(stated) or "soc-obj" in marks.strategic or "social" in marks.national)


def _marked(notice: Notice, *, stated: bool) -> bool | None:
    # A code that stands is believed, also where the SDK forbids it: real notices of subtype 6 carry BT-06.
    if stated:
        return True
    can_say = notice.format.startswith("eforms") and notice.subtype not in SILENT_SUBTYPES
    return False if can_say or notice.source == "uhm" else None


_SINCE = date(2026, 11, 20)
_NOT_STATED = (
    "No means not stated: nobody can tell whether the buyer said no or nothing. Formats before eForms and the JSON of "
    "Doffin cannot say it, planning and consultation notices may not. In the Swedish statistics nearly all marks come "
    "from one advertising database; what was advertised in the others is counted as not marked."
)

RULES: tuple[Rule, ...] = (
    Rule(
        name="declared",
        version=1,
        since=_SINCE,
        reason="The buyer says so: an innovative acquisition, or innovation as a strategic aim.",
        source="eForms BT-776, BT-06 = inn-pur (the label Doffin shows); the mark of the Swedish statistics.",
        blind=_NOT_STATED,
        test=_declared,
    ),
    Rule(
        name="procedure",
        version=1,
        since=_SINCE,
        reason="The procedure is made for what cannot be specified yet: innovation partnership, competitive dialogue.",
        source=(
            "BT-105; Directive 2014/24/EU articles 30 and 31. DFØ counted 0.43 per cent of Doffin's notices "
            "2018–2022 so: https://dfo.no/nokkeltall-og-statistikk/innkjop-i-offentlig-sektor/innovasjonsvennlig-innkjopspraksis"
        ),
        blind=(
            "Innovation bought by open or negotiated procedures, design contests, and pre-commercial procurement, "
            "which is no procedure. Competitive dialogue is also used for complex purchases without anything new."
        ),
        test=_procedure,
    ),
    Rule(
        name="wording",
        version=1,
        since=_SINCE,
        reason="Title or description speaks of something new to the market, or of its development.",
        source="Samspel's own list of words in Swedish, Bokmål, Nynorsk, Danish, Finnish and English.",
        blind=(
            "Texts in other languages, what stands only in the procurement documents, and new things described without "
            "these words; of the Swedish statistics only the titles are there to read. Some hits are only words: the "
            "share that was right is measured on the notices the list was made with, so expect less on others."
        ),
        test=_wording,
        measured=wording.precision,
    ),
    Rule(
        name="joint",
        version=1,
        since=_SINCE,
        reason="Several buyers procure together.",
        source="More than one buyer or a group lead (OPP-050) in eForms; the format's own yes or no elsewhere.",
        blind="Central purchasing bodies that buy for others under their own name.",
        test=_joint,
    ),
    Rule(
        name="environment",
        version=1,
        since=_SINCE,
        reason="The buyer says that the procurement lessens environmental impact or uses green criteria.",
        source="eForms BT-774, BT-06 = env-imp, BT-805 other than none; the mark of the Swedish statistics.",
        blind=_NOT_STATED,
        test=_environment,
    ),
    Rule(
        name="social",
        version=1,
        since=_SINCE,
        reason="The buyer says that the procurement serves a social aim.",
        source="eForms BT-775, BT-06 = soc-obj; the mark of the Swedish statistics.",
        blind=_NOT_STATED,
        test=_social,
    ),
)

_NEWEST = {rule.name: rule for rule in sorted(RULES, key=lambda rule: rule.version)}
