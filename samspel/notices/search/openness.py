"""Whether a notice in a list can still be answered, in agreement with the filter "still open"."""

from datetime import date
from enum import Enum, auto

from samspel.lake.notice import Deadline, Kind
from samspel.lake.search.openness import covered_since, is_endless
from samspel.notices.notice.deadlines import dues


class Openness(Enum):
    """Until when; ``UNSTATED`` for a plan that states no day and covers today, ``ENDLESS`` until further notice."""

    UNTIL = auto()
    ENDLESS = auto()
    UNSTATED = auto()
    CLOSED = auto()


def openness(card, at):
    """Return how open a notice is at a moment, and its deadline; None and None where no list says anything of it."""
    due = next(iter(dues([Deadline("tenders", card["deadline"])])), None) if "deadline" in card else None
    if due is None:
        return None, None
    if not due.is_open(at):
        return Openness.CLOSED, due
    if not is_endless(due.day, at):
        return Openness.UNTIL, due
    if card["kind"] != Kind.PLANNING:
        return Openness.ENDLESS, due
    return (Openness.UNSTATED, due) if _covers(card, at) else (None, None)


def _covers(card, at):
    published = card.get("published_on")
    return published is None or date.fromisoformat(published) >= covered_since(at)
