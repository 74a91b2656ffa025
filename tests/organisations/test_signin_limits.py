import base64
import pickle
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from samspel.organisations.signin import limits
from samspel.organisations.signin.keeping import forget_expired
from tests.organisations import signing_in as si

pytestmark = pytest.mark.django_db

NOW = "2027-03-12 09:00:00+00:00"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_guessing_a_password_ends_after_five_tries_also_with_the_right_one(client, clock):
    anna = si.person()

    answers = [si.sign_in(Client(), anna, f"gissning {number}") for number in range(5)]
    right = si.sign_in(client, anna)

    assert {sentence for answer in answers for sentence in si.errors(answer)} == {
        "The address and the password do not belong together. Check both."
    }
    assert si.errors(right) == ["Too many tries. Try again in 5 minutes."]
    assert not si.is_signed_in(client)


def test_one_may_try_again_when_the_wait_is_over(client, clock):
    anna = si.person()
    for number in range(5):
        si.sign_in(Client(), anna, f"gissning {number}")

    clock.shift(200)
    early = si.sign_in(client, anna)
    clock.shift(101)
    si.sign_in(client, anna)

    assert si.errors(early) == ["Too many tries. Try again in 2 minutes."]
    assert si.is_signed_in(client)


def test_a_brute_force_of_a_thousand_tries_meets_the_password_five_times(clock):
    anna = si.person()
    client = Client()

    met = sum("do not belong together" in str(si.errors(si.sign_in(client, anna, f"nr {one}"))) for one in range(60))

    assert met == 5


def test_signing_in_rightly_between_guesses_does_not_make_them_fewer(clock):
    anna = si.person()
    for number in range(4):
        si.sign_in(Client(), anna, f"gissning {number}")
        clock.shift(1)

    si.sign_in(Client(), anna)
    last = si.sign_in(Client(), anna, "gissning 5")
    refused = si.sign_in(Client(), anna, "gissning 6")

    assert si.errors(last) == ["The address and the password do not belong together. Check both."]
    assert si.errors(refused) == ["Too many tries. Try again in 5 minutes."]


def test_an_unknown_address_is_limited_in_the_same_words(client, clock):
    answers = [
        client.post(reverse("account_login"), {"login": "ingen@lillanas.example", "password": "fel"})
        for _try in range(6)
    ]

    assert si.errors(answers[-1]) == ["Too many tries. Try again in 5 minutes."]


def test_a_colleague_at_the_same_network_address_is_not_held_up(client, clock):
    anna, bo = si.person(), si.person("bo@lillanas.example")
    for number in range(6):
        si.sign_in(Client(), anna, f"gissning {number}")

    si.sign_in(client, bo)

    assert si.is_signed_in(client)


@pytest.mark.parametrize(
    "name, typed, wait",
    [
        ("account_request_login_code", {"email": "anna@lillanas.example"}, "15 minutes"),
        ("account_reset_password", {"email": "anna@lillanas.example"}, "60 minutes"),
        (
            "account_signup",
            {"name": "A", "email": "anna@lillanas.example", "password1": "en helt annan lång fras"},
            "60 minutes",
        ),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_an_address_gets_no_more_than_five_mails_however_many_ask(name, typed, wait, is_known, clock):
    if is_known:
        si.person()

    answers = [Client().post(reverse(name), typed) for _try in range(7)]

    assert si.errors(answers[-1]) == [f"Too many tries. Try again in {wait}."]
    assert len(si.mails()) == 5


def test_a_network_address_is_limited_where_the_setting_says_so(client, clock, settings):
    settings.ACCOUNT_RATE_LIMITS = limits.account(3)

    answers = [
        client.post(reverse("account_login"), {"login": f"nr{one}@lillanas.example", "password": "fel"})
        for one in range(4)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Too many tries. Wait a minute and try again." in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "60"


def test_a_network_address_is_not_limited_where_the_setting_is_nought(client, clock, settings):
    settings.ACCOUNT_RATE_LIMITS = limits.account(0)

    answers = [
        client.post(reverse("account_login"), {"login": f"nr{one}@lillanas.example", "password": "fel"})
        for one in range(40)
    ]

    assert {answer.status_code for answer in answers} == {200}


def test_what_is_counted_is_in_the_database_where_every_process_sees_it(clock):
    anna = si.person()
    si.sign_in(Client(), anna, "fel")

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cache WHERE cache_key LIKE '%%login_failed%%'")
        counted = [pickle.loads(base64.b64decode(value)) for (value,) in cursor.fetchall()]

    assert sorted(map(len, counted)) == [1, 1]


def test_counted_tries_are_forgotten_when_their_time_is_over(clock):
    si.sign_in(Client(), si.person(), "fel")
    cache.set("kept", "so", 100_000)

    clock.shift(3600)
    forget_expired.func()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert cursor.fetchall() == [(":1:kept",)]


@pytest.mark.django_db(transaction=True)
def test_those_who_guess_at_the_same_time_are_counted_together():
    anna = si.person("guessed@lillanas.example")
    start, met = threading.Barrier(6), []

    def guess():
        start.wait()
        try:
            answers = [si.sign_in(Client(), anna, f"gissning {number}") for number in range(4)]
            met.extend("do not belong together" in answer.content.decode() for answer in answers)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache.clear()

    assert len(met) == 24
    assert 1 <= met.count(True) <= 5
