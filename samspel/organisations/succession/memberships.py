"""Memberships of an organisation that became part of another; moved in the transaction that says so."""

from samspel.kit import trail
from samspel.organisations.models import Membership, Role


def move(organisation, successor, *, by, at):
    """End each membership and begin it anew where the person is not there already; requests are asked anew."""
    running = Membership.objects.filter(organisation=organisation, ended_at=None).select_for_update()
    there = {
        one.person_id: one
        for one in Membership.objects.filter(organisation=successor, ended_at=None).select_for_update()
    }
    for old in running.select_related("organisation"):
        before = trail.state(old)
        old.ended_at, old.ended_by = at, by.person
        old.save(update_fields=["ended_at", "ended_by"])
        trail.record("membership.moved", old, by=by, before=before, owner=organisation)
        _begin(old, there.get(old.person_id), successor, by, at)


def _begin(old, held, successor, by, at):
    if held and (held.is_current or not old.approved_at):
        _add_what_is_more(old, held, by)
        return
    if held:
        # Asked for in the new one, let in already in the old one.
        before = trail.state(held)
        held.approved_at, held.approved_by = at, by.person
        held.role, held.administers = old.role, old.administers
        held.save(update_fields=["approved_at", "approved_by", "role", "administers"])
        trail.record("membership.moved", held, by=by, before=before)
        return
    roles = Role.for_organisation(successor)
    new = Membership.objects.create(
        person_id=old.person_id,
        organisation=successor,
        role=old.role if old.role in roles else roles[0],
        administers=old.administers,
        region_id=old.region_id,
        is_named=old.is_named,
        message=old.message,
        asked_at=old.asked_at,
        claimed_at=old.claimed_at,
        claim_answered_at=old.claim_answered_at,
        claim_answered_by_id=old.claim_answered_by_id,
        approved_at=old.approved_at and at,
        approved_by=by.person if old.approved_at else None,
    )
    trail.record("membership.moved", new, by=by)


def _add_what_is_more(old, held, by):
    """Whoever looked after the old organisation looks after the new one too; the role in the new one stays."""
    if old.approved_at and old.administers and not held.administers:
        before = trail.state(held)
        held.administers = True
        held.save(update_fields=["administers"])
        trail.record("membership.moved", held, by=by, before=before)
