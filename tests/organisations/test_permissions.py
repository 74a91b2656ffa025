import pytest

from samspel.organisations.actors import STRANGER, Actor, actor_for
from samspel.organisations.models import Membership, ProgrammeRegion
from samspel.organisations.permissions import TABLE, Party, Permission, Refused, can, require
from tests import make

pytestmark = pytest.mark.django_db


def test_every_permission_is_in_the_table_and_somebody_has_it():
    assert set(TABLE) == set(Permission)
    assert all(TABLE.values())


def test_a_stranger_is_the_public_and_may_only_what_the_public_may():
    municipality = make.organisation()

    assert STRANGER.parties == {Party.PUBLIC}
    assert [one for one in Permission if can(STRANGER, one, municipality)] == [Permission.READ_ORGANISATION]


def test_a_permission_reaches_as_far_as_the_table_says():
    chief = make.actor(administers=True)
    company = make.organisation(name="Lillånäs bostäder AB", kind="municipal_company", parent=chief.organisation)

    assert can(chief, Permission.CHANGE_ORGANISATION, chief.organisation)
    assert not can(chief, Permission.CHANGE_ORGANISATION, company)
    assert not can(chief, Permission.CHANGE_ORGANISATION, make.organisation())
    assert chief.group_ids == {chief.organisation.pk, company.pk}


def test_an_administrator_has_what_the_role_gives_and_what_administering_gives():
    assert make.actor(administers=True).parties == {
        Party.PUBLIC,
        Party.SIGNED_IN,
        Party.PROCURER,
        Party.BUYER_ADMINISTRATOR,
    }


def test_a_regional_adviser_answers_only_what_is_shared_with_the_programme_from_the_own_region():
    programme = make.organisation(name="Programmet", kind="programme_partner")
    north = ProgrammeRegion.objects.create(name="Norr", nuts=["SE33"])
    adviser = make.actor(organisation=programme, region=north)
    near = make.membership(organisation=make.organisation(region="SE332"), administers=True, approved_at=None)
    far = make.membership(organisation=make.organisation(region="SE125"), administers=True, approved_at=None)
    not_shared = make.membership(organisation=near.organisation, approved_at=None)

    answered = [one for one in (near, far, not_shared) if can(adviser, Permission.ANSWER_REQUESTS, one)]

    assert answered == [near]


def test_who_may_not_is_refused_with_a_message():
    with pytest.raises(Refused, match="You may not do this in the role you have"):
        require(make.actor(), Permission.CHANGE_ORGANISATION, make.organisation())


def test_an_actor_is_a_person_for_the_organisation_chosen_else_for_the_first():
    first, second = make.membership(), make.organisation(name="Region Norr", kind="region")
    other = make.membership(person=first.person, organisation=second)
    make.membership(person=first.person, approved_at=None)

    assert actor_for(first.person).membership == first
    assert actor_for(first.person, second.pk).membership == other
    assert actor_for(first.person, make.organisation().pk).membership == first


def test_who_has_left_acts_for_nobody():
    held = make.membership()
    Membership.objects.update(ended_at=held.approved_at)

    assert actor_for(held.person) == Actor(held.person, None)


def test_who_is_no_longer_active_is_a_stranger():
    assert actor_for(make.person(is_active=False)) == STRANGER


@pytest.mark.parametrize("administers, seen", [(True, True), (False, False)])
def test_the_programme_sees_only_the_memberships_it_is_asked_about(administers, seen):
    adviser = make.actor(organisation=make.organisation(kind="programme_partner"))
    asked = make.membership(administers=administers, approved_at=None)

    assert (asked in Membership.objects.visible_to(adviser)) == seen


def test_members_are_seen_by_their_own_organisation_and_by_no_other():
    held = make.membership()
    colleague = make.actor(organisation=held.organisation)

    assert held in Membership.objects.visible_to(colleague)
    assert held not in Membership.objects.visible_to(make.actor())
    assert not Membership.objects.visible_to(STRANGER).exists()
