"""What has been kept long enough: deleted by itself, except what may be a public document, which waits for a decision.

Every model says how long in its declaration (``deleted_after``, ``counted_from``), so no model is named here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.text import capfirst

from samspel.kit import trail
from samspel.kit.jobs import job
from samspel.kit.personal_data import declared, is_record

# So many rows are deleted with one statement.
_BATCH = 500


@dataclass(frozen=True)
class Waiting:
    """Records of one kind that are due, and may be public documents."""

    label: Any
    number: int
    since: datetime
    kept: Any


@job(tries=3, atomic=False)
def delete_due():
    """Delete every night what is due."""
    delete()


def delete(*, at=None):
    """Delete what is due of every model that need not be kept for the archive, and return how many by model."""
    deleted = {model: _delete(model, said, at or timezone.now()) for model, said in _timed() if not is_record(model)}
    return {model: number for model, number in deleted.items() if number}


def waiting_for_archive(*, at=None):
    """Return what is due and must wait until the archive has decided."""
    return [one for model, said in _timed() if is_record(model) for one in _waiting(model, said, at or timezone.now())]


def _timed():
    return [(model, said) for model, said in declared().items() if said and said.deleted_after]


@transaction.atomic
def _delete(model, said, at):
    """Delete what is due of one model, with one entry in the trail: all of it, or nothing."""
    number = 0
    while batch := list(_due(model, said, at).values_list("pk", flat=True)[:_BATCH]):
        model._base_manager.filter(pk__in=batch).delete()
        number += len(batch)
    if number:
        trail.record_number("records.deleted", model, number)
    return number


def _waiting(model, said, at):
    due = _due(model, said, at)
    if number := due.count():
        since = due.aggregate(since=Min(said.counted_from))["since"] + said.deleted_after
        yield Waiting(capfirst(str(model._meta.verbose_name_plural)), number, since, said.kept)


def _due(model, said, at):
    return model._base_manager.filter(**{f"{said.counted_from}__lt": at - said.deleted_after}).order_by("pk")
