"""What nobody types by mistake: script, signs that turn the text, NUL, ten thousand letters."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from samspel.organisations.models import Person
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db

HIDDEN = "This holds signs that cannot be seen. Type it by hand rather than paste it."


@pytest.mark.parametrize(
    "name, says",
    [
        ("Anna\u202egnp.exe", HIDDEN),
        ("Anna\u200b", HIDDEN),
        ("Anna\x07", HIDDEN),
        ("Anna\x00", "Null characters are not allowed."),
        ("x" * 10_000, "Ensure this value has at most 200 characters (it has 10000)."),
        ("", "This field is required."),
    ],
)
def test_a_hostile_name_is_refused_with_a_sentence(client, name, says):
    answer = si.sign_up(client, name=name)

    assert says in si.errors(answer)
    assert not Person.objects.exists()


def test_script_in_a_name_is_shown_as_it_was_typed(client):
    si.sign_up(client, name="<script>alert(1)</script>")
    client.post(reverse("account_email_verification_sent"), {"code": si.code()})

    page = client.get(reverse("mfa_index")).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "email", ["a@b", "<script>@x.example", "x" * 10_000 + "@x.example", "a\x00@x.example", "a\n@x.example"]
)
@pytest.mark.parametrize(
    "name, field",
    [("account_login", "login"), ("account_reset_password", "email"), ("account_request_login_code", "email")],
)
def test_a_hostile_address_is_refused_with_a_sentence(client, name, field, email):
    answer = client.post(reverse(name), {field: email, "password": "fel"})

    assert answer.status_code == 200
    assert si.errors(answer)
    assert si.mails() == []


@pytest.mark.parametrize(
    "path",
    [
        "/account/password/forgotten/zzzzzzzzzzzzz-x",
        "/account/password/forgotten/zzzzzzzzzzzzzzzzzzzz-x",
        "/account/password/forgotten/1-%00",
        "/account/password/forgotten/1-" + "x" * 3000,
        "/account/password/forgotten/1-set-password",
    ],
)
def test_an_invented_link_is_refused_with_a_sentence(client, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert "The link is used already or too old" in answer.content.decode()


@pytest.mark.parametrize("credential", ["", "{", "[]", "null", "1", '{"id": "x"}', '{"response": null}', '"\\u0000"'])
def test_an_invented_passkey_opens_nothing(client, credential):
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert answer["Location"] == reverse("account_login")
    assert not si.is_signed_in(client)


@pytest.mark.parametrize("credential", ["", "[]", "null", '{"id": "x"}', '{"id": "\\u0000"}'])
def test_an_invented_passkey_is_not_added(client, credential):
    si.sign_in(client, si.person())
    si.show_again(client)

    answer = client.post(reverse("mfa_add_webauthn"), {"name": "x" * 10_000, "credential": credential})

    assert answer.status_code == 200
    assert "Ensure this value has at most 100 characters (it has 10000)." in si.errors(answer)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("agent", ["x" * 10_000, "<script>alert(1)</script>", "\u202e"])
def test_a_hostile_browser_name_does_no_harm(client, agent):
    client.defaults["HTTP_USER_AGENT"] = agent
    si.sign_in(client, si.person())

    page = client.get(reverse("usersessions_list"))

    assert page.status_code == 200
    assert "alert(1)" not in page.content.decode()
