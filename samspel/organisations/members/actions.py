"""Changing what a member does for an organisation, ending memberships, and handing over what a leaver has."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import registry, trail
from samspel.organisations.actors import actor_for
from samspel.organisations.members import emails
from samspel.organisations.models import Membership, Organisation, Role
from samspel.organisations.permissions import Permission, Refused, require

VERBS = [
    trail.Verb("membership.changed", gettext_lazy("changed what the member does")),
    trail.Verb("membership.handed_over", gettext_lazy("handed over what the member had")),
    trail.Verb("membership.ended", gettext_lazy("ended the membership")),
    trail.Verb("membership.left", gettext_lazy("left the organisation")),
]


@dataclass(frozen=True)
class Belonging:
    """A kind of thing that somebody has in an organisation, and how many of it."""

    handover: registry.Handover
    count: int

    @property
    def label(self) -> Any:
        return self.handover.label


def belongings(membership):
    """Return what a member has in the organisation that somebody else would have to take over."""
    counted = (Belonging(one, one.count(membership.person, membership.organisation)) for one in registry.handover)
    return [one for one in counted if one.count]


@transaction.atomic
def change(membership, *, by, role, administers=False, region=None):
    """Change a member's role, whether the member administers, and an adviser's region. Raises Refused."""
    held = _locked(membership)
    _require_permission(by, held)
    if not held.is_current:
        raise Refused(_("%(person)s is no longer a member.") % {"person": held.person})
    if role not in Role.for_organisation(held.organisation) or (region and role != Role.ADVISER):
        raise Refused(_("Choose one of the roles that the organisation has."))
    if (region is not None) if held.organisation.is_programme else not administers:
        _require_somebody_else_in_charge(held)
    before = trail.state(held)
    held.role, held.administers, held.region = role, administers, region
    held.save()
    trail.record("membership.changed", held, by=by, before=before)
    return held


@transaction.atomic
def end(membership, *, by, to=None, at=None):
    """End a membership, one's own or a member's, and hand over to a colleague what the leaver has.

    All of it happens or nothing. Ending what has ended changes nothing. Raises Refused.
    """
    held = _locked(membership)
    leaves = held.person_id == by.person_id
    if not leaves:
        _require_permission(by, held)
    if held.ended_at:
        return held
    if held.is_asked:
        raise Refused(_("This is a request that waits for an answer, not a membership."))
    _require_somebody_else_in_charge(held)
    _hand_over(held, to, by)
    before = trail.state(held)
    held.ended_at, held.ended_by = at or timezone.now(), by.person
    held.save()
    trail.record("membership.left" if leaves else "membership.ended", held, by=by, before=before)
    if not leaves:
        emails.ended(held, by=by)
    return held


@transaction.atomic
def end_all(person, *, by, at=None):
    """End all that a person has or has asked for, as when the account is erased; nobody can refuse that.

    An organisation that nobody administers after this can be claimed anew. Doing it again changes nothing.
    """
    at = at or timezone.now()
    for held in Membership.objects.filter(person=person, ended_at__isnull=True):
        before = trail.state(held)
        held.ended_at, held.ended_by = at, by.person if by else None
        held.save()
        trail.record("membership.left", held, by=by, before=before)


def hindrance(membership):
    """Return why a member can neither go nor give up being in charge, and what to do about it; "" where nothing is."""
    organisation = membership.organisation
    in_charge = Membership.objects.in_charge(organisation)
    if not in_charge.filter(pk=membership.pk).exists() or in_charge.exclude(pk=membership.pk).exists():
        return ""
    if organisation.is_programme:
        return _("There must be somebody who advises the whole country. Let another adviser do that first.")
    words = _("%(organisation)s must have an administrator. Make somebody else administrator first.")
    return words % {"organisation": organisation}


def takers(membership):
    """Return the memberships of those who can take over from a member: colleagues who are members now."""
    colleagues = Membership.objects.current().of_active_people().filter(organisation=membership.organisation)
    return colleagues.exclude(person=membership.person).select_related("person").order_by("person__name", "pk")


def _locked(membership):
    """Return the membership as it is now, locked with its organisation: two cannot leave as the last at once."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    return Membership.objects.get(pk=membership.pk)


def _require_permission(by, held):
    # The one who acts may have lost the role while this waited for the lock.
    require(actor_for(by.person, by.organisation_id), Permission.CHANGE_MEMBERS, held)


def _require_somebody_else_in_charge(held):
    if why := hindrance(held):
        raise Refused(why)


def _hand_over(held, to, by):
    belonging = belongings(held)
    if not belonging:
        return
    takes = takers(held)
    if to is None and takes.exists():
        raise Refused(_("Choose who takes over."))
    if to is None:
        return
    if not takes.filter(pk=to.pk).exists():
        raise Refused(_("Only a member of the organisation can take over."))
    for one in belonging:
        one.handover.hand_over(held.person, to.person, held.organisation, by)
    trail.record("membership.handed_over", held, by=by)
    emails.handed_over(held, to, by=by)
