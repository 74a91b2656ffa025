"""Where somebody is the last who looks after an organisation, and so cannot just go."""

from dataclasses import dataclass

from samspel.organisations.members.actions import belongings, takers
from samspel.organisations.models import Membership


@dataclass(frozen=True)
class Held:
    """A membership of a person who wants to be erased: what is to be handed over, and who could take over."""

    membership: Membership
    belongings: list
    has_colleagues: bool
    is_last: bool


def held_by(person):
    """Return the memberships that hold now."""
    current = Membership.objects.current().filter(person=person).select_related("organisation", "person")
    return [_held(one) for one in current.order_by("organisation__name")]


def last_in_charge(person):
    """Return those by which the person is the only one in charge."""
    return [held for held in held_by(person) if held.is_last]


def _held(membership):
    in_charge = Membership.objects.in_charge(membership.organisation)
    is_in_charge = in_charge.filter(pk=membership.pk).exists()
    return Held(
        membership=membership,
        belongings=belongings(membership),
        has_colleagues=takers(membership).exists(),
        is_last=is_in_charge and not in_charge.exclude(pk=membership.pk).exists(),
    )
