"""Passkeys and other bodies in a real browser, under the security policy that the hub has."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from samspel.organisations.signin.providers_named import providers
from tests import browser
from tests.organisations import lying_body
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(live_server, home):
    # A passkey belongs to a name, never to a number.
    return live_server.url.replace("127.0.0.1", "localhost")


def with_key(page):
    """Give the browser a phone of its own that always says yes."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page, site, who):
    page.goto(site + reverse("account_login"))
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password", exact=True).fill(si.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))


def add_passkey(page, site):
    page.goto(site + reverse("mfa_add_webauthn"))
    page.get_by_label("Password", exact=True).fill(si.PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("Jobbtelefon")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes")


def sign_out(page):
    page.locator("summary", has_text="Anna Ek").locator("visible=true").click()
    page.get_by_role("button", name="Sign out").locator("visible=true").click()
    page.get_by_text("You are signed out.").wait_for()


def test_a_passkey_is_added_and_opens_the_account_without_a_password(site):
    anna = si.person()
    with browser.page() as page:
        with_key(page)
        sign_in(page, site, anna)
        add_passkey(page, site)
        sign_out(page)

        page.goto(site + reverse("account_login") + "?next=/account/sessions")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.get_by_role("heading", name="Sessions").wait_for()

        assert page.faults == []
    assert str(Authenticator.objects.get(type="webauthn")) == "Jobbtelefon"
    assert si.trail_of(anna) == ["person.passkey_added"]
    assert si.mails() == [(anna.email, "A passkey was added to your account")]


def test_after_the_password_the_passkey_is_asked_for(site):
    anna = si.person()
    with browser.page() as page:
        with_key(page)
        sign_in(page, site, anna)
        add_passkey(page, site)
        sign_out(page)

        page.goto(site + reverse("account_login"))
        page.get_by_label("E-mail address").fill(anna.email)
        page.get_by_label("Password", exact=True).fill(si.PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Use a passkey").click()
        page.locator("summary", has_text="Anna Ek").locator("visible=true").wait_for()
        page.goto(site + reverse("mfa_list_webauthn"))

        assert page.get_by_role("heading", name="Jobbtelefon").is_visible()
        assert page.faults == []


def test_a_passkey_that_does_not_work_is_said_in_words(site):
    with browser.page() as page:
        tools, key = with_key(page)
        tools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
        page.goto(site + reverse("account_login"))

        page.get_by_role("button", name="Sign in with a passkey").click()

        page.get_by_role("alert").get_by_text("That did not work. Try again, or choose another way.").wait_for()
        assert page.faults == []


def test_without_script_the_page_offers_the_other_ways(site):
    with browser.page(scripts=False) as page:
        page.goto(site + reverse("account_login"))

        assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
        assert page.get_by_role("link", name="Get a code by mail").is_visible()


def test_the_security_policy_lets_a_person_go_to_another_body(site, settings):
    with lying_body.serving() as body, browser.page() as page:
        named = {"id": "body", "name": "Body", "server": body.address, "client_id": "samspel", "secret": "hemligt"}
        settings.SOCIALACCOUNT_PROVIDERS = providers(json.dumps([named]), development=True)
        page.route(f"{body.address}/authorize*", lambda route: route.fulfill(status=200, body="At the body"))
        page.goto(site + reverse("account_login"))

        page.get_by_role("button", name="Sign in with Body").click()
        page.wait_for_url(f"{body.address}/authorize*")

        assert page.get_by_text("At the body").is_visible()
        assert page.faults == []


@pytest.mark.parametrize("width", [360, 1280])
def test_signing_in_and_out_is_in_the_header_at_every_width(site, width):
    with browser.page(width=width) as page:
        sign_in(page, site, si.person())
        if width == 360:
            page.get_by_text("Menu", exact=True).click()
        sign_out(page)

        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.faults == []
