import json

import pytest

from samspel.kit import mail
from samspel.kit.models import Mail
from samspel.notices.models import RecentSearch, SavedSearch
from samspel.organisations.account import actions, own_data
from samspel.organisations.actors import Actor
from samspel.organisations.members import actions as members
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations import signing_in as si
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def confirmed(client, who):
    si.sign_in(client, who)
    si.show_again(client)
    return client


def file_of(client, who):
    return json.loads(confirmed(client, who).post("/account/data/", {"format": "json"}).content)


def rows(content, kind):
    return [row for part in content["records"] if part["kind"] == kind for row in part["rows"]]


def test_the_file_holds_what_every_declared_model_has_of_the_person(client, home):
    anna = si.person()
    make.membership(person=anna, role="leader", message="Jag leder inköpen")
    RecentSearch.objects.create(person=anna, query="q=nattillsyn")
    mail.send("organisations/mail/password_changed", to=anna, context={})

    content = file_of(client, anna)

    assert [part["kind"] for part in content["records"]] == [
        "kit.mail",
        "organisations.person",
        "organisations.membership",
        "notices.recentsearch",
    ]
    (person,) = rows(content, "organisations.person")
    assert (person["email"], person["name"], "password" in person) == ("anna@lillanas.example", "Anna Ek", False)
    (membership,) = rows(content, "organisations.membership")
    assert (membership["person"], membership["organisation"], membership["role"], membership["message"]) == (
        "You",
        "Lillånäs kommun",
        "leader",
        "Jag leder inköpen",
    )
    assert [row["query"] for row in rows(content, "notices.recentsearch")] == ["q=nattillsyn"]
    assert [row["email"] for row in content["signin"]["e-mail addresses"]] == ["anna@lillanas.example"]
    assert content["trail"][0]["what"] == "took out the own data"


def test_nothing_of_another_person_is_in_the_file(client, home):
    chief = make.actor(administers=True, person=make.person(name="Zelda Zetterlund", email="zelda@lillanas.example"))
    anna = si.person()
    held = make.membership(person=anna, organisation=chief.organisation, administers=True, approved_by=chief.person)
    members.change(held, by=chief, role="leader", administers=True)
    theirs = make.membership(
        person=make.person(name="Ylva Ytterberg", email="ylva@lillanas.example"),
        organisation=chief.organisation,
        message="Ylvas egen text",
    )
    members.change(theirs, by=Actor(anna, held), role="observer")
    mail.send("organisations/mail/password_changed", to=theirs.person, context={}, by=Actor(anna))
    SavedSearch.objects.create(person=chief.person, organisation=chief.organisation, name="Zeldas sökning", query="q=z")

    told = json.dumps(file_of(client, anna), ensure_ascii=False)
    page = text_of(client.post("/account/data/", {"format": "page"}))

    for words in ("Zelda", "Zetterlund", "zelda@", "Ylva", "ylva@", "Zeldas sökning"):
        assert (words in told, words in page) == (False, False), words
    assert "Somebody else" in told


def test_where_a_person_is_only_named_the_file_says_where_and_no_more(client, home):
    anna = si.person()
    make.membership(approved_by=anna, message="En annans text")
    organisation = make.organisation(registered_by=anna)

    content = file_of(client, anna)

    assert content["named_in"] == [
        {"kind": "organisations.organisation", "field": "registered_by", "number": 1},
        {"kind": "organisations.membership", "field": "approved_by", "number": 1},
    ]
    assert organisation.number not in json.dumps(content)


def test_mails_to_the_address_from_before_the_account_are_the_persons_too():
    anna = si.person()
    mail.send("organisations/mail/password_changed", to="Anna@lillanas.example", language="en", context={})
    mail.send("organisations/mail/password_changed", to="bo@lillanas.example", language="en", context={})

    kinds = {part.kind: len(part.records) for part in own_data.parts(anna)}

    assert (kinds, Mail.objects.count()) == ({"kit.mail": 1, "organisations.person": 1}, 2)


def test_who_has_not_shown_who_they_are_lately_is_asked_first(client, home):
    anna = si.person()
    si.sign_in(client, anna)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    asked, posted = client.get("/account/data/"), client.post("/account/data/", {"format": "json"})

    assert (asked.url, posted.url) == ("/account/again/password?next=%2Faccount%2Fdata%2F", "/account/data/")
    assert si.trail_of(anna) == []


def test_who_has_no_password_has_to_have_signed_in_just_now(client, home):
    anna = si.person()
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)

    page = client.get("/account/data/", follow=True)

    assert "Sign out and sign in again first" in text_of(page)


def test_to_take_data_out_stands_in_the_trail_and_a_page_does_so_too(client, home):
    anna = si.person()
    confirmed(client, anna)

    client.post("/account/data/", {"format": "page"})
    client.post("/account/data/", {"format": "json"})
    nonsense = client.post("/account/data/", {"format": "exe"})

    assert (si.trail_of(anna), nonsense.status_code) == (["person.data_taken_out"] * 2, 404)


def test_nobody_takes_out_anothers_data():
    anna, bo = si.person(), si.person("bo@lillanas.example")

    with pytest.raises(Refused):
        actions.note_own_data(anna, by=Actor(bo))
