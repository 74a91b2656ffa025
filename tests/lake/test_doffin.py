import json
from datetime import date
from math import inf
from pathlib import Path

import pytest

from samspel.lake.doffin import read_all
from samspel.lake.notice import Buyer, Deadline, Kind, Lot, Money, Notice, Text, Unreadable, Winner

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

# Invented; 999888771 is nine digits with a true check digit.
NUMBER = "999888771"
HEADING = "Nye ladestasjoner for kommunens ferger"
DESCRIPTION = "Kommunen skal anskaffe ladestasjoner for ferger, med installasjon og vedlikehold i åtte år."


def hit(**fields):
    """Return one hit as Doffin writes it, with ``fields`` in place of its own."""
    return {
        "id": "2031-100001",
        "buyer": [{"id": "b1", "organizationId": NUMBER, "name": "Fjordvik kommune"}],
        "heading": HEADING,
        "description": DESCRIPTION,
        "locationId": ["NO0A2"],
        "estimatedValue": {"currencyCode": "NOK", "amount": 12000000},
        "type": "ANNOUNCEMENT_OF_COMPETITION",
        "allTypes": ["ANNOUNCEMENT_OF_COMPETITION", "COMPETITION"],
        "status": "ACTIVE",
        "issueDate": "2031-02-03T10:11:12Z",
        "deadline": "2031-03-10T11:00:00Z",
        "publicationDate": "2031-02-04",
        "receivedTenders": None,
        "allReceivedTenders": None,
        "cpvCodes": ["31000000", "31158000", "31100000"],
        "lots": [{"heading": HEADING, "description": DESCRIPTION, "winner": []}],
        **fields,
    }


def read(document):
    return list(read_all(json.dumps(document).encode()))


def read_one(**fields):
    return read(hit(**fields))[0]


def reasons(document):
    return [str(outcome) for outcome in read(document) if isinstance(outcome, Unreadable)]


def test_one_hit_becomes_a_full_record():
    notice = read_one()

    assert notice == Notice(
        source="doffin",
        identifier="2031-100001",
        version="01",
        format="doffin-json",
        kind=Kind.COMPETITION,
        publication_number="2031-100001",
        form_type="competition",
        notice_type="ANNOUNCEMENT_OF_COMPETITION",
        url="https://www.doffin.no/notices/2031-100001",
        language="no",
        title=(Text("no", HEADING),),
        description=(Text("no", DESCRIPTION),),
        cpv="31158000",
        cpv_additional=("31000000", "31100000"),
        nuts=("NO0A2",),
        joint=False,
        published_on=date(2031, 2, 4),
        dispatched_on=date(2031, 2, 3),
        deadlines=(Deadline("tenders", "2031-03-10T11:00:00Z"),),
        estimated_value=Money(12000000.0, "NOK"),
        buyers=(Buyer("Fjordvik kommune", NUMBER, "NO"),),
        lots=(Lot("1", title=(Text("no", HEADING),), description=(Text("no", DESCRIPTION),)),),
    )


def test_a_page_gives_its_hits_in_order():
    page = {"numHitsTotal": 2, "numHitsAccessible": 2, "hits": [hit(), hit(id="2031-100002")]}

    assert [notice.publication_number for notice in read(page)] == ["2031-100001", "2031-100002"]


def test_one_bad_hit_does_not_stop_the_others():
    page = {"hits": [hit(), hit(id=7), hit(id="2031-100003")]}

    outcomes = read(page)

    assert [getattr(outcome, "identifier", str(outcome)) for outcome in outcomes] == [
        "2031-100001",
        "Hit 2: the field id is not a text.",
        "2031-100003",
    ]


def test_a_page_without_hits_gives_nothing():
    assert read({"numHitsTotal": 0, "hits": []}) == []


@pytest.mark.parametrize(
    "stated, wider, status, kind",
    [
        ("ADVISORY_NOTICE", ["PLANNING", "ADVISORY_NOTICE"], None, Kind.PLANNING),
        ("ANNOUNCEMENT_OF_COMPETITION", ["COMPETITION"], "CANCELLED", Kind.CANCELLED),
        ("ANNOUNCEMENT_OF_INTENT", ["ANNOUNCEMENT_OF_INTENT", "RESULT"], None, Kind.INTENTION),
        ("ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT", ["RESULT"], None, Kind.RESULT),
        ("CANCELLED_OR_MISSING_CONCLUSION_OF_CONTRACT", ["RESULT"], None, Kind.CANCELLED),
        ("CHANGE_OF_CONCLUSION_OF_CONTRACT", ["RESULT"], None, Kind.CHANGE),
    ],
)
def test_the_kind_follows_the_one_type_and_not_the_wider_ones(stated, wider, status, kind):
    assert read_one(type=stated, allTypes=wider, status=status).kind is kind


def test_an_unknown_type_is_reported_and_read_by_the_wider_one():
    notice = read_one(type="SOMETHING_NEW", allTypes=["SOMETHING_NEW", "RESULT"], status="PAUSED")

    assert (notice.kind, notice.notice_type) == (Kind.RESULT, "SOMETHING_NEW")
    assert notice.unknown_codes == ("doffin-status:PAUSED", "doffin-type:SOMETHING_NEW")


def test_what_is_null_or_empty_is_not_said():
    notice = read_one(
        description=None, locationId=[], estimatedValue=None, status=None, deadline=None, cpvCodes=[], lots=[], buyer=[]
    )

    assert (notice.description, notice.nuts, notice.estimated_value, notice.deadlines) == ((), (), None, ())
    assert (notice.cpv, notice.cpv_additional, notice.lots, notice.buyers) == (None, (), (), ())


def test_anywhere_is_no_region():
    assert read_one(locationId=["anyw", "NO020"]).nuts == ("NO020",)


def test_without_one_code_that_all_lead_to_no_cpv_code_is_the_main_one():
    notice = read_one(cpvCodes=["48000000", "72000000", "72300000"])

    assert (notice.cpv, notice.cpv_additional) == (None, ("48000000", "72000000", "72300000"))


def test_suppliers_are_told_once_with_their_lots():
    suppliers = [{"id": "w1", "organizationId": NUMBER, "name": "Ladekraft AS"}]
    abroad = [{"id": "w2", "organizationId": None, "name": "Charging OY"}]
    lots = [{"heading": "Sør", "winner": suppliers}, {"heading": "Nord", "winner": suppliers + abroad}]

    notice = read_one(type="ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT", lots=lots)

    assert notice.winners == (
        Winner("Ladekraft AS", NUMBER, "NO", lots=("1", "2")),
        Winner("Charging OY", lots=("2",)),
    )
    assert [lot.result for lot in notice.lots] == ["selec-w", "selec-w"]


def test_a_winner_in_an_intention_is_no_award():
    lots = [{"heading": "Alt", "winner": [{"name": "Ladekraft AS"}]}]

    notice = read_one(type="ANNOUNCEMENT_OF_INTENT", lots=lots)

    assert [lot.result for lot in notice.lots] == [None]


@pytest.mark.parametrize(
    "received, tenders, tenders_sme",
    [
        (None, None, None),
        ([{"type": "tenders", "total": 4}, {"type": "t-sme", "total": 3}], 4, 3),
        ([{"type": "tenders", "total": 0}, {"type": "t-esubm", "total": 3}], None, None),
    ],
)
def test_tenders_are_counted_only_where_the_numbers_agree(received, tenders, tenders_sme):
    notice = read_one(receivedTenders=0, allReceivedTenders=received)

    assert (notice.tenders, notice.tenders_sme) == (tenders, tenders_sme)


def test_several_buyers_buy_jointly():
    names = [{"name": "Fjordvik kommune"}, {"name": "Nesodden kommune"}]

    assert read_one(buyer=names).joint is True


def test_a_sole_trader_stated_by_a_personal_number_is_a_person():
    lots = [{"winner": [{"name": "Kari Invented", "organizationId": "01010112345"}]}]

    assert read_one(lots=lots).winners == (Winner("Kari Invented", "01010112345", lots=("1",), is_person=True),)


@pytest.mark.parametrize(
    "text, language",
    [
        (DESCRIPTION, "no"),
        (
            "Kommunen ønskjer å kjøpe ein ny skule til borna våre, og me vil gjerne høyra kva de meiner om løysinga.",
            "nn",
        ),
        ("The municipality will buy charging stations for its ferries and invites suppliers to a conference.", "en"),
        (
            "Kommunen ska köpa laddstationer för färjor och bjuder därför in leverantörer till dialog om lösningar.",
            "sv",
        ),
        ("Europan 31", "no"),
    ],
)
def test_the_language_is_told_by_the_text_and_norwegian_where_unsure(text, language):
    assert read_one(heading=text, description=None).language == language


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"id": None}, "Hit 1: the id is missing, not a Doffin number such as 2026-112542."),
        ({"id": "../etc"}, "Hit 1: the id is ../etc, not a Doffin number such as 2026-112542."),
        ({"type": None, "allTypes": None}, "Hit 1: the type is missing, so what the notice does is not known."),
        ({"heading": ["a"]}, "Hit 1: the field heading is not a text."),
        ({"buyer": "Fjordvik"}, "Hit 1: the field buyer is not a list of objects."),
        ({"lots": [1]}, "Hit 1: the field lots is not a list of objects."),
        ({"cpvCodes": "31000000"}, "Hit 1: the field cpvCodes is not a list of texts."),
        ({"estimatedValue": 5}, "Hit 1: the field estimatedValue is not an amount with a currency."),
        ({"estimatedValue": {"amount": 5}}, "Hit 1: the field estimatedValue is not an amount with a currency."),
        ({"id": "٢٠٣١-1"}, "Hit 1: the id is ٢٠٣١-1, not a Doffin number such as 2026-112542."),
        ({"publicationDate": "in May"}, "Hit 1: the field publicationDate is in May, not a date."),
        ({"deadline": "noon"}, "Hit 1: the field deadline is noon, not a time."),
    ],
)
def test_a_bad_field_is_explained(fields, reason):
    assert reasons(hit(**fields)) == [reason]


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", "The file is empty."),
        (b"  \n", "The file is empty."),
        (b"<a/>", "The file is not JSON: Expecting value: line 1 column 1 (char 0)."),
        (b"[" * 100_000, "The file is not JSON: "),
        (b'\xff{"hits": []}', "The file is not JSON: "),
        (b"[]", "The JSON is neither a page of hits from Doffin's search nor one hit: it has no hits and no id."),
        (b'{"hits": 3}', "The JSON is neither a page of hits"),
        (b'{"statusCode": 429}', "The JSON is neither a page of hits"),
        (b'{"hits": [1]}', "Hit 1: it is not an object with fields."),
    ],
)
def test_a_file_of_another_shape_is_explained(data, reason):
    outcomes = list(read_all(data))

    assert [type(outcome) for outcome in outcomes] == [Unreadable]
    assert str(outcomes[0]).startswith(reason)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_the_real_answers_are_read_and_the_hand_made_page_is_explained():
    files = sorted((SHARED / "notices" / "doffin-api").glob("*.json"))

    outcomes = {file.name: list(read_all(file.read_bytes())) for file in files}

    assert {name: [getattr(one, "identifier", None) for one in read] for name, read in outcomes.items()} == {
        "contract-award-notice.json": ["2026-112546"],
        "contract-notice.json": ["2026-112541"],
        "eforms-xml-fields.json": [None],
        "intention-notice.json": ["2026-112480"],
        "prior-information-notice.json": ["2026-112539"],
        "search-response-page.json": ["2026-112542", "2026-112546", "2026-112543"],
    }


def test_letters_that_cannot_be_stored_are_replaced():
    notice = read_one(heading="a\ud800b\0c", locationId=["NO\udfff"])

    assert [text.text for text in notice.title] == ["a\ufffdb\ufffdc"]
    assert notice.nuts == ("NO\ufffd",)


@pytest.mark.parametrize("amount", [float("inf"), 10**400])
def test_an_amount_without_end_is_left_to_the_bounds(amount):
    assert read_one(estimatedValue={"amount": amount, "currencyCode": "NOK"}).estimated_value == Money(inf, "NOK")


def test_a_page_larger_than_any_of_the_search_is_not_parsed():
    (refused,) = read_all(b" " * (8 * 2**20 + 1))

    assert str(refused) == "The JSON is larger than 8 MB, which no page of Doffin's search is."


@pytest.mark.parametrize("number", ["820111-2383", "SE820111238301", "01017112345", "Pers.nr 01017112345"])
def test_a_winner_with_a_personal_number_of_any_nordic_country_is_a_person(number):
    lots = [{"heading": HEADING, "winner": [{"name": "Kim", "organizationId": number}]}]

    (winner,) = read_one(type="RESULT", lots=lots).winners

    assert winner.is_person
