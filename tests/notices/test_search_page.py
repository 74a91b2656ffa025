import re
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.utils import translation

from samspel.home import Home
from samspel.kit import formats, registry
from samspel.lake import indexing
from samspel.lake.notice import Deadline, Marks
from samspel.notices.search import facet_labels
from tests import browser, make
from tests.pages import links_of, text_of

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
OSLO = make.buyer(name="Oslo kommune", identifier="958935420", country="NO", nuts="NO081")


def address(**asked):
    return f"/notices/?{urlencode(asked, doseq=True)}" if asked else "/notices/"


def fill(home, *notices):
    indexing.rebuild(make.lake(home.lake, *notices))


def titles(client, url):
    """Return the titles of the hits, in order, as text."""
    page = client.get(url).content.decode()
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)]


def total(client, url):
    return int(re.search(r"<b>([\d,]+) notices?</b>", client.get(url).content.decode())[1].replace(",", ""))


@pytest.fixture(scope="module")
def varied(tmp_path_factory):
    """Return a hub folder with notices that differ in everything one can filter by."""
    home = Home(tmp_path_factory.mktemp("varied"))
    fill(
        home,
        make.notice(
            title=make.title("Sjukhussängar"),
            cpv="33192100",
            procedure="open",
            published_on=date(2025, 3, 1),
            estimated_value=make.money(2_000_000),
            deadlines=(Deadline("tenders", "2025-04-01T12:00:00+02:00"),),
            marks=Marks(innovative=("prod-innov",)),
        ),
        make.notice(
            title=make.title("Ombyggnad av skola"),
            cpv="45214200",
            published_on=date(2024, 5, 2),
            estimated_value=make.money(90_000),
            deadlines=(Deadline("tenders", "2024-06-01T12:00:00+02:00"),),
            marks=Marks(strategic=("env-imp", "soc-obj")),
        ),
        make.result(
            title=make.title("Lekeplassutstyr til skoler", "nb"),
            language="nb",
            buyers=(OSLO,),
            cpv="37535200",
            published_on=date(2023, 1, 9),
            awarded_value=make.money(300_000, "NOK"),
        ),
        make.notice(
            source="doffin",
            title=make.title("Rehabilitering av vei", "nb"),
            language="nb",
            buyers=(make.buyer(name="Arendal kommune", identifier="940493021", country="NO", nuts="NO041"),),
            cpv="45233142",
            procedure="comp-dial",
            published_on=date(2019, 8, 20),
        ),
    )
    return home


@pytest.fixture
def hub(varied, settings, time_machine):
    settings.HOME = varied
    time_machine.move_to(NOW, tick=False)
    return varied


def test_a_hub_without_notices_says_how_to_load_them(client, home):
    page = text_of(client.get("/notices/"))

    assert "The hub has no notices yet" in page
    assert "samspel notices load folder" in page


def test_notices_without_an_index_say_how_to_make_it(client, home):
    make.lake(home.lake, make.notice())

    page = text_of(client.get("/notices/"))

    assert "samspel search rebuild" in page


def test_without_a_question_all_notices_are_there_the_newest_first(client, hub):
    assert total(client, "/notices/") == 4
    assert titles(client, "/notices/") == [
        "Sjukhussängar",
        "Ombyggnad av skola",
        "Lekeplassutstyr til skoler",
        "Rehabilitering av vei",
    ]


def test_words_are_found_in_part_of_a_compound_and_marked(client, hub):
    page = client.get(address(q="skola -lek*")).content.decode()

    assert titles(client, address(q="skola -lek*")) == ["Ombyggnad av skola"]
    assert "Ombyggnad av <mark>skola</mark>" in page
    assert 'value="skola -lek*"' in page


def test_a_hit_says_who_wants_or_bought_what_from_whom(client, hub):
    page = text_of(client.get("/notices/"))

    assert "Lillånäs kommun · Sweden · Competition 1 Mar 2025 · estimated SEK 2 million" in page
    assert "Open until Tue 1 Apr 2025 at 12:00" in page
    assert "Oslo kommune · Norway · Result 9 Jan 2023 · NOK 300,000 Supplier: Lugnvik Omsorgsteknik AB" in page
    assert "Closed 1 June 2024" in page or "Closed 1 Jun 2024" in page


def test_a_title_in_another_language_says_which(client, hub):
    client.cookies["language"] = "nb"
    page = client.get("/notices/").content.decode()

    assert re.search(r'<a [^>]*lang="sv">Sjukhussängar</a>', page)
    assert not re.search(r"lang=[^>]*>Rehabilitering", page)


def boxes(client, url):
    """Return the boxes of the page: name, value and count of each that is not ticked."""
    page = client.get(url).content.decode()
    box = r'<input type="checkbox" id="[^"]*" name="(\w+)" value="([^"]*)"[^>]*?( checked)?>'
    found = re.findall(box + r"<span>.*?</span><span>([\d,]*)</span>", page)
    return [(name, unescape(value), int(count)) for name, value, checked, count in found if not checked]


def test_every_filter_narrows_to_as_many_as_it_says(client, hub):
    offered = boxes(client, "/notices/")

    counted = [(name, value, total(client, address(**{name: value}))) for name, value, _ in offered]

    assert counted == offered
    assert {name for name, _, _ in offered} == {
        "open",
        "kind",
        "country",
        "region",
        "mark",
        "rule",
        "procedure",
        "year",
        "buyer",
        "supplier",
        "source",
    }


def steps(client, url):
    """Return the links that narrow by code or amount, with their counts."""
    page = client.get(url).content.decode()
    found = re.findall(r'<li(?: data-depth="\d")?><a href="([^"]*)">(.*?)</a><span>([\d,]+)</span>', page)
    return [(unescape(href), re.sub(r"<[^>]+>", "", words), int(count)) for href, words, count in found]


def code_of(step):
    return step[1].split()[0]


def lies_under(step, code):
    return code_of(step).startswith(code)


def test_codes_are_opened_level_by_level_and_each_counts_what_it_opens(client, hub):
    url, chosen = "/notices/", ""
    while below := [
        step for step in steps(client, url) if len(chosen) < len(code_of(step)) and lies_under(step, chosen)
    ]:
        assert [total(client, href) for href, _, _ in below] == [count for _, _, count in below]
        step = next(step for step in below if "45214200".startswith(code_of(step)))
        url, chosen = step[0], code_of(step)

    assert parse_qs(urlsplit(url).query) == {"cpv": ["45214200"]}
    assert titles(client, url) == ["Ombyggnad av skola"]


def test_what_lies_beside_a_chosen_code_can_still_be_chosen(client, hub):
    offered = [words.split()[0] for _, words, _ in steps(client, address(cpv="45214"))]

    assert {"45", "452", "4523", "33", "37"} <= set(offered)


@pytest.mark.parametrize("code, read", [("45000000-7", "45"), ("45214200", "45214200"), ("45200000", "452")])
def test_a_code_is_read_as_people_write_it(client, hub, code, read):
    assert titles(client, address(cpv=code)) == titles(client, address(cpv=read)) != []


def test_names_of_codes_in_another_language_say_so(client, hub):
    client.cookies["language"] = "nb"
    page = client.get("/notices/").content.decode()

    assert '45 <span lang="en">Construction work</span>' in page
    assert "engelsk" in page


def test_an_old_region_means_todays(client, hub):
    assert (
        titles(client, address(region="NO041")) == titles(client, address(region="NO092")) == ["Rehabilitering av vei"]
    )
    assert "Agder" in text_of(client.get(address(region="NO041")))


def test_several_values_of_a_group_widen_and_groups_narrow(client, hub):
    assert titles(client, address(country=["SE", "NO"], year=["2025", "2019"])) == [
        "Sjukhussängar",
        "Rehabilitering av vei",
    ]


def test_amounts_are_compared_within_a_currency(client, hub):
    assert titles(client, address(currency="SEK", min="100 000")) == ["Sjukhussängar"]
    assert titles(client, address(currency="SEK", max="100.000,00")) == ["Ombyggnad av skola"]
    assert titles(client, address(currency="SEK", sort="value")) == ["Sjukhussängar", "Ombyggnad av skola"]


def test_every_band_of_amounts_counts_what_it_opens(client, hub):
    bands = [step for step in steps(client, address(currency="SEK")) if "SEK" in step[1]]

    assert [(words, count, total(client, href)) for href, words, count in bands] == [
        ("under SEK\xa0100,000", 1, 1),
        ("SEK\xa01\xa0million to SEK\xa010\xa0million", 1, 1),
    ]


def test_what_is_still_open_comes_with_the_next_deadline_first(client, hub):
    assert titles(client, address(open="1", sort="deadline")) == ["Sjukhussängar"]


def test_what_is_chosen_is_named_and_each_can_be_taken_away(client, hub):
    page = client.get(address(q="skola", country="SE", cpv="45", currency="SEK", min="1000", open="1")).content.decode()

    chips = re.findall(r'<a class="ds-chip"[^>]* href="([^"]*)">(.*?)</a>', page)

    assert [(words, parse_qs(urlsplit(unescape(href)).query).keys()) for href, words in chips] == [
        ("Sweden", {"q", "cpv", "currency", "min", "open"}),
        ("45 Construction work", {"q", "country", "currency", "min", "open"}),
        ("SEK\xa01,000 or more", {"q", "country", "cpv", "currency", "open"}),
        ("SEK", {"q", "country", "cpv", "open"}),
        ("Still open", {"q", "country", "cpv", "currency", "min"}),
    ]


def test_where_nothing_is_found_the_page_says_what_to_leave_out(client, hub):
    page = client.get(address(q="sjukhussängar", country="NO"))

    assert "No notice has all of this" in text_of(page)
    assert "without Norway (1)" in text_of(page)
    assert "without “sjukhussängar” (2)" in text_of(page)


def test_the_count_says_how_many_procurements_the_notices_tell_of(client, home):
    first = make.notice()
    fill(home, first, make.result(procedure_identifier=first.procedure_identifier), make.notice())

    assert "3 notices of 2 procurements" in text_of(client.get("/notices/"))
    assert "procurement" not in re.search(r'id="count".*?</p>', client.get(address(kind="result")).content.decode())[0]


def test_a_compound_that_nothing_has_is_offered_apart_with_its_count(client, home):
    words = "utrustning sjukhus"
    fill(
        home,
        make.notice(title=make.title(words)),
        make.notice(title=make.title(words)),
        make.notice(title=make.title(words)),
    )

    response = client.get(address(q="sjukhusutrustning", country="SE"))

    assert "Write the compound apart: sjukhus utrustning (3) Leave something out:" in text_of(response)
    assert "/notices/?q=sjukhus+utrustning&country=SE" in links_of(response)


def test_a_compound_whose_parts_find_nothing_either_is_not_offered(client, hub):
    assert "apart" not in text_of(client.get(address(q="vinterväghållning")))


def test_a_deadline_that_stands_for_none_reads_until_further_notice(client, home, time_machine):
    time_machine.move_to(NOW)
    fill(
        home,
        make.notice(title=make.title("Endless"), deadlines=(Deadline("tenders", "2099-01-01T11:59:59"),)),
        make.notice(title=make.title("Far"), deadlines=(Deadline("tenders", "2034-12-31T12:00:00+01:00"),)),
    )

    page = text_of(client.get("/notices/"))

    assert re.findall(r"(?:Endless|Far) .*? (Open until \S+ \S+)", page) == [
        "Open until further notice",
        "Open until Sun 31",
    ]


def test_markup_in_a_notice_is_text(client, home):
    evil = "<script>alert('Skola')</script> & <b>skola</b>"
    fill(home, make.notice(title=make.title(evil), description=make.title(evil), buyers=(make.buyer(name="<i>K</i>"),)))

    page = client.get(address(q="skola <script>")).content.decode()
    found = client.get(address(q="skola")).content.decode()

    assert "<script>alert" not in page + found
    assert "<b>skola" not in found
    assert "&lt;b&gt;<mark>skola</mark>&lt;/b&gt;" in found
    assert "&lt;i&gt;K&lt;/i&gt;" in found
    assert titles(client, address(q="skola")) == [evil]


def test_what_htmx_swaps_is_the_part_of_the_page(client, hub):
    url = address(q="skola", country="SE")

    whole = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true", "HX-Target": "found", "HX-Trigger": "search"})

    found, said = part.content.decode().rsplit('<p id="said"', 1)
    assert found.strip() in whole
    assert 'hx-swap-oob="innerHTML">1 notice</p>' in said
    assert part["HX-Push-Url"] == "/notices/?q=skola&country=SE"
    assert "HX-Request" in part["Vary"]


def test_the_filters_stay_open_for_who_chooses_among_them(client, hub):
    part = client.get("/notices/?q=&country=SE", headers={"HX-Request": "true", "HX-Target": "found"})

    assert '<details class="filters" open' in part.content.decode()
    assert part["HX-Push-Url"] == "/notices/?country=SE"


def test_going_back_gives_the_whole_page(client, hub):
    headers = {"HX-Request": "true", "HX-Target": "found", "HX-History-Restore-Request": "true"}

    assert "<!DOCTYPE html>" in client.get("/notices/", headers=headers).content.decode()


def test_what_cannot_be_read_stays_in_the_address_of_the_part(client, hub):
    headers = {"HX-Request": "true", "HX-Target": "found"}

    part = client.get(address(currency="SEK", min="x", sort=""), headers=headers)

    assert part["HX-Push-Url"] == "/notices/?currency=SEK&min=x"


def test_a_long_list_is_paged_and_the_last_page_is_the_end(client, home):
    fill(home, *(make.notice(title=make.title(f"Nummer {n:02}"), published_on=date(2025, 1, 1 + n)) for n in range(25)))

    first, second, beyond = (titles(client, address(page=page)) for page in ("1", "2", "40"))

    assert first + second == [f"Nummer {n:02}" for n in reversed(range(25))]
    assert beyond == second


def test_a_page_asks_the_database_nothing(client, hub, django_assert_num_queries):
    client.get("/notices/")

    # The fixture fails on any query, since this test may not use the database.
    assert client.get(address(q="skola", country="SE")).status_code == 200


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
@pytest.mark.parametrize("number", [0, 7, 999, 1000, 12_345, 1_234_567])
def test_counts_are_written_as_everywhere_else(language, number):
    with translation.override(language):
        assert facet_labels.counted(number) == formats.count(number)


def test_the_search_over_everything_finds_notices(hub, rf):
    found = registry.search_kinds.get("notices").find("ombyggnad", 5, rf.get("/"))

    (hit,) = found[1]
    assert (found[0], hit["title"], hit["meta"]) == (
        1,
        "Ombyggnad av skola",
        "Lillånäs kommun · Competition 2 May 2024",
    )
    assert hit["url"].startswith("/notices/ted/")


def test_ticking_a_box_changes_hits_counts_and_address_without_leaving_the_page(live_server, hub):
    with browser.page() as page:
        page.goto(f"{live_server.url}/notices/")
        page.evaluate("window.stayed = true")
        page.check("#country-NO")
        page.wait_for_url("**/notices/?country=NO")

        assert page.inner_text("#found b >> nth=0") == "2 notices"
        assert page.inner_text("#said") == "2 notices"
        assert page.evaluate("document.activeElement.id") == "country-NO"
        page.click(".steps a:has-text('45')")
        page.wait_for_url("**/notices/?country=NO&cpv=45")
        assert page.inner_text("#found b >> nth=0") == "1 notice"
        assert page.evaluate("window.stayed")
        page.go_back()
        page.wait_for_url("**/notices/?country=NO")
        page.wait_for_selector("text=2 notices")
        assert page.is_checked("#country-NO")
        assert page.faults == []


def test_without_scripts_the_filters_are_a_plain_form(live_server, hub):
    with browser.page(scripts=False) as page:
        page.goto(f"{live_server.url}/notices/?cpv=45&sort=deadline")
        page.fill("#q", "skola")
        page.check("#country-SE")
        page.click("text=Use the filters")

        asked = parse_qs(urlsplit(page.url).query)
        assert asked == {"q": ["skola"], "sort": ["deadline"], "cpv": ["45"], "country": ["SE"]}
        assert page.inner_text("#found b >> nth=0") == "1 notice"


def test_on_a_phone_the_filters_are_closed_and_nothing_is_wider_than_the_window(live_server, hub):
    with browser.page(width=360, language="sv") as page:
        page.goto(f"{live_server.url}/notices/?country=SE&country=NO&cpv=45214200&currency=SEK")

        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert not page.is_visible("#country-SE")
        page.click(".filters > summary")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.uncheck("#country-SE")
        page.wait_for_selector("#country-SE:not(:checked)")
        page.wait_for_url("**/notices/?country=NO&**")
        assert page.is_visible("#country-SE")
        assert page.faults == []


def test_on_a_phone_who_chooses_sees_how_much_is_found_and_goes_there(live_server, hub):
    with browser.page(width=390) as page:
        page.goto(f"{live_server.url}/notices/")
        page.click(".filters > summary")
        page.check("#source-ted")
        page.click("text=Show 3 notices")
        page.wait_for_selector("#country-SE", state="hidden")

        assert page.evaluate("document.activeElement.id") == "count"
        assert 0 <= page.evaluate("document.activeElement.getBoundingClientRect().top") < 900
        assert page.faults == []


def test_a_box_that_is_ticked_stays_in_sight_with_the_number_found(live_server, hub):
    with browser.page(width=390) as page:
        page.goto(f"{live_server.url}/notices/")
        page.click(".filters > summary")
        page.check("#source-doffin")
        page.wait_for_url("**/notices/?source=doffin")
        page.wait_for_selector("text=Show 1 notice")

        for shown in ("#source-doffin", "#show"):
            assert 0 <= page.evaluate("name => document.querySelector(name).getBoundingClientRect().top", shown) < 900


def test_on_a_wide_screen_the_filters_are_open(live_server, hub):
    with browser.page(width=1280) as page:
        page.goto(f"{live_server.url}/notices/")

        assert page.is_visible("#country-SE")
