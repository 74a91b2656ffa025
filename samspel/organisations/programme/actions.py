"""Changing the regions of the programme, and whether an adviser's name is shown."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations.models import Membership, ProgrammeRegion
from samspel.organisations.permissions import Permission, Refused, require

VERBS = (
    trail.Verb("region.added", gettext_lazy("added the region")),
    trail.Verb("region.changed", gettext_lazy("changed the region")),
    trail.Verb("region.removed", gettext_lazy("removed the region")),
    trail.Verb("adviser.named", gettext_lazy("chose whether the name is shown on the programme’s page")),
)


class NotRemoved(Refused):
    """The region cannot be removed. The message says what to do first."""


@transaction.atomic
def add(*, name, nuts, by):
    """Add a region."""
    require(by, Permission.CHANGE_REGIONS)
    region = ProgrammeRegion.objects.create(name=name, nuts=nuts)
    trail.record("region.added", region, by=by, owner=by.organisation)
    return region


@transaction.atomic
def change(*, region, name, nuts, by):
    """Change a region's name and what it is made of."""
    require(by, Permission.CHANGE_REGIONS, region)
    region = ProgrammeRegion.objects.select_for_update().get(pk=region.pk)
    before = trail.state(region)
    region.name, region.nuts = name, nuts
    region.save()
    trail.record("region.changed", region, by=by, before=before, owner=by.organisation)
    return region


@transaction.atomic
def remove(*, region, by):
    """Remove a region that no adviser has ever worked in; what was said of an adviser stays true."""
    require(by, Permission.CHANGE_REGIONS, region)
    region = ProgrammeRegion.objects.select_for_update().filter(pk=region.pk).first()
    if region is None:
        return
    if region.memberships.exists():
        raise NotRemoved(_("Advisers work in the region, or have done so. Change its name or its places instead."))
    trail.record("region.removed", region, by=by, owner=by.organisation)
    region.delete()


@transaction.atomic
def show_name(*, is_named, by):
    """Show or hide the actor's own name among the advisers: nobody else can choose that."""
    if not by.is_programme:
        raise Refused(_("Only advisers of the programme stand on this page."))
    membership = Membership.objects.select_for_update().select_related("organisation").get(pk=by.membership.pk)
    before = trail.state(membership)
    membership.is_named = is_named
    membership.save(update_fields=["is_named"])
    trail.record("adviser.named", membership, by=by, before=before)
    return membership
