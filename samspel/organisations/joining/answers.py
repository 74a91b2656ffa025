"""Answering those who asked: letting somebody in, or refusing with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kit import trail
from samspel.organisations.actors import actor_for
from samspel.organisations.joining import emails
from samspel.organisations.models import Membership, Organisation, Role
from samspel.organisations.permissions import Permission, Refused, require


@transaction.atomic
def let_in(membership, *, by, role=None, administers=None, region=None, at=None):
    """Let somebody in, as administrator where that was asked unless ``administers`` says otherwise.

    The first answer holds: the same one again changes nothing, another is refused with who answered. Raises Refused.
    """
    held = _locked(membership, by)
    if not held.waits:
        return _same_answer(held, by, refused=False)
    role = role or held.role
    _require_room_for(held, role, region)
    before, at = trail.state(held), at or timezone.now()
    held.role, held.region = role, region
    held.administers = held.is_claim if administers is None else administers
    held.refusal = ""
    if held.claimed_at:
        held.claim_answered_at, held.claim_answered_by = at, by.person
    if held.approved_at is None:
        held.approved_at, held.approved_by = at, by.person
    held.save()
    trail.record("membership.approved", held, by=by, before=before)
    emails.answered(held, by=by)
    return held


@transaction.atomic
def refuse(membership, *, by, reason, at=None):
    """Refuse a request with a reason that the one who asked can read; a member who claimed stays a member.

    The first answer holds: the same one again changes nothing, another is refused with who answered. Raises Refused.
    """
    held = _locked(membership, by)
    if not held.waits:
        return _same_answer(held, by, refused=True)
    if not reason.strip():
        raise Refused(_("Write a reason. The person who asked will read it."))
    before, at = trail.state(held), at or timezone.now()
    held.refusal = reason.strip()
    if held.claimed_at:
        held.claim_answered_at, held.claim_answered_by = at, by.person
    if held.approved_at is None:
        held.ended_at, held.ended_by = at, by.person
    held.save()
    trail.record("membership.refused", held, by=by, before=before)
    emails.answered(held, by=by)
    return held


def _locked(membership, by):
    """Return the membership as it is now, locked with its organisation, where the actor may still answer it."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    held = Membership.objects.get(pk=membership.pk)
    # The one who answers may have lost the role while this waited for the lock.
    by = actor_for(by.person, by.organisation_id)
    require(by, Permission.ANSWER_REQUESTS, held)
    if held.person_id == by.person_id:
        raise Refused(_("Somebody else must answer your own request."))
    if held.waits and not Membership.objects.answerable_by(by).filter(pk=held.pk).exists():
        raise Refused(
            _("Somebody else is to answer this request: the organisation’s own administrators, or the programme.")
        )
    return held


def _same_answer(held, by, *, refused):
    """Return a membership that has been answered, where it was by this actor and in the same way."""
    answered_by = held.claim_answered_by_id or held.approved_by_id or held.ended_by_id
    if answered_by == by.person_id and refused == bool(held.refusal) and (refused or held.is_current):
        return held
    raise Refused(_outcome(held))


def _outcome(held):
    if held.refusal:
        return _("The request has been answered already: %(person)s was refused.") % {"person": held.person}
    if held.is_current:
        return _("The request has been answered already: %(person)s was let in.") % {"person": held.person}
    if held.approved_at:
        return _("%(person)s was let in, and has left since.") % {"person": held.person}
    return _("%(person)s has taken back the request.") % {"person": held.person}


def _require_room_for(held, role, region):
    organisation = held.organisation
    if organisation.successor:
        raise Refused(
            _("%(organisation)s is now part of %(successor)s and takes no new members.")
            % {"organisation": organisation, "successor": organisation.successor}
        )
    if role not in Role.for_organisation(organisation) or (region and role != Role.ADVISER):
        raise Refused(_("Choose one of the roles that the organisation has."))
