from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from samspel.kit import jobs
from samspel.kit.models import Mail, TrailEntry
from samspel.kit.personal_data import Document, declared, is_record
from samspel.notices.models import RecentSearch
from samspel.organisations.account import due, rows
from samspel.organisations.models import Membership, Person
from tests import make
from tests.organisations.joining import adviser, browser, somebody
from tests.pages import text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 6, 1, 4, 10, tzinfo=UTC)


def mail_of(age):
    made_at = NOW - timedelta(days=age)
    return Mail.objects.create(message_id=f"<{age}>", address="a@b.example", language="sv", made_at=made_at)


def search_of(person, age):
    return RecentSearch.objects.create(person=person, query=f"q={age}", at=NOW - timedelta(days=age))


def entries():
    return [(entry.verb, entry.record_kind, entry.changes) for entry in TrailEntry.objects.order_by("pk")]


def test_what_has_been_kept_long_enough_is_deleted_with_one_entry_for_each_model():
    anna = make.person()
    kept = [mail_of(90), mail_of(1), search_of(anna, 89)]
    for age in (91, 92):
        mail_of(age)
    search_of(anna, 100)

    deleted = due.delete(at=NOW)

    assert deleted == {Mail: 2, RecentSearch: 1}
    assert [*Mail.objects.order_by("pk"), *RecentSearch.objects.all()] == kept
    assert entries() == [
        ("records.deleted", "kit.mail", {"number": [None, 2]}),
        ("records.deleted", "notices.recentsearch", {"number": [None, 1]}),
    ]


def test_a_run_in_which_nothing_is_due_leaves_no_entry():
    mail_of(91)
    due.delete(at=NOW)

    assert due.delete(at=NOW) == {}
    assert len(entries()) == 1


def test_more_than_one_batch_is_deleted(monkeypatch):
    monkeypatch.setattr(due, "_BATCH", 2)
    for age in range(91, 96):
        mail_of(age)

    assert due.delete(at=NOW) == {Mail: 5}


def test_what_may_be_a_public_document_is_never_deleted_and_waits_on_a_list(monkeypatch):
    timed = replace(Membership.personal, deleted_after=timedelta(days=30), counted_from="asked_at")
    monkeypatch.setattr(Membership, "personal", timed)
    make.membership(asked_at=NOW - timedelta(days=40))
    make.membership(asked_at=NOW - timedelta(days=10))

    deleted, (waiting,) = due.delete(at=NOW), due.waiting_for_archive(at=NOW)

    assert (deleted, Membership.objects.count(), entries()) == ({}, 2, [])
    assert (waiting.label, waiting.number, waiting.since) == ("Memberships", 1, NOW - timedelta(days=10))


def test_what_would_take_a_public_document_with_it_counts_as_one():
    wc = {model for model, said in declared().items() if said.document == Document.WORKING_COPY}

    assert is_record(Person)
    assert is_record(Membership)
    assert not [model for model, _rows in rows.working_copies(make.person()) if model not in wc]
    assert not is_record(Mail)


def test_the_hub_does_it_every_night():
    scheduled = jobs.schedule.get("personal-data-due")

    assert (scheduled.function, scheduled.at) == (due.delete_due, "04:10")


def test_national_advisers_see_what_waits_and_nobody_else_does(client, home, monkeypatch):
    timed = replace(Membership.personal, deleted_after=timedelta(days=1), counted_from="asked_at")
    monkeypatch.setattr(Membership, "personal", timed)
    make.membership(asked_at=datetime(2020, 1, 1, tzinfo=UTC))

    page = browser(adviser()).get("/due-records/")

    assert "Memberships 1 2 Jan 2020" in text_of(page)
    others = [somebody(), make.actor(administers=True)]
    assert [browser(one).get("/due-records/").status_code for one in others] == [403, 403]
    assert client.get("/due-records/").status_code == 302


def test_an_empty_list_says_so(home):
    assert "Nothing waits for a decision now." in text_of(browser(adviser()).get("/due-records/"))
