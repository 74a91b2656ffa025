"""Mails about requests: to those who are to answer, and to the one who asked."""

from django.db.models import Q
from django.urls import reverse

from samspel.kit import mail
from samspel.organisations.models import Kind, Membership


def asked(membership, *, by):
    """Tell those who can answer a request that it waits. Nobody is told where nobody can answer yet."""
    template = "organisations/mail/claim_waits" if membership.is_claim else "organisations/mail/request_waits"
    words = _words(membership, "request-detail", membership.pk) | {"person": str(membership.person)}
    for person in _who_answer(membership):
        mail.send(template, to=person, context=words, by=by, about=membership)


def answered(membership, *, by):
    """Tell the one who asked what was answered."""
    template = "organisations/mail/request_refused" if membership.refusal else "organisations/mail/request_approved"
    words = _words(membership, "joining-detail", membership.organisation_id)
    mail.send(template, to=membership.person, context=words, by=by, about=membership)


def _words(membership, page, pk):
    organisation = membership.organisation
    return {"organisation": organisation.name, "administers": membership.administers, "path": reverse(page, args=[pk])}


def _who_answer(membership):
    held = Membership.objects.in_charge(membership.organisation)
    if membership.is_claim and not held.exists():
        held = _advisers(membership.organisation.region)
    return [one.person for one in held.exclude(person_id=membership.person_id).select_related("person")]


def _advisers(nuts):
    """Return the programme's national advisers, and those of the region that a NUTS code lies in."""
    held = Membership.objects.current().of_active_people().filter(organisation__kind=Kind.PROGRAMME_PARTNER)
    regions = {one.region_id for one in held.select_related("region") if one.region and one.region.holds(nuts)}
    return held.filter(Q(region__isnull=True) | Q(region__in=regions))
