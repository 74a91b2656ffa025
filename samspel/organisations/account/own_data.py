"""Everything that the hub holds about one person, as plain values, and nothing about anybody else."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspel.kit import trail
from samspel.kit.models import TrailEntry
from samspel.kit.personal_data import elsewhere
from samspel.organisations.account import rows
from samspel.organisations.account.labels import label_of
from samspel.organisations.account.own_trail import told
from samspel.organisations.history.values import Values

# What proves who somebody is opens the account, and stands in no file.
_SECRET = ("password",)


@dataclass(frozen=True)
class Fact:
    """One value: by the field's name as it is kept, and by its label in words."""

    name: str
    label: str
    value: Any
    words: str


@dataclass(frozen=True)
class Part:
    """What one table holds about the person."""

    kind: str
    label: str
    purpose: str
    kept: str
    records: list[list[Fact]]


@dataclass(frozen=True)
class Mention:
    """Records about somebody or something else in which the person is named, and where."""

    kind: str
    label: str
    field: str
    field_label: str
    number: int


def parts(person):
    """Return what each table holds about a person, those that hold something."""
    found = [
        Part(
            kind=model._meta.label_lower,
            label=capfirst(str(model._meta.verbose_name)),
            purpose=str(said.purpose),
            kept=str(said.kept),
            records=[_facts(one, said, person) for one in held.select_related().iterator(chunk_size=500)],
        )
        for model, said, held in rows.of_person(person)
    ]
    return [part for part in found if part.records]


def mentions(person):
    """Return in how many other records the person is named. What else stands in them is not the person's."""
    found = (
        Mention(
            kind=model._meta.label_lower,
            label=capfirst(str(model._meta.verbose_name)),
            field=name,
            field_label=label_of(model._meta.get_field(name)),
            number=held.count(),
        )
        for model, name, held in rows.naming_person(person)
    )
    return [mention for mention in found if mention.number]


def trail_of(person):
    """Return what the person has done and what was done to the account, in words, the newest first."""
    return told(person, TrailEntry.objects)


def as_json(person, *, at=None):
    """Return all of it as a JSON text."""
    content = {
        "made_at": at or timezone.now(),
        "records": [_part(part) for part in parts(person)],
        "named_in": [{"kind": one.kind, "field": one.field, "number": one.number} for one in mentions(person)],
        **{one.key: {"purpose": str(one.purpose), "kept": str(one.kept), **one.held(person)} for one in elsewhere},
        "trail": [line.plain for line in trail_of(person)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def _part(part):
    records = [{fact.name: fact.value for fact in facts} for facts in part.records]
    return {"kind": part.kind, "label": part.label, "purpose": part.purpose, "kept": part.kept, "rows": records}


def _facts(record, said, person):
    people = rows.person_fields(type(record), said)
    fields = (field for field in record._meta.concrete_fields if field.name not in _SECRET)
    return [_fact(record, field, person, field.name in people) for field in fields if not field.primary_key]


def _fact(record, field, person, leads_to_person):
    label = label_of(field)
    kept = field.value_from_object(record)
    if leads_to_person:
        words = "" if kept is None else _("You") if kept == person.pk else _("Somebody else")
        return Fact(field.name, label, words or None, words or "–")
    if isinstance(field, models.ForeignKey):
        named = "–" if kept is None else str(getattr(record, field.name))
        return Fact(field.name, label, None if kept is None else named, named)
    plain = trail.plain(kept)
    return Fact(field.name, label, plain, Values(()).in_words(type(record), field.name, plain))
