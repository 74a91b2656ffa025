"""All pages under /account: in the hub's own look, in no cache, and for whom they say."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from samspel.organisations.signin import urls
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db

GIVEN = {"pk": 1, "provider_id": "nobody", "uidb36": "1", "key": "x"}
PAGES = [(one.name, {word: GIVEN[word] for word in one.pattern.regex.groupindex}) for one in urls.urlpatterns]


def shown(client, name, given):
    answer = client.get(reverse(name, kwargs=given))
    return answer, {template.name for template in answer.templates if template.name}


@pytest.mark.parametrize("name, given", PAGES)
@pytest.mark.parametrize("is_in", [True, False])
def test_a_page_is_made_of_the_hubs_own_templates(name, given, is_in):
    client = Client()
    if is_in:
        si.sign_in(client, si.person())
        si.show_again(client)

    answer, templates = shown(client, name, given)

    foreign = {one for one in templates if not one.startswith(("kit/", "organisations/", "django/forms/", "404"))}
    assert foreign == set()
    assert answer.status_code in {200, 302, 404, 405}


@pytest.mark.parametrize("name, given", PAGES)
def test_every_page_says_for_whom_it_is(name, given):
    view = get_resolver().resolve(reverse(name, kwargs=given)).func

    assert view.access == "public" or not view.access.is_public


def test_what_allauth_has_and_the_hub_does_not_need_is_not_served(client):
    for path in ("/accounts/login/", "/account/phone/change/", "/account/2fa/", "/account/3rdparty/", "/admin/"):
        assert client.get(path).status_code == 404


def test_a_person_sees_the_own_name_and_a_stranger_the_way_in(client):
    stranger = client.get("/accessibility").content.decode()
    si.sign_in(client, si.person())
    person = client.get("/accessibility").content.decode()

    assert ("/account/sign-in?next=/accessibility" in stranger, "Anna Ek" in stranger) == (True, False)
    assert ("/account/sign-in?next" in person, "Anna Ek" in person) == (False, True)


def test_a_page_for_everybody_asks_the_database_nothing_of_a_stranger(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/accessibility")
