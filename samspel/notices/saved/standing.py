"""How a procurement stands by its notices, and what of a change somebody who was told of it must know."""

from dataclasses import dataclass
from datetime import datetime

from samspel.lake.notice import Kind
from samspel.notices.models import Stage
from samspel.notices.notice.deadlines import acting_due

_STAGES = {
    Kind.PLANNING: Stage.PLANNED,
    Kind.CONSULTATION: Stage.CONSULTATION,
    Kind.COMPETITION: Stage.COMPETITION,
    Kind.RESULT: Stage.AWARDED,
    Kind.CANCELLED: Stage.CANCELLED,
}
ENDED = frozenset({Stage.AWARDED, Stage.CANCELLED})
DEADLINE = "deadline"


@dataclass(frozen=True)
class Standing:
    """A procurement's stage, and the last time by which somebody can act, as stated; empty where none is."""

    stage: str = Stage.OTHER
    deadline: str = ""

    @classmethod
    def of(cls, kept):
        """Return how a procurement stood by a record that kept it (News, Told), or None."""
        return kept and cls(kept.stage, kept.deadline)


def standing(notices):
    """Return how a procurement stands by its notices: each fact by the newest notice that says it."""
    newest_first = sorted(notices, key=lambda notice: (str(notice.first_seen_on), notice.version), reverse=True)
    stages = (_STAGES.get(_kind(notice)) for notice in newest_first)
    # A contract that is changed or completed is no stage of the competition.
    dues = (acting_due(notice) for notice in newest_first if _STAGES.get(_kind(notice)) not in ENDED)
    due = next(filter(None, dues), None)
    return Standing(next(filter(None, stages), Stage.OTHER), due.at.isoformat() if due else "")


def changes(before, after):
    """Return the material changes between two standings: its end, or where it goes on that the deadline moved."""
    if after.stage in ENDED:
        return [] if before.stage == after.stage else [after.stage]
    return [DEADLINE] if after.deadline and _has_moved(before.deadline, after.deadline) else []


def is_news(before, after, *, is_found):
    """Tell whether a procurement is news to a search that knew it as ``before``, None where it did not know it.

    What the search knew may have changed so that it no longer finds it: a search for open competitions is told how
    they ended.
    """
    return is_found if before is None else bool(changes(before, after))


def _kind(notice):
    """Return what a notice is: a correction is what it corrects, as that now stands."""
    if notice.kind is not Kind.CHANGE or notice.form_type not in set(Kind):
        return notice.kind
    return Kind(notice.form_type)


def _has_moved(before, after):
    if before == after:
        return False
    if not before:
        return True
    old, new = datetime.fromisoformat(before), datetime.fromisoformat(after)
    # One source says the day, another the day and the time.
    if len(before) == len("2026-11-20") or len(after) == len("2026-11-20") or bool(old.tzinfo) != bool(new.tzinfo):
        return old.date() != new.date()
    return old != new
