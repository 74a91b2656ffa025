import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.lake import indexing
from samspel.notices.models import Alert, SavedSearch
from samspel.notices.saved import actions
from tests import make
from tests.notices.saving import came, competition, day, notice, saved
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db

NEW = "/my/searches/new/"


@pytest.fixture
def anna(home, client):
    actor = make.actor()
    client.force_login(actor.person)
    return actor


def acting(actor, **facts):
    return {"acting_for": str(actor.organisation_id or ""), **facts}


def opened(client, actor, url):
    client.force_login(actor.person)
    return client.get(url)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        client.get(url)
    return len(counted)


def test_the_search_page_saves_its_search_with_all_that_is_chosen(anna, client):
    came(notice(), at=day(0))
    page = client.get("/notices/?q=nattillsyn&country=SE&sort=date&page=1")

    assert f"{NEW}?q=nattillsyn&country=SE" in links_of(page)


def test_a_search_that_finds_nothing_can_be_saved_too(anna, client):
    came(notice(), at=day(0))

    assert f"{NEW}?q=finnsinte" in links_of(client.get("/notices/?q=finnsinte"))


def test_a_stranger_is_asked_to_sign_in_and_comes_back(home, client):
    response = client.get(f"{NEW}?q=nattillsyn&country=SE")

    assert response.url == "/account/sign-in?next=/my/searches/new/%3Fq%3Dnattillsyn%26country%3DSE"


def test_a_search_names_itself_in_words(anna, client):
    came(notice(), at=day(0))

    page = client.get(f"{NEW}?q=nattillsyn&country=SE&cpv=33&kind=competition&open=1")

    assert (
        'value="“nattillsyn”, Competition, Sweden, Medical equipments, pharmaceuticals and personal care products …"'
        in (page.content.decode())
    )


def test_saving_opens_the_saved_search(anna, client):
    sent = acting(anna, name="Nattillsyn", how_often="weekly", whose="mine")
    response = client.post(f"{NEW}?q=nattillsyn&sort=date", sent, follow=True)

    search = SavedSearch.objects.get()
    assert (search.name, search.query, search.person) == ("Nattillsyn", "q=nattillsyn", anna.person)
    assert Alert.objects.get().how_often == "weekly"
    assert response.redirect_chain == [(f"/my/searches/{search.pk}/", 302)]
    assert "The search is saved." in text_of(response)


def test_a_search_without_a_name_is_explained_and_what_was_chosen_is_kept(anna, client):
    page = client.post(f"{NEW}?q=nattillsyn", acting(anna, name="", how_often="weekly", whose="team"))

    assert "Name: This field is required." in text_of(page)
    assert 'value="weekly" id="id_how_often_2" required checked' in page.content.decode()
    assert not SavedSearch.objects.exists()


def test_the_team_is_offered_only_to_those_who_manage_its_searches(anna, client):
    assert "The team’s" in text_of(client.get(NEW))
    leader = make.actor(organisation=anna.organisation, role="leader")
    assert "The team’s" not in text_of(opened(client, leader, NEW))

    client.post(f"{NEW}?q=x", acting(leader, name="X", how_often="daily", whose="team"))
    assert SavedSearch.objects.get().person == leader.person


def test_the_page_of_a_saved_search_shows_what_it_would_have_sent(anna, client, time_machine):
    came(competition(), at=day(0))
    came(competition(2, "2025-04-20T12:00:00+02:00"), at=day(2))
    search = saved(anna, at=day(2))
    time_machine.move_to(day(3))

    page = text_of(opened(client, anna, search.get_absolute_url()))

    assert "2 procurements, or material changes of them." in page
    assert "Last day: now Sun 20 Apr 2025 at 12:00, before Tue 1 Apr 2025 at 12:00." in page
    assert f"/notices/?{search.query}" in links_of(client.get(search.get_absolute_url()))


def test_name_and_mails_are_changed_on_its_page(anna, client):
    search = saved(anna)

    page = client.post(
        search.get_absolute_url(), acting(anna, name="Vård", how_often="never", whose="team"), follow=True
    )

    search.refresh_from_db()
    assert (search.name, search.is_of_team, Alert.objects.get().how_often) == ("Vård", True, "never")
    assert "It is saved." in text_of(page)


def test_a_leader_chooses_own_mails_of_the_team_s_search_and_is_offered_nothing_else(anna, client):
    search = saved(anna, is_team=True)
    leader = make.actor(organisation=anna.organisation, role="leader")

    page = opened(client, leader, search.get_absolute_url())
    client.post(search.get_absolute_url(), acting(leader, name="X", how_often="daily"))

    assert 'name="name"' not in page.content.decode()
    assert "Delete the saved search" not in text_of(page)
    assert (SavedSearch.objects.get().name, leader.person.alerts.get().how_often) == ("Nattillsyn", "daily")
    assert client.get(f"{search.get_absolute_url()}deletion/").status_code == 403
    assert client.post(f"{search.get_absolute_url()}deletion/", acting(leader)).status_code == 403


@pytest.mark.parametrize("path", ["", "deletion/"])
@pytest.mark.parametrize("is_team", [True, False])
def test_neither_another_organisation_nor_a_stranger_finds_it(anna, client, path, is_team):
    url = f"{saved(anna, is_team=is_team).get_absolute_url()}{path}"

    assert opened(client, make.actor(), url).status_code == 404
    client.logout()
    assert client.get(url).url == f"/account/sign-in?next={url}"


def test_a_colleague_does_not_find_what_is_another_s_own(anna, client):
    search = saved(anna)

    assert opened(client, make.actor(organisation=anna.organisation), search.get_absolute_url()).status_code == 404


def test_deleting_asks_first_and_leads_to_my_page(anna, client):
    search = saved(anna)
    url = f"{search.get_absolute_url()}deletion/"

    assert "its mails end" in text_of(client.get(url))
    response = client.post(url, acting(anna))

    assert (response.url, SavedSearch.objects.exists()) == ("/my/", False)


def test_who_unsubscribed_in_a_mail_reads_so_and_can_choose_again(anna, client):
    from samspel.kit import mail

    search = saved(anna)
    mail.unsubscribe(anna.person, f"alerts:{search.pk}")

    page = client.get(search.get_absolute_url())
    assert "You have unsubscribed in a mail." in text_of(page)
    assert 'value="never" id="id_how_often_3" required checked' in page.content.decode()

    client.post(search.get_absolute_url(), acting(anna, name="Nattillsyn", how_often="at_once", whose="mine"))
    assert "You have unsubscribed" not in text_of(client.get(search.get_absolute_url()))


def test_the_list_names_own_and_the_team_s_and_costs_as_much_for_three_as_for_one(anna, client):
    saved(anna)
    one = queries(client, "/my/searches/")
    saved(make.actor(organisation=anna.organisation), "q=b", "Sverige", is_team=True)
    saved(anna, "q=c", "Vård", how_often="weekly")
    saved(make.actor(), "q=d", "Andras")

    assert queries(client, "/my/searches/") == one
    assert "Nattillsyn Mine At once Sverige The team’s No mails Vård Mine Every Monday" in text_of(
        client.get("/my/searches/")
    )


def test_an_empty_list_says_what_to_do_first(anna, client):
    page = client.get("/my/searches/")

    assert "You have saved no search yet" in text_of(page)
    assert "/notices/" in links_of(page)


@pytest.mark.parametrize(
    "page, kind, words",
    [
        ("/buyers/SE-2120009991/", "buyer", "Follow this buyer"),
        ("/suppliers/SE-5569990001/", "supplier", "Follow this supplier"),
    ],
)
def test_a_body_is_followed_and_left_by_the_button_on_its_page(anna, client, page, kind, words):
    came(make.result(), at=day(0))
    key = page.split("/")[2]
    assert words in text_of(client.get(page))

    followed = client.post("/my/follows/", acting(anna, kind=kind, key=key, next=page), follow=True)

    search = SavedSearch.objects.get()
    assert (search.follows, search.query) == (kind, f"{kind}={key}")
    assert "You follow this." in text_of(followed)
    left = client.post(f"/my/follows/{search.pk}/ending/", acting(anna, next=page), follow=True)
    assert words in text_of(left)
    assert not SavedSearch.objects.exists()


def test_a_procurement_is_followed_from_any_of_its_notices(anna, client):
    first, second = competition(), competition(1)
    came(first, second, at=day(0))

    client.post("/my/follows/", acting(anna, kind="procurement", key=first.key, next="/"))

    search = SavedSearch.objects.get()
    assert (search.name, search.query) == ("Digital nattillsyn", f"procurement={first.procedure_identifier}")
    assert (search.known.stage, search.known.notice) == ("competition", second.key)
    assert "You follow this." in text_of(client.get(f"/notices/{second.key}/"))
    assert client.get(search.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("sent", [{"kind": "buyer", "key": "SE-0"}, {"kind": "person", "key": "1"}, {"kind": "buyer"}])
def test_what_is_not_there_cannot_be_followed(anna, client, sent):
    came(notice(), at=day(0))

    assert client.post("/my/follows/", acting(anna, **sent)).status_code == 404


def test_following_leads_nowhere_but_into_the_hub(anna, client):
    came(notice(), at=day(0))
    sent = acting(anna, kind="buyer", key="SE-2120009991", next="https://elsewhere.example/")

    assert client.post("/my/follows/", sent).url == "/my/"


def test_a_stranger_is_offered_to_sign_in_to_follow(home, client):
    came(make.result(), at=day(0))

    page = client.get("/buyers/SE-2120009991/")

    assert "/account/sign-in?next=/buyers/SE-2120009991/" in links_of(page)


def test_nobody_ends_what_another_follows(anna, client):
    search = actions.follow(by=anna, kind="buyer", key="SE-1", name="Lillånäs kommun")
    other = make.actor()
    client.force_login(other.person)

    assert client.post(f"/my/follows/{search.pk}/ending/", acting(other)).status_code == 404


def test_a_hub_with_the_sample_saves_searches_and_previews_nothing(anna, client, home):
    indexing.rebuild(make.lake(home.sample, notice()))
    search = saved(anna)

    assert "Nothing: no such notice has come in." in text_of(client.get(search.get_absolute_url()))
