"""What the law says of who may act for whom."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samspel.organisations.actors import Actor
from samspel.organisations.models import Membership, Organisation
from samspel.organisations.permissions import Refused


def is_on_both_sides(actor: Actor, buyers: Iterable[Organisation], suppliers: Iterable[Organisation]) -> bool:
    """Return whether a person now acts both for a buyer and for a supplier in one matter, or for one of their groups.

    A contracting authority prevents, identifies and remedies conflicts of interest, so that competition is not
    distorted and all economic operators are treated equally; a conflict is there where somebody who takes part for the
    buyer, or may influence the outcome, has an interest that can be seen to compromise impartiality.

    Sources: directive 2014/24/EU article 24; Sweden LOU (2016:1145) 4 kap. 1 § (equal treatment); Norway
    anskaffelsesloven § 4 (likebehandling).

    It is the person that counts, not only whom the person acts for at the moment, and what one body of a group knows
    the others can know.
    """
    if actor.person is None:
        return False
    held = set(Membership.objects.current().filter(person=actor.person).values_list("organisation_id", flat=True))
    return bool(held & _groups(buyers)) and bool(held & _groups(suppliers))


def refuse_both_sides(actor: Actor, buyers: Iterable[Organisation], suppliers: Iterable[Organisation]) -> None:
    """Raise Refused where a person acts on both sides of one matter; see is_on_both_sides."""
    if is_on_both_sides(actor, buyers, suppliers):
        raise Refused(
            _(
                "You act both for a buyer and for a supplier in this matter, or for organisations in their groups. "
                "That is a conflict of interest. Somebody else has to do this."
            )
        )


def _groups(organisations: Iterable[Organisation]) -> set[int]:
    found: set[int] = set()
    for organisation in organisations:
        if organisation.pk not in found:
            found.update(organisation.group_ids())
    return found
