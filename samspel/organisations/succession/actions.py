"""One organisation becomes part of another: memberships and what it holds move, its history stays where it is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.kit.registry import Registry
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused, require
from samspel.organisations.succession import memberships

VERBS = (
    trail.Verb("organisation.succeeded", gettext_lazy("said that the organisation became part of another")),
    trail.Verb("organisation.received", gettext_lazy("said that another organisation became part of this one")),
    trail.Verb("organisation.merged", gettext_lazy("said that the organisation was registered twice")),
    trail.Verb("organisation.identity_moved", gettext_lazy("moved the number and the page of notices")),
    trail.Verb("group.moved", gettext_lazy("moved the organisation in its group, as another became part of one")),
    trail.Verb("membership.moved", gettext_lazy("moved the membership, as the organisation became part of another")),
)


class NotSucceeded(Refused):
    """The organisation cannot become part of the other. The message says why."""


@dataclass(frozen=True)
class Move:
    """How an app moves its records. ``run(old, new, by)`` runs in the transaction and writes its own trail."""

    key: str
    run: Callable[..., None]
    order: int = 100


moves = Registry()


@transaction.atomic
def succeed(*, organisation, successor, on, by, at=None):
    """Say that an organisation became part of another on a day, and move who and what belongs to it.

    Memberships end in the old organisation and begin in the new one with the same role; the old ones stay to be read.
    Saying the same twice changes nothing. Raises NotSucceeded.
    """
    return _become("organisation.succeeded", organisation, successor, on=on, by=by, at=at)


@transaction.atomic
def merge(*, organisation, kept, by, at=None):
    """Say that an organisation is the same as another that was registered too, and keep that one.

    Its number and its page of notices move to the one that is kept, where that one has none.
    """
    now = at or timezone.now()
    organisation, kept = _become("organisation.merged", organisation, kept, on=timezone.localdate(now), by=by, at=now)
    _move_identity(organisation, kept, by)
    return organisation, kept


def _become(verb, organisation, successor, *, on, by, at):
    require(by, Permission.MERGE_ORGANISATIONS, organisation)
    require(by, Permission.MERGE_ORGANISATIONS, successor)
    now = at or timezone.now()
    organisation, successor = _locked(organisation, successor)
    if organisation.successor_id == successor.pk:
        return organisation, successor
    _require_possible(organisation, successor, on, timezone.localdate(now))
    before = trail.state(organisation)
    organisation.successor, organisation.succeeded_on, organisation.asked_parent = successor, on, None
    organisation.save(update_fields=["successor", "succeeded_on", "asked_parent"])
    trail.record(verb, organisation, by=by, before=before)
    trail.record("organisation.received", organisation, by=by, owner=successor)
    memberships.move(organisation, successor, by=by, at=now)
    _move_group(organisation, successor, by)
    for move in moves:
        move.run(organisation, successor, by)
    return organisation, successor


def _locked(organisation, successor):
    wanted = [organisation.pk, successor.pk]
    found = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    return found[organisation.pk], found[successor.pk]


def _require_possible(organisation, successor, on, today):
    if organisation == successor:
        raise NotSucceeded(_("An organisation cannot become part of itself."))
    if organisation.successor_id:
        raise NotSucceeded(_("The organisation is part of another already."))
    if successor.successor_id:
        raise NotSucceeded(_("That organisation became part of another itself. Choose the one that it is now."))
    if organisation.side != successor.side:
        raise NotSucceeded(_("A buyer cannot become part of a supplier, nor the other way round."))
    if on > today:
        raise NotSucceeded(_("The day has not come yet. Say it when it has happened."))


def _move_group(organisation, successor, by):
    """Let what belonged to the old organisation, or said so, belong to the new one."""
    if organisation.pk in successor.ancestor_ids():
        # The new one lay below the old one, and takes its place.
        _place(successor, "parent", organisation.parent, by)
    if successor.asked_parent_id == organisation.pk:
        _place(successor, "asked_parent", None, by)
    for name in ("parent", "asked_parent"):
        for child in Organisation.objects.select_for_update().filter(**{name: organisation}):
            _place(child, name, successor, by)


def _place(child, name, where, by):
    before = trail.state(child)
    setattr(child, name, where)
    child.save(update_fields=[name])
    trail.record("group.moved", child, by=by, before=before)


def _move_identity(organisation, kept, by):
    """Move the registration number and the page of notices to the registration that is kept, where it has none."""
    moved = {}
    if organisation.number and not kept.number and organisation.country == kept.country:
        moved["number"] = ""
    if organisation.body and kept.body is None:
        moved |= dict.fromkeys(("body", "body_confirmed_at", "body_confirmed_by"))
    before, kept_before = trail.state(organisation), trail.state(kept)
    for name, left in moved.items():
        setattr(kept, name, getattr(organisation, name))
        setattr(organisation, name, left)
    # The old one first: a number and a page stand once.
    for one, state in ((organisation, before), (kept, kept_before)):
        one.save(update_fields=list(moved))
        trail.record("organisation.identity_moved", one, by=by, before=state)
