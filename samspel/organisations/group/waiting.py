"""What waits on My page: organisations that say they belong to the group of the one that the person administers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.kit.models import TrailEntry
from samspel.organisations.group.actions import waiting_for
from samspel.organisations.models import Organisation


def items(actor, at):
    """Return those that wait for the answer of this actor's person, for whichever organisation."""
    administered = Organisation.objects.filter(
        memberships__person_id=actor.person_id,
        memberships__administers=True,
        memberships__approved_at__isnull=False,
        memberships__ended_at__isnull=True,
        parent=None,
    )
    for organisation in administered:
        for child in waiting_for(organisation):
            asked = TrailEntry.objects.of(child).filter(verb="group.asked").first()
            yield {
                "title": _("%(child)s says that it belongs to %(parent)s")
                % {"child": child.name, "parent": child.asked_parent.name},
                "url": reverse("organisation-group", args=[organisation.pk]),
                "since": asked.at if asked else at,
            }
