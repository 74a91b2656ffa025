import html
import re
from datetime import date

import pytest

from samspel.lake.breaks import _BREAKS, _REFERENCES
from samspel.lake.indicators import INDICATORS
from samspel.lake.rules import RULES
from samspel.notices.indicators import counting, words
from samspel.notices.indicators.series import STATISTICS
from tests import make
from tests.notices.indicator_lake import WRONG, heading_of, indicator_hub, numbers_of, text_of, tried_hub

__all__ = ["indicator_hub", "tried_hub"]


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "No innovation procurement found in 2025"),
        ("?year=2025", "No innovation procurement found in 2025"),
        ("?country=NO&year=2024", "Between 0 and 1 innovation procurements in Norway in 2024"),
        ("?country=SE&year=2024", "1 innovation procurement in Sweden in 2024"),
        ("?country=NO,SE&year=2024", "Between 1 and 2 innovation procurements in Norway and Sweden in 2024"),
        ("?region=NO0A2&year=2025", "No innovation procurement found in Vestland in 2025"),
        ("?year=2019", "How many innovation procurements there were cannot be said"),
    ],
)
def test_the_heading_says_the_lowest_and_the_highest_of_what_can_be_told(client, tried_hub, query, heading):
    assert heading_of(client.get(f"/indicators/{query}")) == heading


def test_a_year_that_no_notice_can_answer_for_is_said_to_be_unknown(client, tried_hub):
    page = text_of(client.get("/indicators/declared/?year=2020"))

    assert "Declared: cannot say (2020)" in page
    assert "No procurement of this year is among those it can judge." in page
    assert re.search(r"2020 – 0 –", page)
    assert "– means that nobody can say" in page


def test_breaks_are_drawn_and_told_in_words(client, tried_hub):
    response = client.get("/indicators/procedure/")
    marked = client.get("/indicators/joint/")

    assert "c-break" not in response.content.decode()
    assert 'class="c-break"' in marked.content.decode()
    assert "Dashed line at 2023 (Joint procurement): a break, compare only within a line." in text_of(marked)
    assert "Break: With eForms, joint is told by the buyers a notice names" in text_of(marked)


def test_the_break_of_the_swedish_statistics_is_told_only_where_the_hub_has_them(client, home):
    page = text_of(client.get("/indicators/joint/"))
    statistics = make.notice(source="uhm", format="uhm-csv", published_on=date(2021, 3, 1), joint=False)
    before = make.notice(published_on=date(2020, 3, 1), joint=False)
    make.lake(home.lake, statistics, before, make.notice(joint=True))

    assert "Swedish statistics begin" not in page
    assert "Swedish statistics begin" in text_of(client.get("/indicators/joint/"))


def test_the_numbers_that_others_counted_stand_beside_the_line_and_never_in_it(client, tried_hub):
    response = client.get("/indicators/")
    line = re.findall(r"<svg class=\"chart\".*?</svg>", response.content.decode(), re.DOTALL)

    assert "Not in the line, since it was counted in another way: 6 (2010) and 180 (2016)." in text_of(response)
    assert "6 (2010)" in text_of(client.get("/indicators/?country=NO"))
    assert "6 (2010)" not in text_of(client.get("/indicators/?country=SE"))
    assert not any("2010" in one or "180" in one for one in line)


def test_a_picture_tells_its_numbers_to_a_screen_reader(client, tried_hub):
    page = client.get("/indicators/").content.decode()

    assert 'aria-label="Procedure. 2020: 0, 2022: 0, 2023: 0, 2024: 1, 2025: 0."' in page


def test_the_statistics_that_could_not_be_joined_are_counted(client, home):
    make.lake(home.lake, make.notice(source="uhm", format="uhm-csv", published_on=date(2021, 3, 1)), make.notice())

    page = text_of(client.get("/indicators/"))

    assert "1 procurement stands in the Swedish statistics" in page
    assert "None could be joined." in page


@pytest.mark.parametrize("name", counting.NAMES)
def test_the_page_of_an_indicator_tells_its_rule_in_full(client, tried_hub, name):
    page = text_of(client.get(f"/indicators/{name}/"))

    for rule in (rule for rule in RULES if rule.name == name):
        assert f"Version {rule.version}, used since 20 Nov 2026" in page
        assert all(text in page for text in (rule.reason, rule.blind, rule.source[:40]))
    assert next(one.blind for one in INDICATORS if one.name == name) in page


def test_the_precision_of_the_wording_rule_is_shown_with_the_number_that_was_read(client, tried_hub):
    right, read = next(rule for rule in RULES if rule.name == "wording").measured()

    for page in ("/indicators/", "/indicators/wording/"):
        expected = f"Of {read} hits that a person has read, {round(100 * right / read)} per cent were right."
        assert expected in text_of(client.get(page))


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize("page", ["", "tenders/", "declared/procurements/"])
def test_what_cannot_be_read_in_an_address_is_left_out_and_told(client, tried_hub, page, query):
    response = client.get(f"/indicators/{page}?{query}")

    assert response.status_code == 200
    stripped = query == "country=%00"
    assert ("Not all of the address could be read." in text_of(response)) is not stripped
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "address",
    [
        "nothing/",
        "planned/",
        "all/",
        "nothing/procurements/",
        "nothing/procurements.csv",
        "declared/procurements.exe",
        "by/year.exe",
        "by/buyer.csv",
        "by/year.csv?indicator=nothing",
        "nothing/years.svg",
    ],
)
def test_what_has_no_name_here_is_not_found(client, tried_hub, address):
    assert client.get(f"/indicators/{address}").status_code == 404


@pytest.mark.parametrize("address", ["", "declared/", "declared/procurements/"])
def test_a_hub_without_notices_says_so(client, home, address):
    response = client.get(f"/indicators/{address}")

    assert (response.status_code, heading_of(response)) == (200, "Nothing to count yet")


def test_the_address_holds_the_whole_question(client, tried_hub):
    page = client.get("/indicators/?country=NO&from=2022&cpv=33")
    address = re.search(r"<code>(.*?)</code>", page.content.decode()).group(1)

    again = client.get(html.unescape(address).removeprefix("http://testserver"))

    assert (
        address == "http://testserver/indicators/?country=NO&amp;cpv=33&amp;from=2022&amp;year=2025&amp;rule=declared"
    )
    assert heading_of(again) == heading_of(page)
    assert numbers_of(again) == {(url, number) for url, number in numbers_of(page)}


def test_who_narrows_the_count_gets_an_address_without_empty_parts(client, tried_hub):
    response = client.get("/indicators/?country=NO&region=&cpv=", headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == "/indicators/?country=NO"


def test_every_text_of_the_lakes_indicators_can_be_translated():
    texts = {text for rule in RULES for text in (rule.reason, rule.source, rule.blind)}
    texts |= {one.blind for one in INDICATORS} | {one.words for _names, _countries, one in _BREAKS}
    texts |= {text for _names, one in _REFERENCES for text in (one.words, one.unit)}

    assert texts == {*words.TEXTS}


def test_every_break_has_words_for_the_picture_and_one_is_that_of_the_statistics():
    said = [one.words for _names, _countries, one in _BREAKS]

    assert all(words.short_break(one) for one in said)
    assert sum(one.startswith(STATISTICS) for one in said) == 1
