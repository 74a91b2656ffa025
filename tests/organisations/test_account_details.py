import pytest

from samspel.kit.models import TrailEntry
from samspel.organisations.account import actions
from samspel.organisations.actors import Actor
from samspel.organisations.permissions import Refused
from tests.organisations import signing_in as si
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db


def test_a_person_changes_name_and_language_and_the_trail_says_that_and_no_names(client, home):
    anna = si.person()
    client.force_login(anna)

    page = client.post("/account/details/", {"name": "Anna Ek Lund", "language": "sv"}, follow=True)

    anna.refresh_from_db()
    entry = TrailEntry.objects.of(anna).get()
    assert (anna.name, anna.language) == ("Anna Ek Lund", "sv")
    assert (entry.verb, entry.person_id, entry.changes) == (
        "person.details_changed",
        anna.pk,
        {"name": None, "language": None},
    )
    assert "It is saved." in text_of(page)


@pytest.mark.parametrize(
    "typed, wrong",
    [
        ({"name": " ", "language": "sv"}, ["name"]),
        ({"name": "Anna\u202e", "language": "sv"}, ["name"]),
        ({"name": "Anna", "language": "xx"}, ["language"]),
    ],
)
def test_what_is_no_name_or_language_is_refused_and_kept_in_the_form(client, home, typed, wrong):
    anna = si.person()
    client.force_login(anna)

    page = client.post("/account/details/", typed)

    anna.refresh_from_db()
    assert (list(page.context["form"].errors), anna.name) == (wrong, "Anna Ek")


def test_the_page_leads_to_everything_of_the_account(client, home):
    client.force_login(si.person())

    links = links_of(client.get("/account/details/"))

    assert links == ["/account/security", "/organisations/", "/account/data/", "/account/erasure/"]


def test_nobody_changes_another_person():
    anna, bo = si.person(), si.person("bo@lillanas.example")

    with pytest.raises(Refused, match="your own account only"):
        actions.change_details(anna, by=Actor(bo), name="Bo", language="nb")


@pytest.mark.parametrize("address", ["/account/details/", "/account/data/", "/account/erasure/"])
def test_a_stranger_is_asked_to_sign_in(client, home, address):
    assert client.get(address).url == f"/account/sign-in?next={address}"
    assert client.post(address).url == f"/account/sign-in?next={address}"
