from urllib.parse import parse_qs, urlsplit

from tests import browser
from tests.notices.search_hub import hub, varied

__all__ = ["hub", "varied"]


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


def test_a_keyboard_skips_the_filters(live_server, hub):
    with browser.page(width=1280) as page:
        page.goto(f"{live_server.url}/notices/")
        page.focus("#search button")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "To the hits"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.closest('.hits') !== null")


def test_the_first_link_of_the_page_leads_to_its_content(live_server, hub):
    with browser.page(width=1280) as page:
        page.goto(f"{live_server.url}/notices/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "content"


def test_on_a_wide_screen_the_filters_are_open(live_server, hub):
    with browser.page(width=1280) as page:
        page.goto(f"{live_server.url}/notices/")

        assert page.is_visible("#country-SE")
