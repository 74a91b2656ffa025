from datetime import timedelta

import pytest

from samspel.notices.models import RecentSearch, SavedHit, SavedSearch, Told
from samspel.notices.saved import recent
from samspel.notices.saved.asked import asked_of
from samspel.organisations.account import actions, due
from samspel.organisations.actors import STRANGER
from tests import make
from tests.notices.saving import came, day, notice, saved, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make.actor()


def noted(actor, *searches, apart=timedelta(hours=1)):
    for number, query in enumerate(searches):
        recent.note(actor, asked_of(query), at=day(0) + number * apart)


def kept(actor):
    return [one.query for one in RecentSearch.objects.visible_to(actor)]


def test_the_last_ten_are_kept_the_newest_first_each_once(anna):
    noted(anna, *(f"q={number}" for number in range(12)), "q=5")

    assert kept(anna) == [f"q={number}" for number in (5, 11, 10, 9, 8, 7, 6, 4, 3, 2)]


def test_filters_that_are_ticked_one_after_the_other_are_one_search(anna):
    noted(anna, "q=vård", "q=vård&country=SE", "q=vård&kind=result&country=SE", apart=timedelta(minutes=1))
    noted(anna, "q=väg")

    assert kept(anna) == ["q=v%C3%A5rd&kind=result&country=SE", "q=v%C3%A4g"]


def test_asking_for_everything_is_no_search_and_a_stranger_s_is_not_kept(anna):
    noted(anna, "", "sort=date", "page=2")
    noted(STRANGER, "q=vård")

    assert RecentSearch.objects.count() == 0


def test_the_search_page_keeps_what_somebody_signed_in_asks_for(anna, client, home):
    came(notice(), at=day(0))
    client.get("/notices/?q=vård")
    client.force_login(anna.person)

    client.get("/notices/?q=nattillsyn&country=SE&sort=date")

    assert list(RecentSearch.objects.values_list("person", "query")) == [(anna.person_id, "q=nattillsyn&country=SE")]


def test_one_is_deleted_and_only_one_s_own(anna, client, home):
    other = make.actor()
    noted(anna, "q=a", "q=b")
    noted(other, "q=c")
    client.force_login(anna.person)

    for one in RecentSearch.objects.filter(query__in=["q=b", "q=c"]):
        client.post("/my/recent-searches/deletion/", {"number": one.pk})

    assert (kept(anna), kept(other)) == (["q=a"], ["q=c"])


def test_who_wants_none_kept_has_none_until_wanting_them_again(anna, client, home):
    noted(anna, "q=a")
    client.force_login(anna.person)

    client.post("/my/recent-searches/keeping/", {"keep": "0"})
    noted(anna, "q=b")
    assert kept(anna) == []

    client.post("/my/recent-searches/keeping/", {"keep": "1"})
    noted(anna, "q=c")
    assert kept(anna) == ["q=c"]


@pytest.mark.parametrize("path", ["deletion", "keeping"])
def test_a_stranger_has_none_to_delete(client, home, path):
    assert client.post(f"/my/recent-searches/{path}/").url.startswith("/account/sign-in")


def test_what_has_been_kept_long_enough_is_deleted(anna, home):
    saved(anna)
    came(notice(), at=day(0))
    told(anna, at=day(0, hour=9))
    noted(anna, "q=a")

    due.delete(at=day(89))
    assert (RecentSearch.objects.count(), SavedHit.objects.count(), Told.objects.count()) == (1, 1, 1)

    due.delete(at=day(402))
    assert (RecentSearch.objects.count(), SavedHit.objects.count(), Told.objects.count()) == (0, 0, 0)


def test_an_erased_person_leaves_no_searches_and_the_team_keeps_its_own(home):
    make.membership(administers=True, organisation=(anna := make.actor()).organisation)
    saved(anna)
    team = saved(anna, "country=SE", "Sverige", is_team=True)
    came(notice(), at=day(0))
    told(anna, at=day(0, hour=9))
    noted(anna, "q=a")

    actions.erase(anna.person, by=anna)

    assert list(SavedSearch.objects.all()) == [team]
    assert (RecentSearch.objects.count(), Told.objects.count(), team.alerts.count()) == (0, 0, 0)
