import html
import re
from datetime import date

import pytest

from samspel.lake import wording
from samspel.lake.breaks import _REFERENCES, breaks
from samspel.lake.indicators import INDICATORS
from samspel.lake.notice import Marks
from samspel.lake.rules import RULES
from samspel.notices.indicators import counting, words
from samspel.notices.indicators.page import newest_year
from samspel.notices.indicators.trend import FEW
from tests import make
from tests.notices.indicator_lake import MARKED, WRONG, heading_of, indicator_hub, numbers_of, text_of, tried_hub

__all__ = ["indicator_hub", "tried_hub"]


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Norway and Sweden: no innovation procurement found in 2025"),
        ("?year=2025", "Norway and Sweden: no innovation procurement found in 2025"),
        ("?country=all&year=2025", "No innovation procurement found in 2025"),
        ("?country=NO&year=2024", "Norway: between 0 and 1 innovation procurements in 2024"),
        ("?country=SE&year=2024", "Sweden: 1 innovation procurement in 2024"),
        ("?country=NO,SE&year=2024", "Norway and Sweden: between 1 and 2 innovation procurements in 2024"),
        ("?region=NO0A2&year=2025", "Vestland: no innovation procurement found in 2025"),
        ("?year=2019", "Norway and Sweden: how many innovation procurements there were cannot be said"),
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


def test_breaks_are_drawn_and_told_in_words(client, home):
    make.lake(home.lake, *(make.notice(published_on=date(2022 + place % 2, 3, 1), joint=False) for place in range(20)))

    response = client.get("/indicators/procedure/")
    marked = client.get("/indicators/joint/")

    assert "c-break" not in response.content.decode()
    assert 'class="c-break"' in marked.content.decode()
    assert (
        "Dashed line before 2023 (Joint procurement): a break. Compare only years on the same side of it."
    ) in text_of(marked)
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

    assert "Not in the picture, since it was counted in another way: 6 (2010) and 180 (2016)." in text_of(response)
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
        expected = f"Of {read} hits that a person has read, {right} were right."
        assert expected in text_of(client.get(page))


def test_the_hits_that_were_read_are_listed_with_how_they_were_judged(client, home):
    read = wording.review()
    in_hub = read[0]
    make.lake(home.lake, make.notice(publication_number=in_hub["publication_number"]))

    page = client.get("/indicators/wording/")
    table = re.search(r'id="read".*?</table>', page.content.decode(), re.DOTALL).group()

    assert table.count("<tr>") == 1 + len(read)
    assert table.count("<a ") == 1
    assert f"{in_hub['publication_number']} {in_hub['word']} {in_hub['verdict']}" in text_of(page)


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
        "uncounted/",
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
    texts |= {one.blind for one in INDICATORS} | {one.words for name in counting.NAMES for one in breaks(name)}
    texts |= {text for _names, one in _REFERENCES for text in (one.words, one.unit)}
    texts |= {one.source for _names, one in _REFERENCES if not one.source.startswith("https://")}

    assert texts == {*words.TEXTS}


def test_every_break_has_words_for_the_picture():
    said = {one.words for name in counting.NAMES for one in breaks(name)}

    assert len(said) == 5
    assert all(words.short_break(one) for one in said)


def test_a_page_opens_at_the_newest_year_with_enough_to_judge(client, home, time_machine):
    time_machine.move_to("2026-01-15T12:00:00Z")
    make.lake(
        home.lake, make.notice(), *(make.notice(published_on=date(2024, 3, 1), marks=Marks()) for _ in range(FEW))
    )

    response = client.get("/indicators/")

    assert heading_of(response) == "Norway and Sweden: no innovation procurement found in 2024"
    assert "Procurements with a notice 2024–2025" in text_of(response)


@pytest.mark.parametrize(
    ("bases", "year"),
    [
        ({2021: 12_319, 2024: 20, 2025: 3}, 2021),
        ({2021: 12_319, 2024: 200, 2025: 3}, 2024),
        ({2021: 300, 2024: 20, 2025: 19}, 2024),
        ({2021: 3, 2024: 2, 2025: 0}, 2024),
        ({2025: 0}, None),
        ({}, None),
    ],
)
def test_no_page_opens_at_a_year_that_was_hardly_loaded(bases, year):
    assert newest_year(bases) == year


def test_the_hubs_own_countries_are_counted_until_somebody_chooses(client, home, settings):
    other = make.buyer(country="DK", nuts=None, identifier="12345678")
    make.lake(home.lake, make.notice(), make.notice(buyers=(other,)), make.notice(buyers=(other,)))

    def counted(query):
        page = text_of(client.get(f"/indicators/{query}"))
        return int(re.search(r"of the same (\d+) procurement", page).group(1))

    assert (counted(""), counted("?country=all"), counted("?country=DK")) == (1, 3, 2)
    settings.HOME_COUNTRIES = ["DK"]
    assert counted("") == 2
    settings.HOME_COUNTRIES = ["FI"]
    assert counted("") == 3


def test_the_countries_near_at_hand_are_links(client, tried_hub):
    page = client.get("/indicators/declared/?country=SE&cpv=33").content.decode()
    row = re.search(r"Bought in:(.*?)</p>", page, re.DOTALL).group(1)

    assert re.findall(r'href="([^"]*)"( aria-current="true")?>(?:<b>)?([^<]*)', html.unescape(row)) == [
        ("/indicators/declared/?country=NO,SE&cpv=33&year=2024", "", "Norway and Sweden"),
        ("/indicators/declared/?country=NO&cpv=33&year=2024", "", "Norway"),
        ("/indicators/declared/?country=SE&cpv=33&year=2024", ' aria-current="true"', "Sweden"),
        ("/indicators/declared/?country=all&cpv=33&year=2024", "", "All countries"),
    ]


def test_the_year_that_is_shown_stays_when_another_filter_is_chosen(client, tried_hub):
    page = client.get("/indicators/?country=NO").content.decode()
    chosen = re.search(r'<select[^>]*name="year">.*?</select>', page, re.DOTALL).group()
    removal = re.search(r'<a class="ds-chip"[^>]*href="([^"]*)"', page).group(1)

    assert re.findall(r'<option value="(\d+)" selected>', chosen) == ["2025"]
    assert removal == "/indicators/?year=2025"


@pytest.mark.parametrize(
    ("notices", "reason"),
    [
        (FEW, "2025 is the latest year that is over in which there is enough to judge: a base of 20 or more."),
        (1, "2025 is the latest year that is over with anything to judge; no year has enough, a base of 20 or more."),
    ],
)
def test_a_page_says_why_it_opens_at_its_year(client, home, time_machine, notices, reason):
    time_machine.move_to("2026-01-15T12:00:00Z")
    make.lake(home.lake, *(make.notice() for _ in range(notices)))

    assert reason in text_of(client.get("/indicators/"))
    assert reason not in text_of(client.get("/indicators/?year=2025"))


def test_a_year_that_is_not_over_says_that_no_other_can_be_judged(client, home, time_machine):
    time_machine.move_to("2025-06-15T12:00:00Z")
    make.lake(home.lake, make.notice())

    page = text_of(client.get("/indicators/"))

    assert "2025 is the latest year here; no year that is over has anything to judge." in page


def test_what_nothing_can_answer_is_not_none_on_the_page_behind_a_number(client, tried_hub):
    unknown = client.get("/indicators/declared/procurements/?year=2020")

    assert heading_of(unknown) == "Declared: cannot say (2020)"
    assert "No procurement that is asked about is among those it can judge." in text_of(unknown)
    assert heading_of(client.get("/indicators/declared/procurements/?year=2025")) == "0 procurements in 2025"


def test_a_share_of_a_base_under_ten_is_written_as_its_numbers(client, home):
    make.lake(home.lake, *(make.notice(marks=MARKED, published_on=date(2025, 3, 1)) for _ in range(9)))
    few = text_of(client.get("/indicators/declared/?year=2025"))
    make.lake(home.lake, make.notice(marks=MARKED, published_on=date(2025, 4, 1)))

    many = text_of(client.get("/indicators/declared/?year=2025"))

    assert "2025 9 9 9 of 9" in few
    assert "9 of the 9 procurements that can carry the mark." in few
    assert "2025 10 10 100%" in many
    assert "10 of the 10 procurements that can carry the mark, 100 per cent ." in many


def test_a_country_that_does_not_exist_is_called_by_its_code(client, tried_hub):
    assert heading_of(client.get("/indicators/?country=ZZ&year=2025")).startswith("ZZ: how many")


def test_a_share_of_few_stands_as_numbers_in_a_heading(client, home):
    make.lake(home.lake, *(make.notice(published_on=date(2025, 3, 1)) for _ in range(FEW - 1)))
    few = heading_of(client.get("/indicators/early_dialogue/"))
    make.lake(home.lake, make.notice(published_on=date(2025, 4, 1)))

    many = heading_of(client.get("/indicators/early_dialogue/"))

    assert (few, many) == ("Early dialogue: 0 of 19 (2025)", "Early dialogue: 0% (2025)")


def test_only_years_that_can_be_compared_are_added_up(client, tried_hub):
    broken = text_of(client.get("/indicators/joint/"))
    whole = text_of(client.get("/indicators/procedure/"))

    assert "All years" in whole
    assert "All years" not in broken
    assert "2023–\u20602025" in broken


def test_the_unit_is_that_of_the_indicator(client, tried_hub):
    assert "Unit: winners, in procurements counted once. – means" in text_of(client.get("/indicators/new_suppliers/"))


def test_a_county_with_nothing_to_judge_shows_the_sign_for_it(client, tried_hub):
    page = text_of(client.get("/indicators/declared/?country=NO&year=2024"))

    assert "35 of the 36 counties have no procurement that can be judged; they show –." in page
    assert "Vestl Vestland 1" in page
    assert "Sthlm Stockholms län –" in page


def test_the_counties_stand_once_on_the_page_of_an_indicator(client, tried_hub):
    page = client.get("/indicators/declared/?year=2024").content.decode()

    assert len(re.findall(r'<th scope="col">County</th>', page)) == 1
    assert 'id="region"' in page


def test_a_number_that_piles_up_at_one_buyer_says_so_and_opens(client, home):
    buyer = make.buyer(name="Storå kommun", identifier="2120009999")
    make.lake(
        home.lake,
        *(make.notice(marks=MARKED, buyers=(buyer,)) for _ in range(FEW)),
        *(make.notice(marks=Marks()) for _ in range(3 * FEW)),
    )

    page = client.get("/indicators/declared/?year=2025")
    opened = next(url for url, number in numbers_of(page) if "by=buyer&" in url)

    assert (
        "20 of the 20 come from one buyer, Storå kommun, which has 25 per cent of the procurements that can be judged."
    ) in text_of(page)
    assert heading_of(client.get(opened)) == "20 procurements in 2025"
    assert "Storå kommun" in text_of(client.get(opened))


def test_a_picture_is_offered_as_a_file_only_where_there_is_one(client, home):
    make.lake(home.lake, make.notice())
    one_year = client.get("/indicators/declared/").content.decode()
    make.lake(home.lake, make.notice(published_on=date(2024, 3, 1)))

    two_years = client.get("/indicators/declared/").content.decode()

    assert ("years.svg" in one_year, "years.svg" in two_years) == (False, True)
    assert client.get("/indicators/declared/years.svg").status_code == 200
