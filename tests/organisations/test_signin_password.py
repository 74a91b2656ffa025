import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from samspel.organisations.models import Person
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db


def test_who_signs_up_types_the_code_from_the_mail_and_is_in(client):
    asked = si.sign_up(client)
    sent = si.mails()
    done = client.post(asked["Location"], {"code": si.code()})

    anna = Person.objects.get()
    assert (anna.name, anna.email, anna.language) == ("Anna Ek", "anna@lillanas.example", "en")
    assert sent == [("anna@lillanas.example", "Your code to confirm the address")]
    assert asked["Location"] == reverse("account_email_verification_sent")
    assert get_user(client) == anna
    assert done.status_code == 302
    assert EmailAddress.objects.get().verified
    assert si.trail_of(anna) == ["person.signed_up", "person.confirmed"]


def test_nothing_is_open_before_the_address_is_confirmed(client):
    si.sign_up(client)

    signed_in = si.sign_in(Client(), Person.objects.get())

    assert not si.is_signed_in(client)
    assert signed_in["Location"] == reverse("account_email_verification_sent")


def test_a_wrong_code_is_refused_and_the_third_ends_the_try(client):
    asked = si.sign_up(client)["Location"]

    answers = [client.post(asked, {"code": "BBBB-BBBB"}) for _try in range(3)]

    assert si.errors(answers[0]) == ["The code is not right. Check it, or ask for a new one."]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert si.said(answers[2]) == ["Too many tries. Wait five minutes, then start again."]
    assert not si.is_signed_in(client)


def test_who_has_an_account_signs_in_with_address_and_password(client):
    anna = si.person()
    client.get("/")
    before = client.session.session_key

    answer = si.sign_in(client, anna)

    assert get_user(client) == anna
    assert answer.status_code == 302
    assert client.session.session_key != before


@pytest.mark.parametrize("password", ["fel", "", "x" * 10_000])
def test_a_wrong_password_is_refused_in_the_same_words_as_a_wrong_address(client, password):
    anna = si.person()

    wrong = si.sign_in(client, anna, password)
    unknown = client.post(reverse("account_login"), {"login": "ingen@lillanas.example", "password": password})

    assert si.errors(wrong) == si.errors(unknown)
    assert not si.is_signed_in(client)


def test_who_is_closed_out_is_told_so_only_with_the_right_password(client):
    anna = si.person(is_active=False)

    wrong, right = si.sign_in(client, anna, "fel"), si.sign_in(client, anna)

    assert si.errors(wrong) == ["The address and the password do not belong together. Check both."]
    assert right["Location"] == reverse("account_inactive")
    assert not si.is_signed_in(client)


def test_a_forgotten_password_is_set_by_the_link_which_works_once(client):
    anna = si.person()
    elsewhere = Client()
    si.sign_in(elsewhere, anna)

    client.post(reverse("account_reset_password"), {"email": anna.email})
    link = si.link()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "en helt annan lång fras"})
    again = Client().get(link)

    anna.refresh_from_db()
    assert anna.check_password("en helt annan lång fras")
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    assert "The link is used already or too old" in again.content.decode()
    assert si.trail_of(anna) == ["person.password_changed"]
    assert si.mails()[-1] == (anna.email, "Your password is changed")


def test_the_link_begins_with_the_hubs_address_whatever_host_the_request_names(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.HUB_URL = "https://hub.example"
    anna = si.person()

    client.post(reverse("account_reset_password"), {"email": anna.email}, headers={"Host": "evil.example"})

    from samspel.kit.models import Mail

    assert "https://hub.example/account/password/forgotten/" in Mail.objects.get().text
    assert "evil.example" not in Mail.objects.get().text


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(client):
    anna = si.person()
    elsewhere = Client()
    si.sign_in(client, anna)
    si.sign_in(elsewhere, anna)

    answer = client.post(
        reverse("account_change_password"), {"oldpassword": si.PASSWORD, "password1": "en helt annan lång fras"}
    )

    assert answer["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    assert si.trail_of(anna) == ["person.password_changed"]
    assert si.mails() == [(anna.email, "Your password is changed")]


def test_a_new_password_is_refused_where_the_old_one_is_wrong_or_the_new_one_is_weak(client):
    anna = si.person()
    si.sign_in(client, anna)

    wrong = client.post(
        reverse("account_change_password"), {"oldpassword": "fel", "password1": "en helt annan lång fras"}
    )
    short = client.post(reverse("account_change_password"), {"oldpassword": si.PASSWORD, "password1": "kort"})

    assert si.errors(wrong) == ["This is not your password now."]
    assert "too short" in si.errors(short)[0]
    anna.refresh_from_db()
    assert anna.check_password(si.PASSWORD)


def test_a_new_address_is_used_when_its_code_is_typed_and_the_old_one_is_told(client):
    anna = si.person()
    si.sign_in(client, anna)
    si.show_again(client)

    client.post(reverse("account_email"), {"email": "anna@ny.example", "action_add": ""})
    anna.refresh_from_db()
    before = anna.email
    client.post(reverse("account_email_verification_sent"), {"code": si.code()})

    anna.refresh_from_db()
    assert (before, anna.email) == ("anna@lillanas.example", "anna@ny.example")
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("anna@ny.example", True, True)]
    assert si.trail_of(anna) == ["person.address_changed"]
    assert si.mails()[-1] == ("anna@lillanas.example", "Your e-mail address is changed")


def test_an_address_is_changed_only_by_who_shows_once_more_who_it_is(client):
    anna = si.person()
    si.sign_in(client, anna)

    answer = client.post(reverse("account_email"), {"email": "anna@ny.example", "action_add": ""})

    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert si.mails() == []


def test_signing_out_needs_a_form(client):
    anna = si.person()
    si.sign_in(client, anna)

    asked = client.get(reverse("account_logout"))
    still_in = si.is_signed_in(client)
    client.post(reverse("account_logout"))

    assert asked.status_code == 200
    assert still_in
    assert not si.is_signed_in(client)


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_logout", "account_reset_password"])
def test_every_form_is_refused_without_its_token(name):
    assert Client(enforce_csrf_checks=True).post(reverse(name), {}).status_code == 403


@pytest.mark.parametrize(
    "next_page",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "http:evil.example",
        "\t//evil.example",
    ],
)
def test_nobody_is_led_out_of_the_hub(client, next_page):
    anna = si.person()

    answer = si.sign_in(client, anna, next=next_page)
    out = client.post(reverse("account_logout"), {"next": next_page})

    assert answer["Location"] == reverse("my-page")
    assert out["Location"] == reverse("home")


def test_who_was_on_the_way_to_a_page_gets_there(client):
    anna = si.person()

    asked = client.get(reverse("usersessions_list"))
    answer = si.sign_in(client, anna, next="/account/sessions")

    assert asked["Location"] == "/account/sign-in?next=/account/sessions"
    assert answer["Location"] == "/account/sessions"
