import pytest

from samspel.kit import registry
from samspel.organisations.actors import Actor
from samspel.organisations.members import actions
from samspel.organisations.models import Membership, ProgrammeRegion
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations.joining import Notebooks, adviser, closed, mails, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make.actor(administers=True)


def colleague(of, **facts):
    return make.actor(organisation=of.organisation, **facts)


def test_an_administrator_changes_a_role_and_gives_administration(chief):
    anna = colleague(chief)

    held = actions.change(anna.membership, by=chief, role="leader", administers=True)

    assert (held.role, held.administers) == ("leader", True)
    assert told(held) == [("membership.changed", chief.person_id)]


def test_changing_to_what_it_is_tells_nothing(chief):
    anna = colleague(chief)

    actions.change(anna.membership, by=chief, role=anna.membership.role)

    assert told(anna.membership) == []


@pytest.mark.parametrize("who", ["colleague", "stranger", "programme", "administrator of another"])
def test_nobody_else_changes_or_ends_a_membership(chief, who):
    anna = colleague(chief)
    by = {
        "colleague": lambda: colleague(chief, role="leader"),
        "stranger": lambda: Actor(make.person()),
        "programme": adviser,
        "administrator of another": lambda: make.actor(administers=True),
    }[who]()

    with pytest.raises(Refused):
        actions.change(anna.membership, by=by, role="leader")
    with pytest.raises(Refused):
        actions.end(anna.membership, by=by)
    anna.membership.refresh_from_db()
    assert (anna.membership.role, anna.membership.is_current) == ("procurer", True)


def test_a_role_of_another_kind_of_organisation_is_refused(chief):
    with pytest.raises(Refused, match="Choose one of the roles"):
        actions.change(colleague(chief).membership, by=chief, role="supplier")


@pytest.mark.parametrize("other", [None, "member", "closed", "asked", "ended"])
def test_the_last_administrator_neither_leaves_nor_loses_the_flag(chief, other):
    if other:
        facts = {"asked": {"approved_at": None}}.get(other, {})
        held = make.membership(organisation=chief.organisation, administers=other != "member", **facts)
        if other == "closed":
            closed(held.person)
        if other == "ended":
            Membership.objects.filter(pk=held.pk).update(ended_at=held.approved_at)

    with pytest.raises(Refused, match=r"must have an administrator\. Make somebody else administrator first"):
        actions.end(chief.membership, by=chief)
    with pytest.raises(Refused, match="must have an administrator"):
        actions.change(chief.membership, by=chief, role="leader")
    assert actions.change(chief.membership, by=chief, role="leader", administers=True).role == "leader"


def test_an_administrator_leaves_where_there_is_another(chief):
    other = colleague(chief, administers=True)

    held = actions.end(chief.membership, by=chief)

    assert (held.is_current, held.ended_by) == (False, chief.person)
    assert told(held) == [("membership.left", chief.person_id)]
    with pytest.raises(Refused, match="must have an administrator"):
        actions.end(other.membership, by=other)


def test_the_programme_keeps_somebody_who_advises_the_whole_country():
    national = adviser()
    north = ProgrammeRegion.objects.create(name="Norr", nuts=["SE33"])
    regional = colleague(national, region=north)

    with pytest.raises(Refused, match="somebody who advises the whole country"):
        actions.change(national.membership, by=national, role="adviser", region=north)
    with pytest.raises(Refused, match="somebody who advises the whole country"):
        actions.end(national.membership, by=national)
    with pytest.raises(Refused):
        actions.change(regional.membership, by=regional, role="adviser")
    assert actions.change(regional.membership, by=national, role="adviser").region is None


def test_who_loses_membership_by_anothers_hand_gets_a_mail_and_ending_again_changes_nothing(chief):
    anna = colleague(chief)

    held = actions.end(anna.membership, by=chief)
    actions.end(anna.membership, by=chief)

    assert held.ended_by == chief.person
    assert told(held) == [("membership.ended", chief.person_id)]
    assert mails() == [(anna.person.email, "You no longer act for Lillånäs kommun")]


def test_a_request_is_answered_and_not_ended(chief):
    with pytest.raises(Refused, match="a request that waits"):
        actions.end(make.membership(organisation=chief.organisation, approved_at=None), by=chief)


def test_what_a_leaver_has_is_handed_over_with_the_membership(chief):
    anna, bo = colleague(chief), colleague(chief)
    with Notebooks(red=anna.person_id, blue=anna.person_id, own=bo.person_id) as notebooks:
        actions.end(anna.membership, by=anna, to=bo.membership)

    assert notebooks.owned == dict.fromkeys(("red", "blue", "own"), bo.person_id)
    assert told(anna.membership) == [
        ("membership.handed_over", anna.person_id),
        ("membership.left", anna.person_id),
    ]
    assert mails() == [(bo.person.email, f"You have taken over from {anna.person}")]


def test_who_has_something_does_not_leave_without_saying_who_takes_over(chief):
    anna = colleague(chief)
    with Notebooks(red=anna.person_id), pytest.raises(Refused, match="Choose who takes over"):
        actions.end(anna.membership, by=anna)

    anna.membership.refresh_from_db()
    assert anna.membership.is_current


@pytest.mark.parametrize("who", ["of another organisation", "only asked", "closed", "the leaver"])
def test_only_a_colleague_takes_over(chief, who):
    anna = colleague(chief)
    to = {
        "of another organisation": make.membership,
        "only asked": lambda: make.membership(organisation=chief.organisation, approved_at=None),
        "closed": lambda: make.membership(organisation=chief.organisation, person=make.person(is_active=False)),
        "the leaver": lambda: anna.membership,
    }[who]()

    with Notebooks(red=anna.person_id), pytest.raises(Refused, match="Only a member of the organisation can take over"):
        actions.end(anna.membership, by=anna, to=to)


def test_nothing_ends_where_the_handover_fails(chief):
    class Broken(Notebooks):
        def hand_over(self, giver, taker, organisation, by):
            raise RuntimeError("the later app has a fault")

    anna, bo = colleague(chief), colleague(chief)
    with Broken(red=anna.person_id), pytest.raises(RuntimeError):
        actions.end(anna.membership, by=anna, to=bo.membership)

    anna.membership.refresh_from_db()
    assert (anna.membership.is_current, told(anna.membership), mails()) == (True, [], [])


def test_what_nobody_can_take_over_stays_with_the_organisation():
    anna = make.actor()
    with Notebooks(red=anna.person_id) as notebooks:
        actions.end(anna.membership, by=anna)

    assert notebooks.owned == {"red": anna.person_id}


def test_an_account_that_is_erased_leaves_everything_also_as_the_last_administrator(chief):
    asked = make.membership(person=chief.person, approved_at=None)

    actions.end_all(chief.person, by=chief)
    actions.end_all(chief.person, by=chief)

    assert not Membership.objects.filter(person=chief.person, ended_at=None).exists()
    assert [told(one) for one in (chief.membership, asked)] == [[("membership.left", chief.person_id)]] * 2


def test_the_registry_of_what_is_handed_over_is_as_it_was():
    assert "notebooks" not in [one.key for one in registry.handover]
