import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from samspel.lake import load
from samspel.lake.codelists import CodeLists
from samspel.lake.notice import Kind, as_datetime
from samspel.lake.store import Lake
from samspel.notices.sample import sample_notices
from samspel.notices.sample.everyday import purchases
from samspel.notices.sample.story import buyers, needs, suppliers
from samspel.registration_numbers import is_personal_number

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
STORY = "sample/nattillsyn-lillanas-2025"

# The weights of each country's check digit, from the left, and the modulus.
CHECKS = {
    "NO": ((3, 2, 7, 6, 5, 4, 3, 2, 1), 11),
    "DK": ((2, 7, 6, 5, 4, 3, 2, 1), 11),
    "FI": ((7, 9, 10, 5, 8, 4, 2, 1), 11),
}


@pytest.fixture(scope="module")
def notices():
    return list(sample_notices(TODAY))


@pytest.fixture(scope="module")
def lake(notices, tmp_path_factory):
    filled = Lake(tmp_path_factory.mktemp("sample"))
    load.load_records(filled, notices, at=NOW)
    return filled


def test_the_same_day_gives_the_same_sample(notices):
    assert list(sample_notices(TODAY)) == notices


def test_every_notice_goes_into_a_lake_once(notices, tmp_path):
    report = load.load_records(Lake(tmp_path), notices, at=NOW)

    assert (report.read, report.new, report.unreadable, report.unknown_codes) == (len(notices), len(notices), [], {})
    assert 250 <= len(notices) <= 400


def test_every_kind_of_notice_is_there(notices):
    assert {notice.kind for notice in notices} == {*Kind}


def test_both_generations_of_formats_languages_and_currencies_are_there(notices):
    found = {
        "formats": {notice.format for notice in notices},
        "languages": {text.language for notice in notices for text in notice.title},
        "currencies": {notice.awarded_value.currency for notice in notices if notice.awarded_value},
    }

    assert found == {
        "formats": {"R2.0.9.S05", "eforms-sdk-1.13"},
        "languages": {"sv", "nb", "nn", "da", "fi", "en"},
        "currencies": {"SEK", "NOK", "DKK", "EUR"},
    }


def test_every_year_has_innovation_by_the_rules_that_its_formats_can_answer(lake):
    rows = lake.connection().execute(
        "SELECT year, count_if(procedure_1) > 0, count_if(wording_1) > 0, count_if(declared_1) > 0 FROM procurements "
        "WHERE year IS NOT NULL GROUP BY year ORDER BY year"
    )

    answers = {year: (procedure, wording) for year, procedure, wording, _declared in rows.fetchall()}
    declared = lake.connection().execute("SELECT DISTINCT year FROM procurements WHERE declared_1 AND year >= 2024")

    assert answers == dict.fromkeys(range(2017, 2027), (True, True))
    assert sorted(year for (year,) in declared.fetchall()) == [2024, 2025, 2026]


def test_the_marks_begin_with_eforms(notices):
    assert [
        notice.key for notice in notices if notice.marks.strategic and notice.published_on < date(2023, 10, 25)
    ] == []


def test_dialogue_competition_correction_and_result_are_one_procurement(lake):
    rows = lake.connection().execute(
        "SELECT key, kind, replaced FROM members WHERE procurement = 'nattillsyn-lillanas-2025' ORDER BY seen_on"
    )

    assert rows.fetchall() == [
        (f"{STORY}-dialog/01", "consultation", False),
        (f"{STORY}-annons/01", "competition", True),
        (f"{STORY}-annons/02", "change", False),
        (f"{STORY}-resultat/01", "result", False),
    ]


def test_the_steps_of_an_old_purchase_are_joined_by_what_they_follow(lake):
    rows = lake.connection().execute(
        "SELECT kind, version FROM members JOIN notices USING (key, kind) "
        "WHERE procurement = 'elferje-fjordvik-2019' ORDER BY seen_on"
    )

    kinds = [kind for kind, _version in rows.fetchall()]

    assert kinds == ["planning", "competition", "change", "result", "change", "completion"]


def test_a_lot_can_end_without_tenders(lake):
    result = lake.notice("sample/teckensprakstolk-malarstrand-2024-resultat/01")

    last = result.lots[-1]

    assert (last.result, last.not_awarded_reason, last.tenders) == ("clos-nw", "no-rece", 0)


@pytest.mark.parametrize("day", [TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2031, 6, 30)])
def test_some_competitions_and_a_consultation_are_open_on_any_day(day):
    now = datetime.combine(day, datetime.min.time(), UTC)

    kinds = Counter(
        notice.kind
        for notice in sample_notices(day)
        for due in notice.deadlines
        if due.kind in {"tenders", "requests", "answers"} and (at := as_datetime(due.at)) and at > now
    )

    assert kinds[Kind.COMPETITION] >= 3
    assert kinds[Kind.CONSULTATION] >= 1


def test_no_notice_is_of_a_later_day(notices):
    assert max(notice.published_on for notice in notices) <= TODAY


def test_every_text_has_a_language_and_no_place_left_to_fill(notices):
    texts = [
        text
        for notice in notices
        for part in (notice, *notice.lots)
        for text in (*part.title, *part.description)
        if text.language not in {"sv", "nb", "nn", "da", "fi", "en"} or not text.text or "{" in text.text
    ]

    assert texts == []


# eForms: BT-21 holds 255 letters, BT-24 six thousand.
def test_nothing_is_longer_than_in_a_real_notice(notices):
    assert max(len(text.text) for notice in notices for text in notice.title) <= 255
    assert max(len(text.text) for notice in notices for text in notice.description) <= 6000
    assert max(len(notice.lots) for notice in notices) <= 10


def test_every_need_is_bought_by_somebody():
    bought = {story.slug.split("-")[0] for story in purchases(TODAY)}

    assert bought == {need.slug for need in needs()}


def test_buyers_come_back_over_the_years(lake):
    rows = lake.connection().execute(
        "SELECT buyer_name FROM procurements WHERE year IS NOT NULL GROUP BY buyer_name HAVING count(DISTINCT year) < 3"
    )

    assert rows.fetchall() == []


def test_the_sole_trader_is_told_as_a_person_and_no_number_of_it_is_shown(lake):
    rows = lake.connection().execute("SELECT name, identifier, key FROM parties WHERE is_person").fetchall()

    assert rows == [("Handtal i Lillånäs (enskild firma)", None, "SE-handtal-i-lillanas-enskild-firma")]


def test_the_codes_are_those_of_the_official_list(notices, tmp_path):
    codes = {code for notice in notices for code in (notice.cpv, *notice.cpv_additional)}

    assert [code for code in codes if CodeLists(tmp_path).label("cpv", code, "en") is None] == []


def test_the_addresses_lead_nowhere(notices):
    addresses = {buyer.website for notice in notices for buyer in notice.buyers if buyer.website}

    assert [address for address in addresses if not re.fullmatch(r"https://[a-z.]+\.example", address)] == []
    assert {notice.url for notice in notices} == {None}


@pytest.mark.parametrize("party", [*buyers().values(), *suppliers().values()], ids=lambda party: party.name)
def test_no_registration_number_can_be_real(party):
    assert not _passes_check(party.identifier, party.country)


def test_no_two_parties_share_a_number():
    numbers = Counter((party.country, party.identifier) for party in (*buyers().values(), *suppliers().values()))

    assert numbers.most_common(1)[0][1] == 1


def test_the_sole_traders_number_has_no_date_of_birth():
    number = suppliers()["handtal"].identifier

    assert is_personal_number(number, "SE")
    assert int(number[2:4]) > 12


def _passes_check(number, country):
    if country == "SE":
        doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(number))
        return sum(map(int, doubled)) % 10 == 0
    weights, modulus = CHECKS[country]
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % modulus == 0
