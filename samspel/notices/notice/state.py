"""Where a notice's purchase stands, in a few words for a tag."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake.notice import Kind
from samspel.notices.notice.deadlines import acting_due
from samspel.notices.words import KINDS


@dataclass(frozen=True)
class State:
    """The words of the tag, and its colour in Designsystemet; the words say all that the colour does."""

    words: Any
    color: str = "neutral"


def state(notice, at=None):
    """Return where the purchase stands by this notice alone."""
    kind = notice.kind
    if kind is Kind.CHANGE and notice.form_type in {"competition", "planning", "result", "consultation"}:
        # A correction of a competition is that competition as it now stands.
        kind = Kind(notice.form_type)
    if kind in {Kind.COMPETITION, Kind.CONSULTATION}:
        return _timed(kind, acting_due(notice), at)
    if kind is Kind.RESULT:
        return State(_("Awarded"), "success")
    if kind is Kind.CANCELLED:
        return State(KINDS[kind], "danger")
    if notice.form_type == "cont-modif":
        return State(_("Contract changed"))
    return State(KINDS[kind])


def _timed(kind, due, at):
    if due is None:
        return State(KINDS[kind])
    if not due.is_open(at):
        if kind is Kind.CONSULTATION:
            return State(_("Market consultation, closed"))
        return State(_("Competition, closed for tenders"))
    when = {"day": formats.day(due.day)}
    if kind is Kind.CONSULTATION:
        return State(_("Market consultation, open until %(day)s") % when, "accent")
    return State(_("Competition, open until %(day)s") % when, "accent")
