import re

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from samspel.organisations.signin.browsers import browser_in_words
from samspel.organisations.signin.keeping import forget_expired
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"


def signed_in(who, agent=FIREFOX):
    client = Client(headers={"User-Agent": agent})
    si.sign_in(client, who)
    return client


def is_in(client):
    return client.get(reverse("usersessions_list")).status_code == 200


def test_a_person_sees_where_they_are_signed_in_and_which_is_this_one():
    anna = si.person()
    here, _phone, _other = signed_in(anna), signed_in(anna, PHONE), signed_in(si.person("bo@lillanas.example"))

    page = here.get(reverse("usersessions_list")).content.decode()
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)

    assert sorted(" ".join(strip_tags(one).split()) for one in headings) == [
        "Firefox on Linux This one",
        "Safari on iPhone",
    ]


def test_a_session_that_is_ended_is_out_at_the_next_page():
    anna = si.person()
    here, phone = signed_in(anna), signed_in(anna, PHONE)
    theirs = UserSession.objects.get(session_key=phone.session.session_key)

    answer = here.post(reverse("session-end", args=[theirs.pk]))

    assert si.said(answer) == ["The session is ended."]
    assert (is_in(here), is_in(phone)) == (True, False)
    assert si.trail_of(anna) == ["person.session_ended"]


def test_all_other_sessions_are_ended_at_once():
    anna = si.person()
    here, phone, library = signed_in(anna), signed_in(anna, PHONE), signed_in(anna)

    here.post(reverse("session-end-others"))

    assert [is_in(one) for one in (here, phone, library)] == [True, False, False]
    assert si.trail_of(anna) == ["person.sessions_ended"]


def test_nobody_ends_a_session_of_somebody_else():
    anna, bo = si.person(), si.person("bo@lillanas.example")
    annas, bos = signed_in(anna), signed_in(bo)
    theirs = UserSession.objects.get(user=anna)

    refused = bos.post(reverse("session-end", args=[theirs.pk]))
    stranger = Client().post(reverse("session-end", args=[theirs.pk]))

    assert refused.status_code == 404
    assert stranger["Location"].startswith(reverse("account_login"))
    assert is_in(annas)


def test_a_session_ends_by_itself_when_it_has_not_been_used(settings):
    settings.SESSION_COOKIE_AGE = 3600
    with time_machine.travel("2027-03-12 09:00:00+00:00", tick=False) as clock:
        anna = si.person()
        used, left = signed_in(anna), signed_in(anna)
        for _half_hour in range(3):
            clock.shift(1800)
            used.get(reverse("usersessions_list"))

        assert (is_in(used), is_in(left)) == (True, False)


def test_using_a_session_writes_it_seldom(settings, django_assert_num_queries):
    with time_machine.travel("2027-03-12 09:00:00+00:00", tick=False) as clock:
        here = signed_in(si.person())
        here.get(reverse("usersessions_list"))
        first = Session.objects.get().expire_date
        clock.shift(settings.SESSION_COOKIE_AGE / 20)
        here.get(reverse("usersessions_list"))
        second = Session.objects.get().expire_date
        clock.shift(settings.SESSION_COOKIE_AGE / 10)
        here.get(reverse("usersessions_list"))

    assert first == second < Session.objects.get().expire_date
    assert UserSession.objects.get().last_seen_at > UserSession.objects.get().created_at


def test_sessions_whose_time_is_out_are_deleted():
    with time_machine.travel("2027-03-12 09:00:00+00:00", tick=False) as clock:
        signed_in(si.person())
        clock.shift(settings.SESSION_COOKIE_AGE + 1)
        kept = signed_in(si.person("bo@lillanas.example"))
        forget_expired.func()

    assert [one.session_key for one in UserSession.objects.all()] == [kept.session.session_key]
    assert Session.objects.count() == 1


def test_the_cookie_is_for_the_server_alone_and_does_not_follow_from_other_sites():
    cookie = signed_in(si.person()).cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", settings.SESSION_COOKIE_AGE)


@pytest.mark.parametrize(
    "agent, words",
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("curl/8.0", "A browser that does not say its name"),
        ("", "A browser that does not say its name"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(agent, words):
    assert browser_in_words(agent) == words
