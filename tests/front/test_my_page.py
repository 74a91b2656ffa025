from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.kit import registry
from samspel.notices.saved import actions
from samspel.organisations.joining import actions as joining
from tests import make
from tests.notices.saving import award, came, competition, day, notice, saved
from tests.organisations.joining import somebody
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def anna(home, client, time_machine):
    time_machine.move_to(NOW)
    actor = make.actor(administers=True)
    client.force_login(actor.person)
    return actor


@pytest.fixture
def waiting():
    """Let a later app say what waits."""
    found = []
    registry.waiting.add(registry.Waiting("test", lambda *_asked: found))
    yield found
    registry.waiting.remove("test")


def queries(client):
    client.get("/my/")
    with CaptureQueriesContext(connection) as counted:
        client.get("/my/")
    return len(counted)


def test_a_stranger_is_asked_to_sign_in_and_comes_back(home, client):
    assert client.get("/my/").url == "/account/sign-in?next=/my/"


def test_who_is_new_reads_what_to_do_first(anna, client):
    page = client.get("/my/")

    assert "Nothing waits for you" in text_of(page)
    assert "Let the hub look for you" in text_of(page)
    assert "/notices/" in links_of(page)
    assert "Coming events" not in text_of(page)
    assert "My drafts" not in text_of(page)


def test_what_waits_stands_first_the_oldest_first_and_what_is_late_says_so(anna, client, waiting):
    waiting += [
        {"title": "Godkänn text", "url": "/b/", "since": NOW, "due": date(2025, 3, 24)},
        {"title": "Svara på en fråga", "url": "/a/", "since": NOW, "due": date(2025, 3, 6), "text": "Nu"},
    ]
    joining.ask(anna.organisation, by=somebody(name="Bo Ek"), role="procurer", at=day(5))

    page = text_of(client.get("/my/"))

    assert "3 things wait for you, 1 is late" in page
    assert page.index("6 Mar 2025 4 days late Svara på en fråga Nu") < page.index(
        "since 8 Mar 2025 Bo Ek wants to join"
    )
    assert page.index("Bo Ek wants to join") < page.index("24 Mar 2025 Godkänn text")


def test_new_hits_stand_with_the_searches_that_found_them_and_what_changed(anna, client):
    saved(anna)
    saved(anna, "country=SE", "Sverige", how_often="never")
    came(competition(), at=day(0))
    came(award(2), notice(2, title=make.title("Snöröjning")), at=day(2))

    page = text_of(client.get("/my/"))

    assert "Changed Digital nattillsyn Awarded to Lugnvik Omsorgsteknik AB." in page
    assert "Why: Nattillsyn, Sverige" in page
    assert page.count("Digital nattillsyn") == 1


def test_a_hit_is_new_for_two_weeks(anna, client, time_machine):
    saved(anna)
    came(notice(), at=day(0))
    assert "Digital nattillsyn" in text_of(client.get("/my/"))

    time_machine.move_to(day(15))
    client.force_login(anna.person)

    assert "Digital nattillsyn" not in text_of(client.get("/my/"))


def test_the_team_s_hits_are_new_to_those_who_chose_to_hear_of_them(anna, client):
    colleague = make.actor(organisation=anna.organisation)
    team = saved(colleague, is_team=True)
    came(notice(), at=day(0))
    assert "Digital nattillsyn" not in text_of(client.get("/my/"))
    assert "The team’s" in text_of(client.get("/my/"))

    actions.hear(team, by=anna, how_often="never")

    assert "Digital nattillsyn" in text_of(client.get("/my/"))


def test_another_s_things_are_not_there(anna, client):
    other = make.actor()
    saved(other, name="Andras sökning")
    actions.follow(by=other, kind="buyer", key="SE-1", name="Andras köpare")
    client.force_login(other.person)
    client.get("/notices/?q=andras")
    client.force_login(anna.person)

    page = text_of(client.get("/my/"))

    assert "Andras" not in page
    assert "andras" not in page


def test_what_is_followed_and_searched_for_and_saved_stands_to_the_side(anna, client):
    came(make.result(), at=day(0))
    search = saved(anna)
    actions.follow(by=anna, kind="buyer", key="SE-2120009991", name="Lillånäs kommun")
    client.get("/notices/?q=vård")

    response = client.get("/my/")

    assert "You follow Lillånäs kommun Buyer · Every morning" in text_of(response)
    assert "Saved searches Nattillsyn At once" in text_of(response)
    assert "Recent searches “vård”" in text_of(response)
    assert {"/buyers/SE-2120009991/", f"/my/searches/{search.pk}/", "/notices/?q=v%C3%A5rd"} <= {*links_of(response)}


def test_later_apps_add_drafts_and_events(anna, client):
    registry.drafts.add(registry.Mine("test", lambda *_asked: [{"title": "Snöröjning", "url": "/n/", "at": NOW}]))
    try:
        assert "My drafts Mon 10 Mar 2025 at 13:00 Snöröjning" in text_of(client.get("/my/"))
    finally:
        registry.drafts.remove("test")


def test_three_of_everything_cost_as_much_as_one(anna, client):
    def one_more(number):
        saved(anna, f"country=SE&q={number}*", f"Sökning {number}")
        actions.follow(by=anna, kind="buyer", key=f"SE-{number}", name=f"Köpare {number}")
        came(
            notice(title=make.title(f"Inköp {number}"), buyers=(make.buyer(identifier=str(number)),)),
            at=day(number % 10),
        )
        client.get(f"/notices/?q=inköp {number}")

    one_more(100)
    one = queries(client)
    one_more(101)
    one_more(102)

    assert queries(client) == one


def test_the_link_stands_on_every_page(anna, client):
    assert 'href="/my/"' in client.get("/notices/").content.decode()
