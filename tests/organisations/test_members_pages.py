import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.organisations.models import Membership
from tests import make
from tests.organisations.joining import Notebooks, adviser, browser, closed, somebody
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make.actor(administers=True, person=make.person(name="Kari Nordmann"))


@pytest.fixture
def anna(chief):
    return make.actor(organisation=chief.organisation, person=make.person(name="Anna Lind"), role="leader")


def members_of(actor):
    return f"/organisations/{actor.organisation.pk}/members/"


def test_members_see_each_other_with_role_and_since_when(chief, anna):
    make.membership(organisation=chief.organisation, person=make.person(name="Only Asked"), approved_at=None)
    gone = make.membership(organisation=chief.organisation, person=make.person(name="Gone", is_active=False))

    page = browser(anna).get(members_of(chief))

    assert [held.person.name for held in page.context["members"]] == ["Anna Lind", "Gone", "Kari Nordmann"]
    assert "Anna Lind Leader" in text_of(page)
    assert "Kari Nordmann Procurer, administrator" in text_of(page)
    assert "(account closed)" in text_of(page)
    assert gone.person.email not in text_of(page)
    assert f"/members/{anna.membership.pk}/" not in links_of(page)


def test_an_administrator_also_sees_who_waits_and_where_to_change(chief, anna):
    make.membership(organisation=chief.organisation, approved_at=None)

    page = browser(chief).get(members_of(chief))

    assert "1 request waits for your answer" in text_of(page)
    assert f"/members/{anna.membership.pk}/" in links_of(page)


def test_nobody_outside_sees_who_the_members_are(client, chief):
    strangers = {"stranger": somebody(), "another's": make.actor(administers=True), "programme": adviser()}

    statuses = {who: browser(actor).get(members_of(chief)).status_code for who, actor in strangers.items()}

    assert statuses == dict.fromkeys(strangers, 403)
    assert client.get(members_of(chief)).status_code == 302


def test_an_administrator_changes_a_member(chief, anna):
    page = browser(chief).post(
        f"/members/{anna.membership.pk}/",
        {"role": "observer", "administers": "on", "acting_for": chief.organisation_id},
        follow=True,
    )

    assert "It is saved." in text_of(page)
    assert "Anna Lind Observer, administrator" in text_of(page)


def test_the_last_administrator_is_told_what_to_do_and_keeps_what_was_chosen(chief):
    page = browser(chief).post(f"/members/{chief.membership.pk}/", {"role": "leader"})

    assert "Lillånäs kommun must have an administrator. Make somebody else administrator first." in text_of(page)
    assert page.context["form"]["role"].value() == "leader"


@pytest.mark.parametrize("sent", [{}, {"role": "supplier"}, {"role": ["x"] * 3}])
def test_a_role_that_is_not_offered_is_refused(chief, anna, sent):
    page = browser(chief).post(f"/members/{anna.membership.pk}/", sent)

    anna.membership.refresh_from_db()
    assert (list(page.context["form"].errors), anna.membership.role) == (["role"], "leader")


@pytest.mark.parametrize("address", ["/members/{}/", "/members/{}/ending/"])
def test_only_administrators_change_and_end_memberships(chief, anna, address):
    asked = {
        "administrator": chief,
        "member": anna,
        "administrator of another": make.actor(administers=True),
        "programme": adviser(),
    }

    statuses = {who: browser(actor).get(address.format(anna.membership.pk)).status_code for who, actor in asked.items()}

    assert statuses == {"administrator": 200, "member": 403, "administrator of another": 404, "programme": 404}


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999", "9223372036854775808"])
def test_a_member_that_is_not_there_is_not_found(chief, pk):
    assert browser(chief).get(f"/members/{pk}/").status_code == 404


def test_what_a_member_has_is_handed_over_when_the_membership_is_ended(chief, anna):
    with Notebooks(red=anna.person_id, blue=anna.person_id) as notebooks:
        client = browser(chief)
        shown = client.get(f"/members/{anna.membership.pk}/ending/")
        refused = client.post(f"/members/{anna.membership.pk}/ending/", {})
        page = client.post(f"/members/{anna.membership.pk}/ending/", {"to": chief.membership.pk}, follow=True)

    assert "Notebooks: 2" in text_of(shown)
    assert [str(label) for _pk, label in shown.context["form"].fields["to"].choices][1:] == ["Kari Nordmann – Procurer"]
    assert "Hand over to: This field is required." in text_of(refused)
    assert notebooks.owned == {"red": chief.person_id, "blue": chief.person_id}
    assert "The membership of Lillånäs kommun is ended." in text_of(page)
    assert "Anna Lind" not in text_of(page)


def test_a_member_leaves_and_hands_over_on_one_page(chief, anna):
    address = f"/organisations/{chief.organisation.pk}/leaving/"
    with Notebooks(red=anna.person_id) as notebooks:
        client = browser(anna)
        page = client.post(address, {"to": chief.membership.pk, "acting_for": chief.organisation_id}, follow=True)

    assert notebooks.owned == {"red": chief.person_id}
    assert "The membership of Lillånäs kommun is ended." in text_of(page)
    assert client.get(members_of(chief)).status_code == 403


def test_who_has_nothing_leaves_with_one_button(chief, anna):
    address = f"/organisations/{chief.organisation.pk}/leaving/"
    client = browser(anna)

    assert "There is nothing to hand over." in text_of(client.get(address))
    client.post(address)

    assert not Membership.objects.current().filter(person=anna.person).exists()


def test_the_last_administrator_who_wants_to_leave_is_told_what_to_do(chief):
    address = f"/organisations/{chief.organisation.pk}/leaving/"
    client = browser(chief)

    for page in (client.get(address), client.post(address)):
        assert "Make somebody else administrator first." in text_of(page)
        assert members_of(chief) in links_of(page)
    assert Membership.objects.current().filter(person=chief.person).exists()


def test_a_member_without_an_active_administrator_is_offered_to_claim(chief, anna):
    closed(chief.person)

    page = browser(anna).get(f"/organisations/{chief.organisation.pk}/joining/")

    assert "Nobody administers the organisation. Is that your part?" in text_of(page)
    assert list(page.context["form"].fields) == ["message"]


def test_the_list_of_three_costs_what_the_list_of_one_costs(django_assert_num_queries, chief):
    client = browser(chief)
    client.get(members_of(chief))  # the first page of a session writes it down
    with CaptureQueriesContext(connection) as one:
        client.get(members_of(chief))
    for _number in range(2):
        make.membership(organisation=chief.organisation)

    with django_assert_num_queries(len(one)):
        client.get(members_of(chief))
