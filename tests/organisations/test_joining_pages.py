from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspel.kit.models import TrailEntry
from samspel.organisations.actors import actor_for
from samspel.organisations.joining import actions, waiting
from samspel.organisations.models import Membership, Organisation
from tests import make
from tests.organisations.joining import adviser, browser, confirm, notices_give, somebody
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.fixture
def chief():
    return make.actor(administers=True)


@pytest.fixture
def anna():
    return somebody(name="Anna Lind", email="anna@lillanas.example")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lillånäs", ["Lillånäs kommun"]),
        ("ÖVRE kommun", ["Övre Å kommun"]),
        ("å kommun", ["Lillånäs kommun", "Övre Å kommun"]),
        ("212000-2932", ["Övre Å kommun"]),
        ("SE212000293201", ["Övre Å kommun"]),
        ("kommun.*", []),
        ("810101-0008", []),
        ("\0", None),
        ("x" * 300, None),
    ],
)
def test_an_organisation_is_found_by_name_or_number(client, typed, names):
    make.organisation()
    make.organisation(name="Övre Å kommun", number="2120002932")
    make.supplier(name="Enskild firma", number="8101010008")

    page = client.get("/organisations/", {"q": typed})

    found = [one.name for one in page.context["organisations"]]
    assert found == (["Enskild firma", "Lillånäs kommun", "Övre Å kommun"] if names is None else names)
    assert "8101010008" not in text_of(page)


def test_what_is_found_stands_with_kind_and_place_and_the_way_in(client):
    held = make.organisation()

    page = client.get("/organisations/", {"q": "lillånäs"})

    assert "Lillånäs kommun Municipality, Sweden Ask to join" in text_of(page)
    assert f"/organisations/{held.pk}/joining/" in links_of(page)
    assert "since" not in text_of(page)


def test_what_is_not_found_can_be_registered_with_the_name_that_was_typed(client):
    page = client.get("/organisations/", {"q": "Ny & <b>"})

    assert "No organisation here has that name or number" in text_of(page)
    assert f"/organisations/new/?name={quote('Ny & <b>')}".replace("%20", "+") in links_of(page)


def test_the_page_of_a_merged_organisation_points_to_its_successor(anna):
    new = make.organisation(name="Storånäs kommun")
    old = make.organisation(successor=new, succeeded_on="2027-01-01")

    found = Client().get("/organisations/", {"q": "lillånäs"})
    page = browser(anna).get(f"/organisations/{old.pk}/joining/")

    assert f"/organisations/{new.pk}/joining/" in links_of(found)
    assert "Lillånäs kommun is now part of Storånäs kommun" in text_of(page)
    assert (page.context["page"].can_ask, f"/organisations/{new.pk}/joining/" in links_of(page)) == (False, True)


def test_who_is_not_signed_in_signs_in_and_comes_back(client, chief):
    for address in (
        f"/organisations/{chief.organisation.pk}/joining/",
        "/organisations/new/",
        "/organisations/join/?body=SE-2120009991",
        "/requests/",
    ):
        assert client.get(address).url.endswith(f"?next={quote(address)}")


def test_somebody_asks_to_join_sees_that_it_waits_and_takes_it_back(chief, anna):
    client = browser(anna)
    address = f"/organisations/{chief.organisation.pk}/joining/"
    before = text_of(client.get(address))
    assert "Those who administer Lillånäs kommun see your name, e-mail address, role and message" in before
    assert chief.person.name not in before

    page = client.post(address, {"role": "leader", "message": HOSTILE}, follow=True)

    held = Membership.objects.get(person=anna.person)
    assert (held.role, held.message, held.waits) == ("leader", HOSTILE, True)
    assert "You asked to join" in text_of(page)
    client.post(address, {"role": "procurer"})
    assert Membership.objects.filter(person=anna.person).count() == 1

    page = client.post(f"/requests/{held.pk}/withdrawal/", follow=True)
    assert "You have taken back your request" in text_of(page)
    assert page.context["page"].can_ask


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_what_to_do(chief, anna):
    page = browser(anna).post(f"/organisations/{chief.organisation.pk}/joining/", {"message": HOSTILE})

    assert "Your role: This field is required." in text_of(page)
    assert "&lt;script&gt;" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert not Membership.objects.filter(person=anna.person).exists()


@pytest.mark.parametrize(
    "sent", [{"role": "supplier"}, {"role": "adviser"}, {"role": "procurer", "message": "x" * 2001}]
)
def test_what_the_form_does_not_offer_is_refused(chief, anna, sent):
    page = browser(anna).post(f"/organisations/{chief.organisation.pk}/joining/", sent)

    assert page.context["form"].errors
    assert not Membership.objects.filter(person=anna.person).exists()


def test_asking_looks_the_same_whoever_the_members_are(anna):
    small, large = make.actor(administers=True).organisation, make.actor(administers=True).organisation
    make.membership(organisation=large, person=make.person(name="Secret Person"))
    client = browser(anna)

    pages = [
        text_of(client.post(f"/organisations/{one.pk}/joining/", {"role": "procurer"}, follow=True))
        for one in (small, large)
    ]

    assert pages[0] == pages[1]


def test_a_claim_with_a_known_domain_is_granted_at_once(monkeypatch, anna):
    notices_give(monkeypatch, lillanas_example=1)
    confirm(anna.person)
    municipality = make.organisation()

    page = browser(anna).post(
        f"/organisations/{municipality.pk}/joining/", {"claims": "yes", "role": "procurer"}, follow=True
    )

    assert "You administer Lillånäs kommun." in text_of(page)
    assert "You act for" not in text_of(page)
    assert Membership.objects.administrators().get().person == anna.person


def test_who_is_refused_reads_the_reason_and_can_ask_again(chief, anna):
    client = browser(anna)
    address = f"/organisations/{chief.organisation.pk}/joining/"
    client.post(address, {"role": "procurer"})
    held = Membership.objects.get(person=anna.person)

    answered = browser(chief).post(
        f"/requests/{held.pk}/", {"answer": "refuse", "role": "procurer", "reason": "We do not\nknow you."}, follow=True
    )
    page = client.get(address)

    assert "Anna Lind is refused and gets a mail." in text_of(answered)
    assert "Your request was refused" in text_of(page)
    assert "We do not know you." in text_of(page)
    assert "Refused" in text_of(client.get("/organisations/"))
    assert page.context["page"].can_ask


def test_a_supplier_that_is_not_here_is_registered_and_claimed(anna):
    adviser()
    client = browser(anna)
    sent = {"name": "Lugnvik AB", "kind": "company", "country": "SE", "number": "556036-0793", "message": "CEO"}

    page = client.post("/organisations/new/", sent, follow=True)

    held = Membership.objects.get(person=anna.person)
    assert (held.organisation.name, held.organisation.number, held.role, held.is_claim) == (
        "Lugnvik AB",
        "5560360793",
        "supplier",
        True,
    )
    assert "You asked to administer the organisation" in text_of(page)
    assert "Lugnvik AB" not in text_of(Client().get("/organisations/"))


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": "Lugn\u202evik"}, "name", "cannot be seen"),
        ({"name": "x" * 201}, "name", "at most 200"),
        ({"kind": "programme_partner"}, "kind", "valid choice"),
        ({"country": "QO"}, "country", "valid choice"),
        ({"number": "556036-0794"}, "number", "ten digits"),
        ({"number": "none"}, "number", "has digits"),
        ({"number": ""}, "number", "or say below"),
        ({"is_not_established": "on"}, "is_not_established", "It has a number"),
        ({"kind": "municipality", "number": "", "role": "leader"}, "number", "Every public buyer has one"),
        ({"kind": "municipality"}, "role", "what you do for the buyer"),
        ({"number": "١٢٣"}, "number", "ten digits"),
    ],
)
def test_what_cannot_be_registered_is_explained_at_its_field(anna, changed, field, why):
    sent = {"name": "Lugnvik AB", "kind": "company", "country": "SE", "number": "5560360793", **changed}

    page = browser(anna).post("/organisations/new/", sent)

    assert list(page.context["form"].errors) == [field]
    assert why in page.context["form"].errors[field][0]
    assert not Organisation.objects.exists()


def test_a_supplier_that_is_not_established_has_no_number(anna):
    sent = {"name": "Idé", "kind": "idea_driven", "country": "NO", "is_not_established": "on"}

    browser(anna).post("/organisations/new/", sent)

    assert Organisation.objects.get().number == ""


def test_a_number_that_is_here_already_leads_to_its_organisation(anna):
    held = make.supplier(number="5560360793")
    sent = {"name": "Another", "kind": "company", "country": "SE", "number": "5560360793"}

    page = browser(anna).post("/organisations/new/", sent)

    assert "There is already an organisation with this number" in text_of(page)
    assert f"/organisations/{held.pk}/joining/" in links_of(page)


def test_who_comes_from_a_page_of_notices_meets_the_organisation_or_the_form_with_what_is_known(home, anna):
    make.lake(home.lake, make.result(buyers=(make.buyer(name="Övre Å kommun", identifier="2120002932"),)))
    tied = make.supplier(number="5569990001")
    client = browser(anna)

    there = client.get("/organisations/join/", {"body": "SE-5569990001"})
    new = client.get("/organisations/join/", {"body": "SE-2120002932"})

    assert there.url == f"/organisations/{tied.pk}/joining/"
    assert (new.context["form"]["name"].value(), new.context["form"]["number"].value()) == (
        "Övre Å kommun",
        "2120002932",
    )


@pytest.mark.parametrize("key", ["", "SE-nothing", "\0", "x" * 5000, "../..", HOSTILE])
def test_a_key_that_names_no_body_leads_to_an_empty_form(home, anna, key):
    page = browser(anna).get("/organisations/join/", {"body": key})

    assert page.context["form"]["number"].value() in (None, "")


def test_an_administrator_answers_with_another_role_and_the_list_is_empty(chief, anna):
    held = actions.ask(chief.organisation, by=anna, role="procurer", message="Inköp")
    client = browser(chief)
    assert "Anna Lind Wants to join Lillånäs kommun as procurer" in text_of(client.get("/requests/"))
    shown = text_of(client.get(f"/requests/{held.pk}/"))
    assert "anna@lillanas.example" in shown
    assert "Inköp" in shown

    page = client.post(f"/requests/{held.pk}/", {"answer": "let_in", "role": "leader"}, follow=True)

    held.refresh_from_db()
    assert (held.is_current, held.role, held.administers) == (True, "leader", False)
    assert "Anna Lind is let in and gets a mail. Requests" in text_of(page)
    assert "No request waits" in text_of(page)


def test_the_second_administrator_is_told_who_was_first(chief, anna):
    other = make.actor(organisation=chief.organisation, administers=True)
    held = actions.ask(chief.organisation, by=anna, role="procurer")
    browser(chief).post(f"/requests/{held.pk}/", {"answer": "let_in", "role": "procurer"})

    page = browser(other).post(f"/requests/{held.pk}/", {"answer": "refuse", "role": "procurer", "reason": "no"})

    assert "The request has been answered already: Anna Lind was let in." in text_of(page)


@pytest.mark.parametrize("sent", [{}, {"answer": "refuse"}, {"answer": "refuse", "reason": " "}, {"answer": "eat"}])
def test_an_answer_that_says_nothing_is_no_answer(chief, anna, sent):
    held = actions.ask(chief.organisation, by=anna, role="procurer")

    page = browser(chief).post(f"/requests/{held.pk}/", {"role": "procurer", **sent})

    held.refresh_from_db()
    assert (held.waits, bool(page.context["form"].errors)) == (True, True)


def test_requests_are_seen_by_those_who_answer_and_by_nobody_else(chief, anna):
    held = actions.ask(chief.organisation, by=anna, role="procurer")
    member = make.actor(organisation=chief.organisation, role="leader")

    statuses = {
        who: browser(actor).get(f"/requests/{held.pk}/").status_code
        for who, actor in {
            "administrator": chief,
            "member": member,
            "the one who asked": anna,
            "administrator of another": make.actor(administers=True),
            "programme": adviser(),
        }.items()
    }

    assert statuses == {
        "administrator": 200,
        "member": 403,
        "the one who asked": 403,
        "administrator of another": 404,
        "programme": 404,
    }


def test_the_programme_answers_a_claim_and_its_look_is_in_the_trail(anna):
    national = adviser()
    held = actions.ask(make.organisation(), by=anna, role="leader", claims=True)
    client = browser(national)

    client.get(f"/requests/{held.pk}/")
    looked = TrailEntry.objects.of(held).filter(verb="record.viewed").values_list("person_id", flat=True)
    page = client.post(f"/requests/{held.pk}/", {"answer": "let_in"}, follow=True)

    held.refresh_from_db()
    assert list(looked)[:1] == [national.person_id]
    assert (held.is_current, held.administers, held.role) == (True, True, "leader")
    assert "Anna Lind is let in" in text_of(page)


def test_a_request_waits_on_my_page_of_those_who_answer_for_whichever_organisation(chief, anna):
    first = make.membership(person=chief.person)
    held = actions.ask(chief.organisation, by=anna, role="procurer")
    make.membership(approved_at=None)

    assert [item["title"] for item in waiting.items(actor_for(chief.person, first.organisation_id), held.asked_at)] == [
        "Anna Lind wants to join Lillånäs kommun"
    ]
    assert list(waiting.items(anna, held.asked_at)) == []
    assert list(waiting.items(make.actor(organisation=first.organisation), held.asked_at)) == []


@pytest.mark.parametrize("address", ["/organisations/", "/requests/"])
def test_a_list_of_three_costs_what_a_list_of_one_costs(django_assert_num_queries, chief, address):
    client = browser(chief)
    client.get(address)  # the first page of a session writes it down
    actions.ask(chief.organisation, by=somebody(), role="procurer")
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(2):
        actions.ask(chief.organisation, by=somebody(), role="procurer")
        make.organisation()
        make.membership(person=chief.person, approved_at=None)

    with django_assert_num_queries(len(one)):
        client.get(address)
