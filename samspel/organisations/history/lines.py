"""Entries of the trail in words: who, for whom, what, and field by field from what to what.

Names are looked up when they are read, so a person who has been erased has none here either.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samspel.kit import trail
from samspel.kit.models import TrailEntry
from samspel.organisations.history.kinds import kind_in_words, model_of
from samspel.organisations.history.values import Values
from samspel.organisations.models import Organisation, Person


@dataclass(frozen=True)
class Change:
    """One field, before and after in words. Of a personal field only the label: it changed, and that is all."""

    label: str
    before: str = ""
    after: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Line:
    """One entry in words. ``of`` is the record it is about, by its kind and its name where it still has one."""

    entry: TrailEntry
    at: datetime
    who: str
    whom: str
    did: str
    kind: str
    of: str
    changes: tuple[Change, ...]


def lines(entries, *, page_of=None):
    """Return entries in words, in their order; the number of queries does not grow with them.

    ``page_of`` is the record whose page they stand on: it need not be named again.
    """
    entries = list(entries)
    people = Person.objects.in_bulk({one.person_id for one in entries if one.person_id})
    organisations = Organisation.objects.in_bulk({one.organisation_id for one in entries if one.organisation_id})
    records, values = _records(entries), Values(entries)
    if page_of is not None:
        records.pop((page_of._meta.label_lower, str(page_of.pk)), None)
    return [
        Line(
            entry=entry,
            at=entry.at,
            who=_who(entry.person_id, people),
            whom=_whom(entry.organisation_id, organisations),
            did=str(trail.words(entry)),
            kind=kind_in_words(entry.record_kind),
            of=str(records.get((entry.record_kind, entry.record_id), "")),
            changes=tuple(_changes(entry, values)),
        )
        for entry in entries
    ]


def _records(entries):
    """Return the records that are still there, by kind and id: one query for each kind."""
    wanted = {}
    for entry in entries:
        wanted.setdefault(entry.record_kind, set()).add(entry.record_id)
    found = {}
    for kind, ids in wanted.items():
        if model := model_of(kind):
            # What a record calls itself may need what it points at: a membership its person and organisation.
            named = model._base_manager.select_related().filter(pk__in=[one for one in ids if one.isdecimal()])
            found |= {(kind, str(one.pk)): one for one in named}
    return found


def _who(person_id, people):
    if person_id is None:
        return _("The hub")
    return str(people.get(person_id) or _("Erased person"))


def _whom(organisation_id, organisations):
    if organisation_id is None:
        return ""
    return str(organisations.get(organisation_id) or _("An organisation that is gone"))


def _changes(entry, values):
    model = model_of(entry.record_kind)
    for name, change in entry.changes.items():
        label = values.label(model, name)
        if change is None:
            yield Change(label, is_personal=True)
        else:
            yield Change(label, *(values.in_words(model, name, value) for value in change))
