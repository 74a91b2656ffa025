"""Where a record can stand to who asks for it: own, of the group, of others, of nobody; written down by hand.

Whether it is seen and how far a permission must reach to touch it is said here once more, beside the code that decides
it, so that a mistake there is found here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from samspel.notices.models import SavedSearch
from samspel.organisations.models import Membership, Organisation, ProgrammeRegion
from samspel.organisations.permissions import TABLE, Party, Reach
from tests.walk.browser import NOT_FOUND, OPENS, REFUSED, SIGN_IN

MINE = frozenset({Reach.MINE, Reach.ALL})
OWN = frozenset({Reach.OWN, Reach.GROUP, Reach.ALL})
GROUP = frozenset({Reach.GROUP, Reach.ALL})
OTHERS = frozenset({Reach.ALL})
# No record has it.
UNKNOWN_ID = 999_999_999


@dataclass(frozen=True)
class Place:
    """A record as it stands to somebody: its relation, whether it is seen, and which reaches come as far."""

    relation: str
    record: Any = None
    is_seen: bool = True
    reached_by: frozenset = field(default=OTHERS)

    @property
    def pk(self):
        return self.record.pk if self.record else UNKNOWN_ID


UNKNOWN = Place("unknown", is_seen=False)


def expected(visitor, permission, place=None):
    """Return what a page answers to a visitor who asks for a record in a place, or for none."""
    reaches = {reach for party, reach in TABLE[permission].items() if party in visitor.parties} if permission else None
    is_public = permission and Party.PUBLIC in TABLE[permission]
    if visitor.is_stranger and not is_public:
        return SIGN_IN
    if place and not place.is_seen:
        return NOT_FOUND
    if permission and not (reaches & place.reached_by if place else reaches):
        return REFUSED
    return OPENS


def places(model, world, visitor):
    """Return the places of a model's records as they stand to a visitor, at last one that is not there."""
    return [*_PLACES[model](world, visitor, world.side_of(visitor.actor)), UNKNOWN]


def _organisations(world, visitor, side) -> Iterator[Place]:
    if side:
        yield Place("own", side.home, reached_by=OWN)
        yield Place("group", side.group, reached_by=GROUP)
    yield Place("foreign", world.foreign)


def _regions(world, visitor, side) -> Iterator[Place]:
    yield Place("the programme’s", world.north)


def _memberships(world, visitor, side) -> Iterator[Place]:
    actor, is_adviser = visitor.actor, visitor.parties & {Party.NATIONAL, Party.REGIONAL}
    shared, is_national = OTHERS | {Reach.SHARED}, Party.NATIONAL in visitor.parties
    if side:
        # Whoever asks to join the programme asks all of it.
        asked = OWN | {Reach.SHARED} if is_national else OWN
        yield Place("mine", actor.membership, reached_by=OWN | MINE)
        yield Place("own", side.colleague, reached_by=OWN)
        yield Place("own, waiting", side.asked, reached_by=asked)
        yield Place("group", side.in_group, is_seen=False)
    yield Place("foreign", world.foreign_member, is_seen=False)
    yield Place("shared, of the region", world.near, bool(is_adviser), shared if is_adviser else OTHERS)
    yield Place("shared, of another region", world.far, is_national, shared if is_national else OTHERS)


def _searches(world, visitor, side) -> Iterator[Place]:
    actor = visitor.actor
    if actor.is_signed_in:
        mine = SavedSearch.objects.get(person_id=actor.person_id, organisation_id=actor.organisation_id)
        yield Place("mine", mine, reached_by=MINE)
    if side:
        yield Place("own", side.team_search, reached_by=OWN)
        yield Place("a colleague’s own", side.colleagues_search, is_seen=False)
        yield Place("group", side.group_search, is_seen=False)
    yield Place("foreign", world.foreign_search, is_seen=False)


def _own_things(model, **facts):
    def found(world, visitor, side) -> Iterator[Place]:
        things = model.objects.filter(**facts)
        if visitor.actor.is_signed_in:
            yield Place("mine", things.filter(user=visitor.actor.person).first())
        yield Place("foreign", things.exclude(user=visitor.actor.person_id).first(), is_seen=False)

    return found


_PLACES = {
    Organisation: _organisations,
    ProgrammeRegion: _regions,
    Membership: _memberships,
    SavedSearch: _searches,
    UserSession: _own_things(UserSession, session_key__startswith="other"),
    Authenticator: _own_things(Authenticator, type="webauthn"),
}
