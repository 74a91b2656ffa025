import csv
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone, translation

from samspel.kit import trail
from samspel.kit.models import TrailEntry
from samspel.organisations.details import actions
from samspel.organisations.history.lines import lines
from tests import make
from tests.organisations.test_details import chief, programme, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ORGANISATIONS = Path(__file__).resolve().parents[2] / "samspel" / "organisations"


def told(record, *, by, before=None, verb="organisation.changed", owner=None):
    with transaction.atomic():
        return trail.record(verb, record, by=by, before=before, owner=owner)


def address(actor):
    return f"/organisations/{actor.organisation_id}/trail/"


def body_of(response):
    return b"".join(response.streaming_content).decode()


def changes_of(entry):
    (line,) = lines([entry])
    return [(change.label, change.before, change.after) for change in line.changes]


def test_a_change_is_told_field_by_field_in_words():
    anna = chief(size="small", region="SE125")
    parent = make.organisation(name="Granåkra kommun")
    before = trail.state(anna.organisation)
    anna.organisation.size = "large"
    anna.organisation.region = "SE110"
    anna.organisation.inhabitants = 12345
    anna.organisation.cpv = ["33"]
    anna.organisation.parent = parent
    entry = told(anna.organisation, by=anna, before=before)

    assert changes_of(entry) == [
        ("Size", "Small: 10 to 49 employees", "Large: 250 employees or more"),
        ("Inhabitants", "–", "12,345"),
        ("Region", "Västmanlands län", "Stockholms län"),
        ("Interests", "–", "33 Medical equipments, pharmaceuticals and personal care products"),
        ("Belongs to", "–", "Granåkra kommun"),
    ]


def test_yes_and_no_and_times_are_told_in_words():
    held = make.membership()
    before = trail.state(held)
    held.administers = True
    held.ended_at = datetime(2026, 11, 20, 12, tzinfo=timezone.get_default_timezone())
    entry = told(held, by=None, before=before)

    assert [(change[1], change[2]) for change in changes_of(entry)] == [
        ("No", "Yes"),
        ("–", "Fri 20 Nov 2026 at 12:00"),
    ]


def test_of_a_personal_field_only_that_it_changed_is_told():
    person = make.person(name="Kari Nordmann")
    before = trail.state(person)
    person.name = "Kari Hansen"
    entry = told(person, by=None, before=before, owner=make.organisation())

    (line,) = lines([entry])

    assert [(change.label, change.is_personal, change.after) for change in line.changes] == [("Name", True, "")]


def test_who_and_for_whom_are_named_as_they_are_called_when_it_is_read():
    anna = chief()
    entry = told(anna.organisation, by=anna)
    anna.person.name, anna.organisation.name = "Anna Lind", "Lillånäs stad"
    anna.person.save()
    anna.organisation.save()

    (line,) = lines([entry])

    assert (line.who, line.whom, line.did, line.kind, line.of) == (
        "Anna Lind",
        "Lillånäs stad",
        "changed the details",
        "organisation",
        "Lillånäs stad",
    )


def test_an_erased_person_has_no_name_and_the_hub_itself_has_one():
    anna = chief()
    entry = told(anna.organisation, by=anna)
    anna.person.erased_at = timezone.now()
    anna.person.save()
    gone = TrailEntry(person_id=4711, verb="organisation.changed", record_kind="organisations.organisation")
    nobody = TrailEntry(verb="of.another.version", record_kind="gone.model", record_id="x", changes={"field": [1, 2]})

    assert [line.who for line in lines([entry, gone, nobody])] == ["Erased person", "Erased person", "The hub"]
    assert changes_of(nobody) == [("field", "1", "2")]


@pytest.mark.parametrize("entries", [1, 3])
def test_three_entries_cost_what_one_costs(client, home, entries, django_assert_num_queries):
    anna = chief()
    for number in range(entries):
        other = make.membership(organisation=anna.organisation)
        told(other, by=make.actor(organisation=anna.organisation), verb="membership.changed")
        before = trail.state(anna.organisation)
        anna.organisation.parent = make.organisation()
        anna.organisation.name = f"Name {number}"
        told(anna.organisation, by=anna, before=before)
    written = list(TrailEntry.objects.filter(owner_id=anna.organisation_id))

    with django_assert_num_queries(5):
        lines(written)


@pytest.mark.parametrize(
    "role, administers, status", [("leader", False, 200), ("procurer", True, 200), ("procurer", False, 403)]
)
def test_leaders_and_administrators_read_the_history_of_their_organisation(client, home, role, administers, status):
    actor = make.actor(role=role, administers=administers)
    told(actor.organisation, by=actor)

    assert signed_in(client, actor).get(address(actor)).status_code == status


def test_nobody_else_reads_it(client, home):
    anna = chief()

    assert client.get(address(anna)).status_code == 302
    for wrong in (chief(), programme()):
        signed_in(client, wrong)
        assert client.get(address(anna)).status_code == 403
        assert client.post(f"{address(anna)}export/", {"format": "csv"}).status_code == 403


def test_the_page_holds_what_belongs_to_the_organisation_and_nothing_else(client, home):
    anna, other = chief(), chief(name="Granåkra kommun")
    actions.change(organisation=anna.organisation, details={"name": "Lillånäs stad"}, by=anna)
    actions.change(organisation=other.organisation, details={"name": "Granåkra stad"}, by=other)

    page = text_of(signed_in(client, anna).get(address(anna)))

    assert "1 entry" in page
    assert "Kari Nordmann changed the details Organisation · for Lillånäs stad" in page
    assert "Name: Lillånäs kommun → became Lillånäs stad" in page
    assert "Granåkra" not in page


def test_the_history_is_narrowed_by_kind_person_and_time(client, home):
    anna, colleague = chief(), make.person(name="Olle Ek")
    make.membership(person=colleague, organisation=anna.organisation)
    told(anna.organisation, by=anna)
    told(anna.membership, by=type(anna)(colleague, None), verb="membership.changed")
    signed_in(client, anna)

    def entries(**asked):
        page = text_of(client.get(address(anna), asked))
        return next(words for words in ("no entries", "1 entry", "2 entries", "Nothing here") if words in page)

    assert entries(kind="organisations.membership") == "1 entry"
    assert entries(person=colleague.pk) == "1 entry"
    assert entries(since=timezone.localdate(), until=timezone.localdate()) == "2 entries"
    assert entries(until="2020-01-01") == "Nothing here"
    assert entries(kind="'; --", person="x" * 50, since="yesterday", page="-1") == "2 entries"


def test_hostile_words_in_the_trail_are_written_as_text(client, home):
    anna = chief()
    actions.change(organisation=anna.organisation, details={"name": "<script>alert(1)</script>"}, by=anna)

    assert "<script>alert" not in signed_in(client, anna).get(address(anna)).content.decode()


def test_the_history_is_taken_out_as_csv_which_runs_nothing_and_stands_in_the_history(client, home):
    anna = chief()
    actions.change(organisation=anna.organisation, details={"name": "=1+1", "size": "large"}, by=anna)

    response = signed_in(client, anna).post(f"{address(anna)}export/", {"format": "csv"})
    rows = list(csv.DictReader(body_of(response).removeprefix("\ufeff").splitlines()))

    assert response["Content-Disposition"] == f'attachment; filename="samspel-trail-{anna.organisation_id}.csv"'
    assert [(row["what"], row["field"], row["before"], row["after"]) for row in rows] == [
        ("took the history out as a file", "", "", ""),
        ("changed the details", "Name", "Lillånäs kommun", "'=1+1"),
        ("changed the details", "Size", "–", "Large: 250 employees or more"),
    ]
    assert {row["person"] for row in rows} == {"Kari Nordmann"}
    assert TrailEntry.objects.first().verb == "trail.exported"


def test_what_is_narrowed_is_taken_out_narrowed(client, home):
    anna = chief()
    told(anna.organisation, by=anna)
    told(anna.membership, by=anna, verb="membership.changed")

    response = signed_in(client, anna).post(f"{address(anna)}export/?kind=organisations.membership", {"format": "json"})

    (entry,) = json.loads(body_of(response))["entries"]
    assert (entry["what"], entry["kind"]) == ("changed what the member does", "membership")
    assert entry["record"] == "Kari Nordmann – Lillånäs kommun"


def test_a_long_history_is_taken_out_whole_in_the_reader_s_language(client, home):
    anna = chief()
    TrailEntry.objects.bulk_create(
        TrailEntry(
            person_id=anna.person_id,
            verb="organisation.changed",
            record_kind="organisations.organisation",
            record_id=str(anna.organisation_id),
            owner_id=anna.organisation_id,
        )
        for _ in range(2_100)
    )
    signed_in(client, anna)
    client.cookies["django_language"] = "nb"

    response = client.post(f"{address(anna)}export/", {"format": "json"})
    with translation.override("en"):
        entries = json.loads(body_of(response))["entries"]

    assert len({entry["at"] for entry in entries}) > 1
    assert len(entries) == 2_101


@pytest.mark.parametrize("kind", ["", "xlsx", "../csv"])
def test_a_format_that_is_not_there_is_not_found_and_nothing_is_noted(client, home, kind):
    anna = chief()

    assert signed_in(client, anna).post(f"{address(anna)}export/", {"format": kind}).status_code == 404
    assert not TrailEntry.objects.exists()


def test_every_verb_that_the_organisations_write_has_words():
    sources = "".join(path.read_text() for path in ORGANISATIONS.rglob("*.py"))
    written = set(re.findall(r'trail\.record\(\s*"([a-z_.]+)"', sources))

    assert {verb for verb in written if trail.verbs.get(verb) is None} == set()
