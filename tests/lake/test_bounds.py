from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samspel.lake import formats
from samspel.lake.bounds import bounded
from samspel.lake.documents import Document
from samspel.lake.notice import Buyer, Deadline, Lot, Money, Unreadable, Winner
from tests.lake.make import notice
from tests.lake.make_eforms import eforms

SOUND = {
    "tenders": 3,
    "published_on": date(2031, 1, 2),
    "deadlines": (Deadline("tenders", "2031-02-03T12:00:00+01:00"),),
    "estimated_value": Money(9e14, "SEK"),
    "buyers": (Buyer("Lillånäs kommun", website="https://lillanas.example"),),
    "winners": (Winner("Brobyggarna AB", "5560125790", "SE"),),
    "lots": (Lot("LOT-0001", tenders=2_000_000, duration_months=48.0, starts_on=date(1900, 1, 1)),),
}


def test_a_notice_within_bounds_stays_as_it_is():
    sound = notice(**SOUND)

    assert bounded(sound) == sound


@pytest.mark.parametrize(
    "fields, term",
    [
        ({"tenders": 99_999_999_999}, "BT-759:99999999999"),
        ({"tenders_sme": -5}, "BT-759:-5"),
        ({"estimated_value": Money(float("nan"), "NOK")}, "BT-27:nan"),
        ({"awarded_value": Money(float("inf"), "NOK")}, "BT-161:inf"),
        ({"awarded_value": Money(1e15, "NOK")}, "BT-161:1000000000000000.0"),
        ({"published_on": date(9999, 12, 31)}, "OPP-012:9999-12-31"),
        ({"dispatched_on": date(1, 1, 1)}, "BT-05(a):0001-01-01"),
    ],
)
def test_a_value_out_of_bounds_is_left_out_and_remembered(fields, term):
    (field,) = fields
    stated = notice(**fields)

    assert bounded(stated) == replace(stated, **{field: None}, unknown_codes=(term,))


@pytest.mark.parametrize(
    "fields, term",
    [
        ({"tenders": 2_000_001}, "BT-759:2000001"),
        ({"awarded_value": Money(1e300, "SEK")}, "BT-720:1e+300"),
        ({"duration_months": 1e9}, "BT-36:1000000000.0"),
        ({"ends_on": date(2201, 1, 1)}, "BT-537:2201-01-01"),
        ({"deadlines": (Deadline("requests", "0001-01-01"),)}, "BT-1311:0001-01-01"),
    ],
)
def test_a_value_of_a_lot_out_of_bounds_is_left_out_and_remembered(fields, term):
    found = bounded(notice(lots=(Lot("1", **fields),)))

    assert (found.lots, found.unknown_codes) == ((Lot("1"),), (term,))


def test_a_deadline_at_the_edge_of_the_calendar_is_left_out():
    kept, edge = Deadline("tenders", "2031-02-03"), Deadline("opening", "9999-12-31T23:59:59Z")

    found = bounded(notice(deadlines=(kept, edge)))

    assert (found.deadlines, found.unknown_codes) == ((kept,), ("BT-132:9999-12-31T23:59:59Z",))


def test_a_winner_is_a_person_where_its_number_says_so_and_its_name_shows_no_such_number():
    winners = (
        Winner("Eli 800101-1234", "5560125790", "SE", value=Money(float("inf"), "SEK")),
        Winner("Kim", "8001011234", "SE"),
    )

    found = bounded(notice(winners=winners))

    assert found.winners == (
        Winner("Eli ••••••-••••", "5560125790", "SE"),
        Winner("Kim", "8001011234", "SE", is_person=True),
    )


@pytest.mark.parametrize("website", ["kim@example.org", "mailto:kim@example.org", "https://kim:secret@example.org"])
def test_a_website_that_is_a_mail_address_or_holds_a_password_is_left_out(website):
    assert bounded(notice(buyers=(Buyer("Exempelstad", website=website),))).buyers == (Buyer("Exempelstad"),)


@pytest.mark.parametrize("field", ["identifier", "version", "publication_number"])
@pytest.mark.parametrize("text", ["", "..", "a/b", "a b", "a\nb", "a\0", "%00", "?x#y", "٣-2031", "a" * 101])
def test_what_cannot_be_an_address_makes_a_notice_unreadable(field, text):
    found = bounded(notice(**{field: text}))

    assert isinstance(found, Unreadable)
    assert str(found).startswith(f"Its {field.replace('_', ' ')} “")
    assert str(found).endswith("” is not one the hub can use as an address.")
    assert str(found).isprintable()


@pytest.mark.parametrize("text", ["11111111-2222-4333-8444-555555555555", "2031-Å12", "1.2_a:b", "a" * 100])
def test_identifiers_of_every_source_are_addresses(text):
    assert bounded(notice(identifier=text)).identifier == text


def test_bounds_hold_for_a_document_of_any_format():
    xml = eforms(issued="9999-01-01", version="0/1")
    hits = '{"hits": [{"id": "2031-1", "type": "RESULT", "issueDate": "0001-01-01"}, {"id": 1}]}'

    (refused,) = formats.read(Document("a.xml", xml))
    read, other = formats.read(Document("a.json", hits.encode()))

    assert str(refused) == "Its version “0/1” is not one the hub can use as an address."
    assert (read.dispatched_on, read.unknown_codes) == (None, ("BT-05(a):0001-01-01",))
    assert isinstance(other, Unreadable)


SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eforms" / "examples"


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_no_official_example_loses_its_address():
    found = [
        item for path in sorted(SHARED.glob("*.xml")) for item in formats.read(Document(path.name, path.read_bytes()))
    ]

    assert not [str(item) for item in found if "address" in str(item) and isinstance(item, Unreadable)]
