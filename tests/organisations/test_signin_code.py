import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from samspel.kit.models import Mail
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db


def ask(client, email="anna@lillanas.example"):
    return client.post(reverse("account_request_login_code"), {"email": email})


def test_a_code_from_the_mail_opens_the_account_without_a_password(client):
    anna = si.person()

    ask(client)
    client.post(reverse("account_confirm_login_code"), {"code": si.code().lower().replace("-", "")})

    assert get_user(client) == anna
    assert si.mails() == [(anna.email, "Your code to sign in")]
    assert Mail.objects.get().is_secret


def test_a_code_works_only_in_the_browser_that_asked_for_it():
    si.person()
    mine, thiefs = Client(), Client()
    ask(mine)
    stolen = si.code()
    ask(thiefs)

    thiefs.post(reverse("account_confirm_login_code"), {"code": stolen})

    assert not si.is_signed_in(thiefs)


def test_a_code_is_too_old_after_a_quarter_of_an_hour(client):
    si.person()
    with time_machine.travel("2027-03-12 09:00:00+00:00", tick=False) as clock:
        ask(client)
        clock.shift(15 * 60 + 1)
        answer = client.post(reverse("account_confirm_login_code"), {"code": si.code()})

    assert answer["Location"] == reverse("account_request_login_code")
    assert not si.is_signed_in(client)


def test_a_code_works_once(client):
    si.person()
    ask(client)
    code = si.code()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("account_logout"))

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert not si.is_signed_in(client)


def test_a_new_code_takes_the_place_of_the_old_one(client):
    si.person()
    ask(client)
    first = si.code()

    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    client.post(reverse("account_confirm_login_code"), {"code": first})
    with_first = si.is_signed_in(client)
    client.post(reverse("account_confirm_login_code"), {"code": si.code()})

    assert (with_first, si.is_signed_in(client)) == (False, True)


def test_who_signed_up_with_anothers_address_and_waits_is_out_when_the_owner_comes(client):
    waiting = Client()
    si.sign_up(waiting)

    ask(client)
    client.post(reverse("account_confirm_login_code"), {"code": si.code()})

    anna = get_user(client)
    assert EmailAddress.objects.get().verified
    assert not anna.has_usable_password()
    assert "do not belong together" in si.errors(si.sign_in(Client(), anna))[0]
    assert si.trail_of(anna) == ["person.signed_up", "person.unproven_removed", "person.confirmed"]
