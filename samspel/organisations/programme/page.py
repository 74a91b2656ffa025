"""The programme's page: each region with its places and advisers, and those of the whole country."""

from dataclasses import dataclass

from samspel.organisations.details import names
from samspel.organisations.models import Membership, ProgrammeRegion, Role


@dataclass(frozen=True)
class Part:
    """A region with its places in words and its advisers; ``region`` is None for the whole country."""

    region: ProgrammeRegion | None
    places: tuple
    advisers: tuple[Membership, ...]

    @property
    def named(self):
        """Those who have chosen that their name is shown."""
        return [one for one in self.advisers if one.is_named]

    @property
    def unnamed(self):
        return len(self.advisers) - len(self.named)


def parts():
    """Return the whole country and each region, in two queries."""
    advisers = list(_advisers())
    regions = ProgrammeRegion.objects.all()
    return [_part(None, advisers), *(_part(region, advisers) for region in regions)]


def _advisers():
    held = Membership.objects.current().filter(role=Role.ADVISER, person__is_active=True)
    return held.select_related("person", "organisation").order_by("person__name", "pk")


def _part(region, advisers):
    here = tuple(one for one in advisers if one.region_id == (region and region.pk))
    places = tuple((code, names.named(names.REGION, code)) for code in (region.nuts if region else ()))
    return Part(region, places, here)
