"""The trail: who did what to which record, when and for whom, written in the transaction that did it.

::

    before = trail.state(organisation)
    organisation.name = name
    organisation.save()
    trail.record("changed", organisation, by=actor, before=before)

``by`` is an actor (a person and the organisation acted for) or None, where the hub itself does something. A verb is a
short code, and the app whose verb it is gives it words::

    trail.verbs.add(trail.Verb("organisation.changed", _("changed the details")))
"""

from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext_lazy as _

from samspel.kit.models import TrailEntry
from samspel.kit.personal_data import personal_fields
from samspel.kit.registry import Registry

# What a record may say of itself, and no reader asks for.
_UNTOLD = ("id", "password", "last_login")


class OutsideTransaction(Exception):
    """Something was done without a transaction around it and its entry in the trail."""


@dataclass(frozen=True)
class Verb:
    """What happened, in words that follow a name: "Kari Nordmann changed the details". ``key`` is "noun.verb"."""

    key: str
    words: Any
    order: int = 100


verbs = Registry()


def state(record):
    """Return the values of a record's fields by name, to be compared when it has been changed."""
    fields = (field for field in record._meta.concrete_fields if field.name not in _UNTOLD)
    return {field.name: plain(field.value_from_object(record)) for field in fields}


def record(verb, record, *, by, before=None, owner=None):
    """Write that somebody did something to a record, and what changed since ``before``, and return the entry.

    ``owner`` is the organisation the record belongs to, where the record does not say it in ``owner``. Nothing is
    written where ``before`` is given and no field differs. Raises OutsideTransaction.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"“{verb}” was to be written in the trail outside a transaction")
    changes = {} if before is None else _changes(record, before)
    if before is not None and not changes:
        return None
    owner = owner or getattr(record, "owner", None)
    return TrailEntry.objects.create(
        person_id=by and by.person_id,
        organisation_id=by and by.organisation_id,
        verb=verb,
        record_kind=record._meta.label_lower,
        record_id=str(record.pk),
        owner_id=owner and owner.pk,
        changes=changes,
    )


def record_number(verb, model, number):
    """Write that the hub itself did something to so many records of a model, without naming them."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"“{verb}” was to be written in the trail outside a transaction")
    return TrailEntry.objects.create(
        verb=verb, record_kind=model._meta.label_lower, record_id="", changes={"number": [None, number]}
    )


def words(entry):
    """Return what happened in words."""
    known = verbs.get(entry.verb)
    return known.words if known else _("did something that this version of the hub has no words for")


def _changes(record, before):
    personal = personal_fields(type(record))
    after = state(record)
    return {
        name: None if name in personal else [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }


def plain(value):
    """Return a value as JSON keeps it."""
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    try:
        return DjangoJSONEncoder().default(value)
    except TypeError:
        return str(value)
