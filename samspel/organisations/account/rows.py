"""Rows about a person and rows that only name one, found by what each model declares of its personal data.

No model is named here: what a later app declares is found too.
"""

from django.db.models import Q

from samspel.kit.models import TrailEntry
from samspel.kit.personal_data import Document, declared, is_record
from samspel.organisations.models import Person


def of_person(person):
    """Return (model, declaration, rows) of what is about a person, for every model but the trail."""
    models = ((model, said) for model, said in declared().items() if said and model is not TrailEntry)
    return [(model, said, _about(model, said, person)) for model, said in models if model is Person or said.about]


def naming_person(person):
    """Return (model, field, rows) of what is about somebody or something else and names a person in a field."""
    return [
        (model, name, _others(model, said, person).filter(**{name: person.pk}))
        for model, said in declared().items()
        if said and model is not TrailEntry
        for name in person_fields(model, said)
        if name != said.about
    ]


def person_fields(model, said):
    """Return the names of a model's fields that lead to a person."""
    leading = [field.name for field in model._meta.concrete_fields if field.related_model is Person]
    return list(dict.fromkeys([*leading, *said.numbers, *([said.about] if said.about else [])]))


def working_copies(person):
    """Return (model, rows) of what is about a person and need not be kept for the archive."""
    found = of_person(person)
    return [
        (model, rows)
        for model, said, rows in found
        if said.document == Document.WORKING_COPY and not is_record(model) and model is not Person
    ]


def _about(model, said, person):
    if model is Person:
        return Person.objects.filter(pk=person.pk)
    wanted = Q(**{said.about: person.pk})
    if said.address:
        wanted |= Q(**{f"{said.about}__isnull": True, f"{said.address}__iexact": person.email})
    return model._base_manager.filter(wanted)


def _others(model, said, person):
    rows = model._base_manager.all()
    return rows.exclude(**{said.about: person.pk}) if said.about else rows
