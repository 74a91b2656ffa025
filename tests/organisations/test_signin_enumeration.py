"""Nobody learns from the pages who has an account; the owner of an address learns by mail that somebody asked."""

import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspel.kit.models import Mail
from samspel.organisations.models import Person
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "anna@lillanas.example", "ingen@lillanas.example"


class Counting(PBKDF2PasswordHasher):
    """Counts how often a password is hashed, which is what takes time."""

    algorithm = "counting"
    iterations = 1
    hashed = 0

    def encode(self, *arguments, **options):
        type(self).hashed += 1
        return super().encode(*arguments, **options)


@pytest.fixture
def hashings(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    return lambda: Counting.hashed


def page(response):
    """Return a page without what differs each time: tokens, and the address that was typed."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())
    return response.status_code, response.get("Location"), text.replace(KNOWN, "…").replace(UNKNOWN, "…")


def asked(name, typed):
    """Return what is seen after a form for a known and for an unknown address, with the page it leads to."""
    seen = []
    for address in (KNOWN, UNKNOWN):
        client = Client()
        answer = client.post(reverse(name), {key: value or address for key, value in typed.items()})
        after = client.get(answer["Location"]) if answer.status_code == 302 else answer
        seen.append((page(answer), page(after)))
    return seen


WAYS = {
    "sign in": ("account_login", {"login": "", "password": "fel fras"}),
    "sign up": ("account_signup", {"name": "Anna", "email": "", "password1": "en helt annan lång fras"}),
    "code": ("account_request_login_code", {"email": ""}),
    "password": ("account_reset_password", {"email": ""}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_known_and_an_unknown_address_get_the_same_answer(way):
    si.person(KNOWN)

    known, unknown = asked(*WAYS[way])

    assert known == unknown


@pytest.mark.parametrize(
    "way, known, unknown",
    [
        ("sign up", "You have an account already", "Your code to confirm the address"),
        ("code", "Your code to sign in", "There is no account with this address"),
        ("password", "Set a new password", "There is no account with this address"),
    ],
)
def test_the_owner_learns_by_mail_what_was_asked(way, known, unknown):
    si.person(KNOWN)

    asked(*WAYS[way])

    assert si.mails() == [(KNOWN, known), (UNKNOWN, unknown)]


def test_signing_up_with_an_address_in_use_changes_nothing():
    anna = si.person(KNOWN)

    si.sign_up(Client(), KNOWN, password1="en helt annan lång fras")

    anna.refresh_from_db()
    assert list(Person.objects.all()) == [anna]
    assert anna.check_password(si.PASSWORD)


@pytest.mark.parametrize("way", WAYS)
def test_a_known_and_an_unknown_address_are_the_same_work(way, hashings):
    si.person(KNOWN)
    name, typed = WAYS[way]
    done = []

    for address in (KNOWN, UNKNOWN):
        before, sent = hashings(), Mail.objects.count()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().post(reverse(name), {key: value or address for key, value in typed.items()})
        done.append((hashings() - before, Mail.objects.count() - sent, len(queries)))

    (known_hashings, known_mails, known_queries), (unknown_hashings, unknown_mails, unknown_queries) = done
    assert (known_hashings, known_mails) == (unknown_hashings, unknown_mails)
    # A query takes a fraction of a millisecond, a hashing hundreds.
    assert abs(known_queries - unknown_queries) <= 12


def test_a_code_for_a_pretended_account_never_opens_anything():
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": UNKNOWN})

    answers = [client.post(reverse("account_confirm_login_code"), {"code": code}) for code in ("", "BBBB-BBBB")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not si.is_signed_in(client)
