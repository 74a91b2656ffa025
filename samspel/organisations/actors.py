"""Who does something: a person and the organisation acted for, together. Every look-up and every act goes by it."""

from dataclasses import dataclass, field
from functools import cached_property

from samspel.organisations.models import Membership, Organisation, Person
from samspel.organisations.permissions import Party


@dataclass(frozen=True)
class Actor:
    """A person, whom the person acts for, and the membership that allows it. A stranger has none of them."""

    person: Person | None = None
    membership: Membership | None = None
    # All that the person could act for, the first joined first.
    held: tuple[Membership, ...] = field(default=(), compare=False, repr=False)

    @property
    def organisation(self) -> Organisation | None:
        return self.membership.organisation if self.membership else None

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def organisation_id(self) -> int | None:
        return self.membership.organisation_id if self.membership else None

    @property
    def is_signed_in(self) -> bool:
        return self.person is not None

    @property
    def is_programme(self) -> bool:
        return bool(self.parties & {Party.NATIONAL, Party.REGIONAL})

    @cached_property
    def group_ids(self) -> frozenset[int]:
        """The ids of the organisations of the group acted for, among them its own."""
        return frozenset(self.organisation.group_ids()) if self.organisation else frozenset()

    @cached_property
    def parties(self) -> frozenset[Party]:
        """What the actor is in the table of permissions; everybody is the public too."""
        return frozenset(_parties(self))


STRANGER = Actor()


def _parties(actor):
    yield Party.PUBLIC
    if actor.person is None:
        return
    yield Party.SIGNED_IN
    membership = actor.membership
    if membership is None:
        return
    organisation = membership.organisation
    if organisation.is_programme:
        yield Party.REGIONAL if membership.region_id else Party.NATIONAL
        return
    yield Party(membership.role)
    if membership.administers:
        yield Party.SUPPLIER_ADMINISTRATOR if organisation.is_supplier else Party.BUYER_ADMINISTRATOR


def actor_for(person, organisation_id=None):
    """Return a person acting for the organisation chosen; for the first joined where that one cannot be acted for."""
    if person is None or not person.is_authenticated or not person.is_active or person.erased_at:
        return STRANGER
    held = tuple(
        Membership.objects.current()
        .filter(person=person)
        .select_related("organisation", "region")
        .order_by("approved_at")
    )
    chosen = next((one for one in held if one.organisation_id == organisation_id), held[0] if held else None)
    return Actor(person, chosen, held)


def others(actor):
    """Return the actors that the same person could be instead, one for each other organisation."""
    rest = (held for held in actor.held if held.organisation_id != actor.organisation_id)
    return [Actor(actor.person, held, actor.held) for held in rest]
