import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samspel.organisations.actors import STRANGER, actor_for
from samspel.organisations.models import Membership
from tests import make
from tests.organisations.joining import browser, closed, somebody
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    """Somebody who administers a municipality and a region; acting for the municipality."""
    actor = make.actor(administers=True, person=make.person(name="Kari Nordmann"))
    region = make.organisation(name="Region Norr", kind="region")
    make.membership(person=actor.person, organisation=region, administers=True)
    return actor_for(actor.person)


def region_of(both):
    return both.held[1].organisation


def header(page):
    return page.content.decode().partition("<main")[0]


def test_whom_one_acts_for_is_in_sight_on_every_page(client, both):
    assert "Acting for" not in header(client.get("/"))
    assert "Acting for" not in header(browser(somebody()).get("/"))
    alone = header(browser(make.actor()).get("/"))
    several = header(browser(both).get("/organisations/"))

    assert ("<b>Lillånäs kommun</b>" in alone, "/acting-for/" in alone) == (True, False)
    assert "Acting for <b>Lillånäs kommun</b>" in several
    assert "Region Norr" in several


def test_a_page_for_everybody_asks_nobody_who_is_not_signed_in_for_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/accessibility")

    assert not page.cookies


def test_the_switch_is_remembered_and_stays_on_a_page_that_is_visible_for_both(both):
    client = browser(both)

    page = client.post("/acting-for/", {"organisation": region_of(both).pk, "next": "/organisations/?q=a&page=1"})

    assert page.url == "/organisations/?q=a&page=1"
    assert "Acting for <b>Region Norr</b>" in header(client.get("/"))


def test_the_switch_leads_to_the_organisation_where_the_page_is_not_visible_for_it(both):
    page = browser(both).post(
        "/acting-for/",
        {"organisation": region_of(both).pk, "next": f"/organisations/{both.organisation_id}/members/"},
    )

    assert page.url == f"/organisations/{region_of(both).pk}/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/no/such/page/",
        "http://testserver//elsewhere.example/",
        "http://[",
        "/members/99999999999999999999999999/",
        "\0",
    ],
)
def test_a_hostile_or_wrong_address_leads_to_the_organisation(both, address):
    page = browser(both).post("/acting-for/", {"organisation": region_of(both).pk, "next": address})

    assert page.url == f"/organisations/{region_of(both).pk}/"


@pytest.mark.parametrize("chosen", ["", "0", "-1", "٣", "x", "9" * 5000, "1.0", "other", "asked", "ended", "nobody"])
def test_only_ones_own_current_organisations_can_be_chosen(both, chosen):
    if chosen == "other":
        chosen = make.organisation().pk
    if chosen in ("asked", "ended"):
        held = make.membership(person=both.person, approved_at=None)
        if chosen == "ended":
            Membership.objects.filter(pk=held.pk).update(approved_at=held.asked_at, ended_at=held.asked_at)
        chosen = held.organisation_id
    client = browser(both)

    page = client.post("/acting-for/", {"organisation": chosen, "next": "/"}, follow=True)

    assert "You cannot act for that organisation." in text_of(page)
    assert "Acting for <b>Lillånäs kommun</b>" in header(client.get("/"))


def test_the_switch_is_made_by_a_form_and_by_who_is_signed_in(client, both):
    assert browser(both).get("/acting-for/").status_code == 405
    assert client.post("/acting-for/", {"organisation": region_of(both).pk}).status_code == 302
    assert "acting_for" not in client.session


def test_who_is_erased_or_closed_acts_for_nobody(both):
    closed(both.person)

    assert actor_for(both.person) == STRANGER


def test_a_form_made_out_for_another_organisation_asks_first_and_keeps_what_was_typed(both):
    other = make.membership(organisation=both.organisation)
    sent = {"role": "leader", "note": ["<b>", "two"], "acting_for": region_of(both).pk, "csrfmiddlewaretoken": "old"}

    page = browser(both).post(f"/members/{other.pk}/", sent)

    other.refresh_from_db()
    assert (page.status_code, other.role) == (409, "procurer")
    assert "You filled this in while you acted for Region Norr. Now you act for Lillånäs kommun" in text_of(page)
    assert page.context["kept"] == [("role", "leader"), ("note", "<b>"), ("note", "two")]
    assert "Send it for Region Norr" in text_of(page)
    assert "Send it for Lillånäs kommun" in text_of(page)
    assert "files" not in text_of(page)


def test_the_answer_is_sent_for_the_one_now_acted_for(both):
    other = make.membership(organisation=both.organisation)

    browser(both).post(
        f"/members/{other.pk}/", {"role": "leader", "confirmed": "yes", "acting_for": both.organisation_id}
    )

    other.refresh_from_db()
    assert other.role == "leader"


def test_the_answer_is_sent_for_the_one_it_was_made_out_for_who_is_acted_for_from_then_on(both):
    other = make.membership(organisation=region_of(both))
    client = browser(both)

    client.post(f"/members/{other.pk}/", {"role": "leader", "confirmed": "yes", "acting_for": region_of(both).pk})

    other.refresh_from_db()
    assert other.role == "leader"
    assert client.session["acting_for"] == region_of(both).pk


@pytest.mark.parametrize("made_out_for", ["", "0", "-1", "٣", "x", "9" * 5000, "1e3", "\0", "<script>"])
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "yes"}])
def test_a_form_made_out_for_nobody_one_acts_for_is_never_sent(both, made_out_for, confirmed):
    other = make.membership(organisation=both.organisation)

    page = browser(both).post(f"/members/{other.pk}/", {"role": "leader", "acting_for": made_out_for, **confirmed})

    other.refresh_from_db()
    assert (page.status_code, other.role) == (409, "procurer")
    assert "You filled this in before you acted for Lillånäs kommun." in text_of(page)
    assert "Send it for Lillånäs kommun" in text_of(page)


def test_files_are_said_to_be_lost(both):
    sent = {"acting_for": region_of(both).pk, "file": SimpleUploadedFile("a.txt", b"a")}

    page = browser(both).post(f"/members/{both.membership.pk}/", sent)

    assert "The files you chose are lost." in text_of(page)


def test_who_has_lost_the_only_membership_is_told_and_can_send_nothing(both):
    Membership.objects.update(ended_at=both.membership.approved_at)
    other = make.membership()

    page = browser(both).post(f"/members/{other.pk}/", {"acting_for": both.organisation_id})

    assert (page.status_code, "Send it" in text_of(page)) == (409, False)
    assert "which you can do no longer" in text_of(page)


def test_a_link_to_another_of_ones_organisations_offers_to_change_over(both):
    waits = make.membership(organisation=region_of(both), approved_at=None)
    client = browser(both)

    page = client.get(f"/requests/{waits.pk}/")
    assert page.status_code == 403
    assert "This belongs to Region Norr" in text_of(page)
    assert "You act for Lillånäs kommun now. Change over to Region Norr" in text_of(page)

    client.post("/acting-for/", {"organisation": region_of(both).pk, "next": f"/requests/{waits.pk}/"})
    assert client.get(f"/requests/{waits.pk}/").status_code == 200


def test_nothing_is_offered_that_no_organisation_of_ones_own_opens(both):
    theirs = make.membership(administers=True)

    page = browser(both).get(f"/members/{theirs.pk}/")

    assert (page.status_code, "Change over" in text_of(page)) == (404, False)
