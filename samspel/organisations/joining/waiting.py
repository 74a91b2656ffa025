"""Requests that wait for a person, for My page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.organisations.actors import others
from samspel.organisations.models import Membership


def items(chosen, at):
    """Return the requests that an actor's person is to answer, for whichever organisation, the oldest first."""
    found = {
        held.pk: held
        for actor in (chosen, *others(chosen))
        for held in Membership.objects.answerable_by(actor).select_related("person", "organisation")
    }
    return sorted((_item(held) for held in found.values()), key=lambda item: item["since"])


def _item(held):
    names = {"person": held.person, "organisation": held.organisation}
    title = (
        _("%(person)s wants to administer %(organisation)s") % names
        if held.is_claim
        else _("%(person)s wants to join %(organisation)s") % names
    )
    return {"title": title, "url": reverse("request-detail", args=[held.pk]), "since": held.since}
