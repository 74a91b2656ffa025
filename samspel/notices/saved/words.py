"""News in words: what a list and a mail say of a procurement that a saved search found."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake.notice import Deadline
from samspel.lake.search import Hit
from samspel.notices.links import notice_url
from samspel.notices.models import Stage
from samspel.notices.notice.deadlines import dues
from samspel.notices.saved.standing import DEADLINE, ENDED, Standing, changes
from samspel.notices.search.hits import line, title_of

_NAMED = 3


@dataclass(frozen=True)
class Told:
    """A procurement as a list tells of it. ``changes`` are sentences; there are none where it is new."""

    title: str
    language: str
    url: str
    about: str
    deadline: str
    changes: list
    searches: tuple = ()
    at: Any = field(default=None)

    @property
    def is_new(self):
        return not self.changes


def told(news, before=None, searches=()):
    """Return news as a list tells it. ``before`` is how the procurement stood when last told of."""
    hit = Hit(news.notice, (), (), news.card)
    return Told(
        title=title_of(hit),
        language=news.card.get("language", ""),
        url=notice_url(news.notice),
        about=line(hit),
        deadline=_moment(news.deadline) if news.deadline and news.stage not in ENDED else "",
        changes=[_sentence(name, news, before) for name in changes(before, Standing.of(news))] if before else [],
        searches=searches,
        at=news.found_at,
    )


def _sentence(name, news, before):
    if name == DEADLINE:
        moved = {"to": _moment(news.deadline), "was": _moment(before.deadline)}
        if before.deadline:
            return _("Last day: now %(to)s, before %(was)s.") % moved
        return _("Last day: %(to)s. Before, none was stated.") % moved
    ended = _("Cancelled.") if name == Stage.CANCELLED else _awarded(news.card.get("suppliers", ()))
    return _("%(now)s Before: %(was)s.") % {"now": ended, "was": _was(before)}


def _awarded(suppliers):
    names = [name for _key, name in suppliers]
    if not names:
        return _("Awarded.")
    shown = names if len(names) <= _NAMED + 1 else names[:_NAMED]
    listed = ", ".join(shown) + (" …" if len(shown) < len(names) else "")
    return _("Awarded to %(names)s.") % {"names": listed}


def _was(before):
    if before.deadline and before.stage not in ENDED:
        return _("open until %(moment)s") % {"moment": _moment(before.deadline)}
    return Stage(before.stage).label


def _moment(stated):
    """Write a deadline as the notice states it, in the hub's time."""
    due = next(iter(dues([Deadline("tenders", stated)])), None)
    return formats.moment(due.at) if due else ""
