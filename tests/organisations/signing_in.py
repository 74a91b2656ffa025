"""What tests of signing in do again and again: a person with a confirmed address, and what a mail says."""

import re

from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.urls import reverse

from samspel.kit.models import Mail, TrailEntry
from tests import make

PASSWORD = "en lång fras till lösenord"


def person(email="anna@lillanas.example", **facts):
    """Return a person who has confirmed the address and can sign in."""
    made = make.person(**{"email": email, "password": PASSWORD, "name": "Anna Ek", "language": "en", **facts})
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def sign_in(client, who, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": who.email, "password": password, **more})


def sign_up(client, email="anna@lillanas.example", **typed):
    typed = {"name": "Anna Ek", "email": email, "password1": PASSWORD, **typed}
    return client.post(reverse("account_signup"), typed)


def show_again(client, password=PASSWORD):
    """Type the password once more, as before a change of the ways in."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def mails():
    """Return (address, subject) of every mail, oldest first."""
    return list(Mail.objects.order_by("pk").values_list("address", "subject"))


def code():
    """Return the code in the newest mail."""
    return re.search(r"^([B-Z]{4}-[B-Z]{4})$", Mail.objects.latest("pk").text, re.MULTILINE)[1]


def link():
    """Return the path of the link to a new password in the newest mail."""
    return re.search(r"https?://[^/]+(/account/password/forgotten/\S+)", Mail.objects.latest("pk").text)[1]


def trail_of(who):
    """Return the verbs of what happened to a person, oldest first."""
    return list(TrailEntry.objects.of(who).order_by("pk").values_list("verb", flat=True))


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response):
    """Return the sentences of the form's errors."""
    form = response.context["form"]
    return [sentence for sentences in form.errors.values() for sentence in sentences]
