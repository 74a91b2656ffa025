"""Signing in with another body, against a stand-in for ID-porten and its like on this machine."""

import json
import warnings
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from samspel.organisations.models import Person
from samspel.organisations.signin.providers_named import providers
from tests.organisations import signing_in as si

pytestmark = [
    pytest.mark.django_db,
    # The stand-in's own, which are its makers' to mend.
    pytest.mark.filterwarnings("ignore:.*(deprecated|authlib)"),
]

START, BACK = "/account/sign-in/with/idporten", "/account/sign-in/with/idporten/callback"
ANNA = {"email": "anna@lillanas.example", "email_verified": True, "name": "Anna Ek", "pid": "01010112345"}


@pytest.fixture(scope="module")
def server():
    patch = pytest.MonkeyPatch()
    patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with warnings.catch_warnings(record=True):
        mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is not installed (make .make/dev)")
    with mock.run_server_in_thread(require_nonce=True) as running:
        yield f"http://localhost:{running.server_port}"
    patch.undo()


@pytest.fixture
def idporten(server, settings):
    """Return a function that sets what the body says of a person."""
    _name(settings, server)

    def says(sub, **claims):
        httpx.put(f"{server}/users/{sub}", json=claims)

    return says


def _name(settings, server, **more):
    named = {"id": "idporten", "name": "ID-porten", "server": server, "client_id": "samspel", "secret": "hemligt"}
    settings.SOCIALACCOUNT_PROVIDERS = providers(json.dumps([{**named, **more}]), development=True)


def address_of(answer):
    """Return where the page leads, that says one is being taken to another body."""
    return answer.context["address"]


def let_in(address, sub):
    """Say yes at the body, and return the address that it leads back to."""
    back = urlsplit(httpx.post(address, data={"sub": sub}).headers["Location"])
    return f"{back.path}?{back.query}"


def go(client, sub, **more):
    return client.get(let_in(address_of(client.post(START, more)), sub))


def changed(address, **words):
    """Return an address with other words in its query."""
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | words
    return urlunsplit(parts._replace(query=urlencode({name: value for name, value in asked.items() if value})))


def test_the_first_sign_in_makes_a_person_with_the_verified_address(client, idporten):
    idporten("anna", **ANNA)

    go(client, "anna")

    anna = Person.objects.get()
    assert get_user(client) == anna
    assert (anna.email, anna.name, anna.has_usable_password()) == ("anna@lillanas.example", "Anna Ek", False)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("anna@lillanas.example", True)]
    assert si.trail_of(anna) == ["person.signed_up_with_provider"]


def test_nothing_but_the_bodys_own_name_for_the_person_is_kept(client, idporten):
    idporten("anna", **ANNA)

    go(client, "anna")

    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.extra_data) == ("idporten", "anna", {})
    assert "01010112345" not in str(dict(client.session))


def test_the_second_sign_in_is_the_same_person(idporten):
    idporten("anna", **ANNA)
    first, second = Client(), Client()

    go(first, "anna")
    idporten("anna", **{**ANNA, "email": "anna@annan.example"})
    go(second, "anna")

    assert get_user(first) == get_user(second) == Person.objects.get()
    assert Person.objects.get().email == "anna@lillanas.example"


@pytest.mark.parametrize("said", [{}, {"email_verified": False}, {"email_verified": "false"}, {"email_verified": 0}])
def test_an_address_that_the_body_does_not_vouch_for_is_confirmed_by_a_code(client, idporten, said):
    idporten("anna", **{"email": ANNA["email"], "name": "Anna Ek", **said})

    asked = go(client, "anna")
    before = si.is_signed_in(client)
    client.post(reverse("account_email_verification_sent"), {"code": si.code()})

    assert asked["Location"] == reverse("account_email_verification_sent")
    assert (before, si.is_signed_in(client)) == (False, True)


def test_where_the_body_gives_no_address_the_person_types_and_confirms_it(client, idporten):
    idporten("anna", name="Anna Ek")

    asked = go(client, "anna")["Location"]
    client.post(asked, {"name": "Anna Ek", "email": "anna@lillanas.example"})
    client.post(reverse("account_email_verification_sent"), {"code": si.code()})

    assert asked == reverse("socialaccount_signup")
    assert get_user(client) == Person.objects.get()


@pytest.mark.parametrize("trusted", [True, False])
def test_an_unverified_address_never_opens_an_existing_account(client, idporten, server, settings, trusted):
    _name(settings, server, trusted_email=trusted)
    anna = si.person()
    idporten("thief", email=anna.email, name="Tjuv", email_verified=False)

    go(client, "thief")

    assert not si.is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert si.mails() == [(anna.email, "You have an account already")]


def test_a_verified_address_opens_an_existing_account_only_where_the_body_is_trusted(idporten, server, settings):
    anna = si.person()
    idporten("anna", **ANNA)
    untrusted, trusted = Client(), Client()

    go(untrusted, "anna")
    _name(settings, server, trusted_email=True)
    go(trusted, "anna")

    assert not si.is_signed_in(untrusted)
    assert get_user(trusted) == anna
    assert si.trail_of(anna) == ["person.provider_connected"]
    assert si.mails()[-1] == (anna.email, "A new way to sign in to your account")


def test_who_waits_with_anothers_address_at_a_body_is_out_when_the_owner_comes(client, idporten):
    idporten("thief", email="anna@lillanas.example", name="Tjuv")
    thief = Client()
    go(thief, "thief")

    client.post(reverse("account_request_login_code"), {"email": "anna@lillanas.example"})
    client.post(reverse("account_confirm_login_code"), {"code": si.code()})
    go(Client(), "thief")

    assert si.is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert not si.is_signed_in(thief)


def test_a_person_who_is_signed_in_connects_and_removes_a_body(client, idporten):
    anna = si.person()
    idporten("anna", **{**ANNA, "email": "helt@annan.example"})
    si.sign_in(client, anna)
    si.show_again(client)

    go(client, "anna", process="connect")
    opened = Client()
    go(opened, "anna")
    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})

    assert get_user(opened) == anna
    assert not SocialAccount.objects.exists()
    assert si.trail_of(anna) == ["person.provider_connected", "person.provider_removed"]


def test_the_only_way_in_cannot_be_removed(client, idporten):
    idporten("anna", **ANNA)
    go(client, "anna")

    answer = client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})

    assert si.errors(answer) == ["This is your only way in. Set a password first."]
    assert SocialAccount.objects.exists()


def test_state_nonce_and_a_key_for_the_code_are_asked_with(client, idporten, server):
    asked = parse_qs(urlsplit(address_of(client.post(START))).query)

    assert {"state", "nonce", "code_challenge", "code_challenge_method"} <= set(asked)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 43


def test_the_address_cannot_change_what_is_asked_for(client, idporten):
    asked = address_of(client.post(f"{START}?auth_params=prompt%3Dnone%26nonce%3Dx&scope=admin"))

    assert "prompt" not in asked
    assert "admin" not in asked


@pytest.mark.parametrize("words", [{"nonce": "x" * 43}, {"state": "x" * 16}, {"state": ""}])
def test_an_answer_to_another_try_is_refused(client, idporten, words):
    idporten("anna", **ANNA)
    address = address_of(client.post(START))

    answer = client.get(let_in(changed(address, **words), "anna"))

    assert answer.status_code == 401
    assert not si.is_signed_in(client)
    assert not Person.objects.exists()


def test_an_answer_works_only_in_the_browser_that_asked_and_only_once(idporten):
    idporten("anna", **ANNA)
    mine, other = Client(), Client()
    back = let_in(address_of(mine.post(START)), "anna")

    stolen = other.get(back)
    mine.get(back)
    mine.post(reverse("account_logout"))
    again = mine.get(back)

    assert (stolen.status_code, again.status_code) == (401, 401)
    assert not si.is_signed_in(mine)


@pytest.mark.parametrize("back", ["?error=access_denied", "?error=server_error", "?code=invented", "", "?code="])
def test_what_goes_wrong_at_the_body_is_said_in_words(client, idporten, back):
    state = parse_qs(urlsplit(address_of(client.post(START))).query)["state"][0]

    answer = client.get(f"{BACK}{back}{'&' if back else '?'}state={state}")

    words = "You turned back from ID-porten" if "denied" in back else "The answer of ID-porten could not be used"
    assert answer.status_code == 401
    assert words in answer.content.decode()


def test_a_body_that_cannot_be_reached_is_said_in_words(client, settings):
    _name(settings, "http://localhost:9")

    answer = client.post(START)

    assert answer.status_code == 401
    assert "The answer of ID-porten could not be used" in answer.content.decode()


def test_a_body_that_was_not_named_is_not_found(client):
    assert client.post("/account/sign-in/with/nobody").status_code == 404
    assert client.get("/account/sign-in/with/nobody/callback").status_code == 404


def test_the_page_offers_the_bodies_that_are_named(client, idporten):
    assert "Sign in with ID-porten" in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "text, says",
    [
        ("{", "is no JSON"),
        ('{"id": "x"}', "takes a list"),
        ('[{"id": "x"}]', "lacks “name”"),
        ('[{"id": "X y", "name": "X", "server": "https://x", "client_id": "x", "secret": "x"}]', "takes a-z, 0-9"),
        ('[{"id": "x", "name": "X", "server": "http://x", "client_id": "x", "secret": "x"}]', "begin with https://"),
        (
            '[{"id": "x", "name": "X", "server": "https://x", "client_id": "x", "secret": "x", "a": 1}]',
            "“a” of x is not",
        ),
    ],
)
def test_a_body_that_is_named_wrongly_stops_the_start_with_a_sentence(text, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        providers(text)
