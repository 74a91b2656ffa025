"""Answers of a body that are not what they seem, none of which lets anybody in."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from samspel.organisations.models import Person
from samspel.organisations.signin.providers_named import providers
from tests.organisations import lying_body
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(settings):
    with lying_body.serving() as served:
        named = {"id": "body", "name": "Body", "server": served.address, "client_id": "samspel", "secret": "hemligt"}
        settings.SOCIALACCOUNT_PROVIDERS = providers(json.dumps([named]), development=True)
        yield served


def go(client, body):
    asked = parse_qs(urlsplit(client.post("/account/sign-in/with/body").context["address"]).query)
    body.nonce = asked["nonce"][0]
    return client.get(f"/account/sign-in/with/body/callback?code=x&state={asked['state'][0]}")


def test_a_true_answer_goes_on_to_the_address(client, body):
    assert go(client, body)["Location"] == "/account/sign-up/with-provider"


def test_a_true_answer_may_name_no_key_where_there_is_but_one(client, body):
    body.headers = {}

    assert go(client, body)["Location"] == "/account/sign-up/with-provider"


FALSE = {
    "signed by somebody else": {"key": lying_body.OTHER_KEY},
    "not signed": {"key": None, "algorithm": "none"},
    "signed with the public key as a password": {"key": "x" * 64, "algorithm": "HS256"},
    "signed with a key that is not known": {"headers": {"kid": "2"}},
    "made for another hub": {"claims": {"aud": "another"}},
    "made by another body": {"claims": {"iss": "https://another.example"}},
    "too old": {"claims": {"exp": 1}},
    "without an end": {"claims": {"exp": None}},
    "about nobody": {"claims": {"sub": None}},
    "about an empty name": {"claims": {"sub": ""}, "info": {"sub": ""}},
    "about a very long name": {"claims": {"sub": "x" * 10_000}, "info": {"sub": "x" * 10_000}},
    "for another try": {"claims": {"nonce": "another"}},
    "for no try": {"claims": {"nonce": None}},
    "with an answer about somebody else": {"info": {"sub": "bo", "email": "bo@lillanas.example"}},
    "with an answer that is a list": {"info": ["anna"]},
    "without keys": {"keys": {"keys": []}},
    "with keys that are none": {"keys": []},
}


@pytest.mark.parametrize("how", FALSE)
def test_a_false_answer_lets_nobody_in(client, body, how):
    vars(body).update(FALSE[how])

    answer = go(client, body)

    assert answer.status_code == 401
    assert "The answer of Body could not be used" in answer.content.decode()
    assert not si.is_signed_in(client)
    assert not Person.objects.exists()


def test_an_address_is_believed_only_by_the_answer_that_says_it_is_verified(client, body):
    body.claims = {"email": "anna@lillanas.example", "email_verified": True}
    body.info = {"sub": "anna", "email": "bo@lillanas.example"}

    asked = go(client, body)

    assert asked["Location"] == "/account/address/confirmation"
    assert not si.is_signed_in(client)
