"""What a notice changed in the one before it, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.lake.notice import in_language, known
from samspel.notices import labels
from samspel.notices.notice.deadlines import dues
from samspel.notices.words import word


def changes(before, after):
    """Return what differs between two notices of a procurement in what matters to a supplier, a sentence each."""
    return [*_deadline_changes(before, after), *_fact_changes(before, after), *_lot_changes(before, after)]


@dataclass(frozen=True)
class _Fact:
    """A fact that can change, how to read it, and how to write it (None: only that it changed)."""

    label: Any
    read: Callable
    write: Callable | None = None


def _deadline_changes(before, after):
    old, new = _last_dues(before), _last_dues(after)
    for kind, due in new.items():
        if kind not in old:
            yield _("%(what)s: %(to)s is new.") % {"what": due.label, "to": due.words}
        elif old[kind].at != due.at:
            yield _moved(old[kind], due)
    for kind, due in old.items():
        if kind not in new:
            yield _("%(what)s: %(was)s is no longer stated.") % {"what": due.label, "was": due.words}


def _last_dues(notice):
    # Lots can have a deadline each; what a notice is about is the last of a kind.
    return {due.kind: due for due in dues(notice.deadlines)}


def _moved(old, new):
    days = (new.day - old.day).days
    if days == 0:
        return _("%(what)s: now %(to)s, on the same day.") % {"what": new.label, "to": new.words}
    if days > 0:
        moved = ngettext("%(days)s day later", "%(days)s days later", days)
    else:
        moved = ngettext("%(days)s day earlier", "%(days)s days earlier", -days)
    moved %= {"days": formats.count(abs(days))}
    return _("%(what)s: now %(to)s, %(moved)s.") % {"what": new.label, "to": new.words, "moved": moved}


def _fact_changes(before, after):
    for fact in _FACTS:
        old, new = fact.read(before), fact.read(after)
        if old == new:
            continue
        label = {"what": fact.label()}
        if fact.write is None or (not old and not new):
            yield _("%(what)s: reworded.") % label
        elif not new:
            yield _("%(what)s: no longer stated.") % label
        elif not old:
            yield _("%(what)s: now %(to)s.") % {**label, "to": fact.write(new)}
        else:
            yield _("%(what)s: now %(to)s, before %(was)s.") % {**label, "to": fact.write(new), "was": fact.write(old)}


def _lot_changes(before, after):
    old, new = len(before.lots), len(after.lots)
    if old and new and old != new:
        yield _("Lots: now %(to)s, before %(was)s.") % {"to": formats.count(new), "was": formats.count(old)}


def _title(notice):
    found = in_language(notice.title, notice.language or "")
    return found.text if found else None


def _description(notice):
    return [text.text for text in notice.description] + [text.text for lot in notice.lots for text in lot.description]


def _money(value):
    return formats.money(value.amount, value.currency)


def _names(parties):
    return ", ".join(parties)


_FACTS = (
    _Fact(lambda: _("Title"), _title, formats.quoted),
    _Fact(lambda: _("Estimated value"), lambda notice: known(notice.estimated_value), _money),
    _Fact(lambda: _("Value"), lambda notice: known(notice.awarded_value), _money),
    _Fact(lambda: _("Suppliers"), lambda notice: tuple(winner.name for winner in notice.winners), _names),
    _Fact(lambda: _("Buyers"), lambda notice: tuple(buyer.name for buyer in notice.buyers), _names),
    _Fact(lambda: _("Procedure"), lambda notice: notice.procedure, lambda code: word("BT-105", code).text),
    _Fact(lambda: _("Kind of agreement"), lambda notice: notice.framework, lambda code: word("BT-765", code).text),
    _Fact(lambda: _("CPV"), lambda notice: notice.cpv, lambda code: f"{code} {labels.cpv(code).text}".strip()),
    _Fact(lambda: _("Description"), _description),
)
