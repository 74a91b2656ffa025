import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def protected(**facts):
    """Return a person with an authenticator app."""
    made = si.person(**facts)
    TOTP.activate(made, SECRET)
    return made


def test_an_app_is_added_with_a_code_from_it_and_recovery_codes_are_made(client):
    anna = si.person()
    si.sign_in(client, anna)
    si.show_again(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    assert si.trail_of(anna) == ["person.app_added"]
    assert si.mails() == [(anna.email, "An authenticator app was added to your account")]


def test_an_app_is_not_added_without_showing_once_more_who_it_is(client):
    si.sign_in(client, si.person())

    answer = client.post(reverse("mfa_activate_totp"), {"code": "123456"})

    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Authenticator.objects.exists()


def test_the_password_alone_does_not_open_a_protected_account(client):
    anna = protected()

    asked = si.sign_in(client, anna)["Location"]
    before = si.is_signed_in(client)
    wrong = client.post(asked, {"code": "000000"})
    client.post(asked, {"code": code_of(SECRET)})

    assert asked == reverse("mfa_authenticate")
    assert si.errors(wrong) == ["That did not work. Try again, or choose another way."]
    assert (before, si.is_signed_in(client)) == (False, True)


def test_a_code_by_mail_does_not_open_a_protected_account_either(client):
    anna = protected()
    client.post(reverse("account_request_login_code"), {"email": anna.email})

    answer = client.post(reverse("account_confirm_login_code"), {"code": si.code()})

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not si.is_signed_in(client)


def test_a_code_from_the_app_works_once():
    anna = protected()
    first, second = Client(), Client()
    code = code_of(SECRET)
    for client in (first, second):
        client.post(si.sign_in(client, anna)["Location"], {"code": code})

    assert (si.is_signed_in(first), si.is_signed_in(second)) == (True, False)


def test_guessing_codes_ends_after_five_tries(client):
    anna = protected()
    asked = si.sign_in(client, anna)["Location"]
    for number in range(5):
        client.post(asked, {"code": f"00000{number}"})

    refused = client.post(asked, {"code": code_of(SECRET)})

    assert si.errors(refused) == ["Too many tries. Wait five minutes, then start again."]
    assert not si.is_signed_in(client)


def test_a_recovery_code_opens_the_account_once(client):
    anna = si.person()
    si.sign_in(client, anna)
    si.show_again(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    codes = client.get(reverse("mfa_download_recovery_codes")).content.decode().split()
    first, second = Client(), Client()

    for other in (first, second):
        other.post(si.sign_in(other, anna)["Location"], {"code": codes[0]})

    assert len(codes) == 10
    assert (si.is_signed_in(first), si.is_signed_in(second)) == (True, False)


def test_removing_the_app_is_told_to_the_owner(client):
    anna = protected()
    client.post(si.sign_in(client, anna)["Location"], {"code": code_of(SECRET)})
    si.show_again(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert si.trail_of(anna) == ["person.app_removed"]
    assert si.mails() == [(anna.email, "The authenticator app was removed from your account")]


def test_new_recovery_codes_are_told_to_the_owner(client):
    anna = protected()
    client.post(si.sign_in(client, anna)["Location"], {"code": code_of(SECRET)})
    si.show_again(client)

    client.post(reverse("mfa_generate_recovery_codes"))

    assert si.trail_of(anna) == ["person.recovery_codes_made"]
    assert si.mails() == [(anna.email, "You have new recovery codes")]


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes"]
)
def test_a_stranger_is_asked_to_sign_in(client, name):
    assert client.get(reverse(name))["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_nobody_sees_or_removes_a_passkey_of_somebody_else(client):
    anna, bo = si.person(), si.person("bo@lillanas.example")
    key = Authenticator.objects.create(user=anna, type="webauthn", data={"name": "Annas telefon", "credential": {}})
    si.sign_in(client, bo)
    si.show_again(client)

    answers = [client.post(reverse(name, args=[key.pk])) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_an_address_can_be_changed_on_a_protected_account(client):
    anna = protected()
    client.post(si.sign_in(client, anna)["Location"], {"code": code_of(SECRET)})
    si.show_again(client)

    client.post(reverse("account_email"), {"email": "anna@ny.example", "action_add": ""})
    client.post(reverse("account_email_verification_sent"), {"code": si.code()})

    anna.refresh_from_db()
    assert anna.email == "anna@ny.example"
