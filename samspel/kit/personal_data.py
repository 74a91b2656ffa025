"""What a model says of the personal data in it.

Each model that can hold something of a person declares it where the model is::

    personal = PersonalData(
        fields=("email", "name"),
        purpose=_("To know who acts for whom."),
        kept=_("Until the person asks for erasure."),
    )

A test fails for a model that declares nothing. What is declared is shown in the privacy notice, is what a person gets
who asks for their own data, and is what the trail keeps no values of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.kit.registry import Registry


class Document(models.TextChoices):
    """What a kind of record is to the archive (offentlighets- och sekretesslagen, offentleglova)."""

    WORKING_COPY = "working_copy", _("Working copy: may be deleted when it is no longer needed.")
    RECORD = "record", _("May be a public document: is kept until the archive has decided.")


@dataclass(frozen=True)
class PersonalData:
    """The declaration of one model. ``fields`` may be empty: then it has been thought of, and there is nothing."""

    fields: tuple[str, ...] = ()
    # The field that points at the person the rest is about; None where the record is the person.
    about: str | None = None
    # The field that holds the e-mail address of somebody who is known by nothing else.
    address: str = ""
    # Fields that hold the number of a person and are no foreign keys; the one in ``about`` need not be said again.
    numbers: tuple[str, ...] = ()
    purpose: Any = ""  # translated lazily
    kept: Any = ""  # in words, translated lazily
    # Deleted by itself when so much time has passed since the time in ``counted_from``.
    deleted_after: timedelta | None = None
    counted_from: str = ""
    document: Document = Document.WORKING_COPY


NOTHING = PersonalData()


def declared():
    """Return every model of the hub with what it declares, None where it declares nothing."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("samspel."))
    return {model: vars(model).get("personal") for model in ours}


def personal_fields(model):
    """Return the names of a model's personal fields."""
    declaration = vars(model).get("personal") or NOTHING
    return frozenset(declaration.fields)


def is_record(model):
    """Return whether rows of a model may be public documents, or take such with them when they are deleted."""
    return any((vars(one).get("personal") or NOTHING).document == Document.RECORD for one in _deleted_with(model, ()))


def _deleted_with(model, known):
    """Return the model and those whose rows the database deletes together with its own."""
    if model in known:
        return known
    known = (*known, model)
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            known = _deleted_with(relation.related_model, known)
    return known


@dataclass(frozen=True)
class Elsewhere:
    """Personal data in tables of a library, which cannot declare anything themselves.

    ``held(person)`` returns lists of plain dictionaries by what they are called.
    """

    key: str
    label: Any
    purpose: Any
    kept: Any
    held: Callable[..., dict[str, list[dict]]]
    order: int = 100


elsewhere = Registry()  # Elsewhere
