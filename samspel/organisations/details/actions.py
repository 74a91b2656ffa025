"""Changing what an organisation says of itself."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations.bodies.actions import tie_by_number
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused, require

VERBS = (trail.Verb("organisation.changed", gettext_lazy("changed the details")),)

OPEN_FIELDS = ("name", "kind", "size", "inhabitants", "region", "cpv", "website")
# Who the organisation is. Whoever could change it could make it another one, with that one's page of notices.
IDENTITY_FIELDS = ("country", "number")


class NotChanged(Refused):
    """The details cannot be changed so. The message says why."""


@transaction.atomic
def change(*, organisation, details, by):
    """Change those fields of an organisation that ``details`` names, and return it. Raises Refused.

    Only what was changed is handed over, so two who change different fields at the same time both have their way.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(by, Permission.CHANGE_ORGANISATION, organisation)
    _require_allowed(organisation, details, by)
    before = trail.state(organisation)
    for name, value in details.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(details))
    trail.record("organisation.changed", organisation, by=by, before=before)
    if not set(details).isdisjoint(IDENTITY_FIELDS):
        tie_by_number(organisation=organisation, by=by)
        organisation.refresh_from_db()
    return organisation


def _require_allowed(organisation, details, by):
    allowed = {*OPEN_FIELDS, *(IDENTITY_FIELDS if by.is_programme else ())}
    if set(details) - allowed:
        raise NotChanged(_("Ask the programme to correct the country and the registration number."))
    if details.get("kind", organisation.kind) not in organisation.side:
        raise NotChanged(_("A buyer cannot become a supplier, nor the other way round. Register it as what it is."))
