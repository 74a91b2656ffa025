import pytest

from samspel.kit import mail
from samspel.kit.models import TrailEntry
from samspel.notices.models import Alert, Followed, HowOften, News, SavedSearch
from samspel.notices.saved import actions
from samspel.organisations.actors import STRANGER, Actor
from samspel.organisations.members import actions as members
from samspel.organisations.models import Membership
from samspel.organisations.permissions import Refused
from tests import make
from tests.notices.saving import came, competition, day, hits, notice, saved, told
from tests.organisations.joining import told as trail_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make.actor()


def team_of(anna, role="procurer", **facts):
    return make.actor(organisation=anna.organisation, role=role, **facts)


def chosen(actor):
    return dict(
        Alert.objects.with_choice().filter(person=actor.person).values_list("search__name", "chosen").order_by("pk")
    )


def test_a_search_is_saved_with_its_alert_and_told_in_the_trail(anna):
    search = saved(anna, how_often="weekly")

    assert (search.person, search.organisation, search.saved_by) == (anna.person, anna.organisation, anna.person)
    assert chosen(anna) == {"Nattillsyn": "weekly"}
    assert trail_of(search) == [("saved_search.saved", anna.person_id)]


def test_saving_the_same_twice_is_one_search(anna):
    assert saved(anna) == saved(anna)
    assert SavedSearch.objects.count() == 1


def test_one_s_own_are_seen_by_oneself_for_that_organisation_and_by_nobody_else(anna):
    search = saved(anna)
    elsewhere = Actor(anna.person, make.membership(person=anna.person))

    seen = [search in SavedSearch.objects.visible_to(one) for one in (anna, elsewhere, team_of(anna), STRANGER)]

    assert seen == [True, False, False, False]


def test_who_acts_for_nobody_keeps_searches_that_are_there_for_whomever_the_person_acts(home):
    alone = Actor(make.person())
    search = saved(alone)

    later = Actor(alone.person, make.membership(person=alone.person))

    assert list(SavedSearch.objects.visible_to(later)) == [search]
    with pytest.raises(Refused, match="You act for no organisation"):
        saved(alone, is_team=True)


@pytest.mark.parametrize(
    "role, administers, may",
    [
        ("procurer", False, True),
        ("need_owner", False, True),
        ("leader", False, False),
        ("observer", False, False),
        ("leader", True, True),
    ],
)
def test_the_team_s_searches_are_managed_by_role_and_read_by_all_of_the_organisation(anna, role, administers, may):
    search = saved(anna, is_team=True)
    member = team_of(anna, role, administers=administers)

    assert list(SavedSearch.objects.visible_to(member)) == [search]
    assert search.is_managed_by(member) == may
    assert (search.person, search.owner) == (None, anna.organisation)


def test_the_members_of_a_supplier_manage_the_team_s_searches():
    member = make.actor(organisation=make.supplier())

    assert saved(member, is_team=True).is_managed_by(make.actor(organisation=member.organisation))


def test_another_organisation_sees_nothing_of_a_team_s_search(anna):
    search = saved(anna, is_team=True)
    other = make.actor()

    assert not SavedSearch.objects.visible_to(other).exists()
    for act in (
        lambda: actions.change(search, by=other, name="x"),
        lambda: actions.hear(search, by=other, how_often="daily"),
    ):
        with pytest.raises(Refused):
            act()
    actions.delete(search, by=other)
    assert SavedSearch.objects.get() == search


def test_a_member_without_the_role_changes_and_deletes_nothing_but_chooses_own_mails(anna):
    search = saved(anna, is_team=True)
    leader = team_of(anna, "leader")

    for act in (lambda: actions.change(search, by=leader, name="x"), lambda: actions.delete(search, by=leader)):
        with pytest.raises(Refused, match="You may not do this in the role you have"):
            act()
    with pytest.raises(Refused):
        saved(leader, is_team=True)
    actions.hear(search, by=leader, how_often="weekly")

    assert (chosen(leader), chosen(anna)) == ({"Nattillsyn": "weekly"}, {"Nattillsyn": "at_once"})


def test_a_search_is_renamed_and_given_to_the_team_and_the_trail_tells_no_name(anna):
    search = saved(anna)

    actions.change(search, by=anna, name="Vård")
    given = actions.change(search, by=anna, name="Vård", is_team=True)

    assert (given.name, given.is_of_team, given.owner) == ("Vård", True, anna.organisation)
    entries = TrailEntry.objects.of(search).order_by("pk")
    assert [(entry.verb, entry.changes) for entry in entries[1:]] == [
        ("saved_search.changed", {"name": None}),
        ("saved_search.given", {"person": None}),
    ]


def test_deleting_takes_what_was_found_with_it_and_twice_is_once(anna, home):
    search = saved(anna)
    came(notice(), at=day(0))

    actions.delete(search, by=anna)
    actions.delete(search, by=anna)

    assert (hits(), Alert.objects.count()) == ([], 0)
    assert trail_of(search)[-1] == ("saved_search.deleted", anna.person_id)


def test_who_begins_to_hear_again_is_told_only_what_comes_after(anna, home):
    search = saved(anna)
    actions.hear(search, by=anna, how_often="never")
    came(notice(), at=day(0))

    actions.hear(search, by=anna, how_often="at_once", at=day(1))

    assert told(anna, at=day(1, hour=9)) is None


def test_who_said_no_to_all_and_chooses_one_again_hears_of_that_one(anna):
    search, _other = saved(anna), saved(anna, "country=SE", "Sverige")
    mail.unsubscribe(anna.person, "alerts")

    actions.hear(search, by=anna, how_often="daily")

    assert chosen(anna) == {"Nattillsyn": "daily", "Sverige": "never"}


def test_following_twice_is_once(anna):
    first = actions.follow(by=anna, kind=Followed.BUYER, key="SE-2120009991", name="Lillånäs kommun")
    again = actions.follow(by=anna, kind=Followed.BUYER, key="SE-2120009991", name="Lillånäs kommun")

    assert (first, first.query, first.follows) == (again, "buyer=SE-2120009991", "buyer")
    assert chosen(anna) == {"Lillånäs kommun": HowOften.DAILY}


def test_what_comes_from_a_buyer_that_is_followed_is_found(anna, home):
    actions.follow(by=anna, kind=Followed.BUYER, key="SE-2120009991", name="Lillånäs kommun", at=day(-1))

    came(notice(), notice(buyers=(make.buyer(identifier="2120009992"),)), at=day(0))

    assert [name for name, _key, _stage in hits()] == ["Lillånäs kommun"]


def test_a_followed_procurement_tells_only_what_changes_from_how_it_stood(anna, home):
    first = competition()
    came(first, at=day(0))
    known = News(
        procurement=first.procedure_identifier,
        notice=first.key,
        stage="competition",
        deadline=first.deadlines[0].at,
        found_at=day(0),
    )
    actions.follow(
        by=anna,
        kind=Followed.PROCUREMENT,
        key=first.procedure_identifier,
        name="Nattillsyn",
        known=known,
        at=day(0, 12),
    )

    came(competition(1), at=day(1))
    assert hits() == []

    moved = competition(2, "2025-04-15T12:00:00+02:00")
    came(moved, at=day(2))
    assert hits() == [("Nattillsyn", moved.key, "competition")]
    assert "before Tue 1 Apr 2025 at 12:00" in told(anna, at=day(3)).text


def test_a_leaver_hands_over_own_searches_and_the_team_keeps_its_own(anna):
    make.membership(organisation=anna.organisation, administers=True)
    taker = make.membership(organisation=anna.organisation)
    own, team = saved(anna), saved(anna, "country=SE", "Sverige", is_team=True)
    elsewhere = saved(Actor(anna.person))

    assert [one.count for one in members.belongings(anna.membership)] == [2]
    members.end(anna.membership, by=anna, to=taker)

    heir = Actor(taker.person, Membership.objects.get(pk=taker.pk))
    assert list(SavedSearch.objects.visible_to(heir).order_by("pk")) == [own, team]
    assert chosen(heir) == {"Nattillsyn": "at_once", "Sverige": "at_once"}
    assert list(SavedSearch.objects.visible_to(Actor(anna.person))) == [elsewhere]
    assert trail_of(own)[-1] == ("saved_search.handed_over", anna.person_id)


def test_a_taker_who_hears_already_keeps_the_own_choice(anna):
    make.membership(organisation=anna.organisation, administers=True)
    taker = team_of(anna)
    team = saved(anna, is_team=True)
    actions.hear(team, by=taker, how_often="weekly")

    members.end(anna.membership, by=anna, to=taker.membership)

    assert (chosen(taker), chosen(anna)) == ({"Nattillsyn": "weekly"}, {})


def test_nobody_fills_the_hub(anna, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    saved(anna)

    with pytest.raises(Refused, match="You have saved 1 search"):
        saved(anna, name="En till")
