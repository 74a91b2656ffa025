"""The base page in a real browser."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from samspel.kit.charts import Break, Point, bars
from samspel.kit.registry import Link, Sample
from tests import browser
from tests.kit.urls import urlpatterns as trial_pages

STATIC = Path(__file__).resolve().parents[2] / "samspel" / "kit" / "static"
LANGUAGES = ["sv", "nb", "en"]


def _chart(request):
    drawing = bars(
        [Point(2024, 336, "336", "/accessibility?year=2024"), Point(2025, 412, "412", "/accessibility?year=2025")],
        "From 336 to 412",
        [Break(2025, "new marks")],
    )
    page = engines["django"].from_string(
        '{% extends "kit/base.html" %}{% block main %}<div class="wrap">{{ drawing }}</div>{% endblock %}'
    )
    return HttpResponse(page.render({"drawing": drawing}, request))


urlpatterns = [*trial_pages, path("chart", _chart)]


@pytest.fixture
def address(live_server, kit_alone, settings, home):
    settings.ROOT_URLCONF = "tests.kit.test_look"
    for number, word in enumerate(["Needs", "Dialogue", "Procurements", "Notices", "Insight", "Knowledge"]):
        kit_alone.navigation.add(Link(word, word, "accessibility" if word == "Notices" else "home", order=number))
    kit_alone.tools.add(Link("search", "Search", "home"))
    kit_alone.samples.add(Sample("notices", lambda: "shown"))
    return live_server.url


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_fits_its_window_and_the_browser_has_no_complaint(address, width, language):
    with browser.page(width=width, language=language) as page:
        page.goto(f"{address}/accessibility")

        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.get_attribute("html", "lang") == language
        assert page.faults == []


def test_nothing_moves_while_a_page_loads(address):
    with browser.page() as page:
        page.add_init_script(
            "window.moved = 0;"
            "new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved += entry.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(f"{address}/accessibility", wait_until="networkidle")

        assert page.evaluate("window.moved") < 0.02


def test_the_language_is_switched_without_scripts(address):
    with browser.page(language="en", scripts=False) as page:
        page.goto(f"{address}/accessibility?q=1")
        page.click(".language > summary")
        page.click(".language button[value=nb]")

        assert page.url == f"{address}/accessibility?q=1"
        assert page.inner_text("h1") == "Tilgjengelighet"


def test_the_menu_opens_on_a_phone_without_scripts(address):
    with browser.page(width=360, scripts=False) as page:
        page.goto(f"{address}/accessibility")
        page.click(".site-menu > summary")

        assert page.inner_text(".site-menu nav > ul").split() == [
            "Needs",
            "Dialogue",
            "Procurements",
            "Notices",
            "Insight",
            "Knowledge",
            "Search",
        ]


def test_the_first_step_of_the_keyboard_leads_past_the_menu(address):
    with browser.page() as page:
        page.goto(f"{address}/accessibility")
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.className") == "ds-skip-link"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("scheme, text, ground", [("light", "dark", "light"), ("dark", "light", "dark")])
def test_page_and_picture_are_readable_in_light_and_dark(address, scheme, text, ground):
    def shade(page, selector, name):
        color = page.evaluate(
            "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]", [selector, name]
        )
        return "light" if sum(int(part) for part in re.findall(r"\d+", color)[:3]) > 3 * 128 else "dark"

    with browser.page(scheme=scheme) as page:
        page.goto(f"{address}/chart")

        assert shade(page, "body", "backgroundColor") == ground
        assert shade(page, "body", "color") == shade(page, ".chart text", "fill") == text
        assert shade(page, ".chart .c-bar", "fill") == text
        assert page.evaluate("getComputedStyle(document.querySelector('.chart')).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_a_bar_opens_what_is_behind_it(address):
    with browser.page() as page:
        page.goto(f"{address}/chart")
        box = page.locator(".chart .c-bar").last.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_url("**/accessibility*")

        assert page.url == f"{address}/accessibility?year=2025"


def test_paper_has_no_menu_and_is_white_also_in_the_dark(address):
    with browser.page(scheme="dark") as page:
        page.goto(f"{address}/accessibility")
        page.emulate_media(media="print")

        assert [page.is_visible(part) for part in (".site-nav--wide", ".site-tools", ".site-footer", "h1")] == [
            False,
            False,
            False,
            True,
        ]
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_what_a_first_visit_loads_is_small(client, kit_alone, settings):
    settings.ROOT_URLCONF = "tests.kit.urls"
    script = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"

    def packed(content):
        return len(gzip.compress(content))

    files = [
        STATIC / "vendor" / "designsystemet.css",
        STATIC / "kit" / "samspel.css",
        script,
        STATIC / "kit" / "icon.svg",
    ]
    font = (STATIC / "vendor" / "inter" / "inter-latin-wght-normal.woff2").stat().st_size
    page = packed(client.get("/accessibility").content)

    assert sum(packed(file.read_bytes()) for file in files) + font + page < 100_000
    assert page < 5_000
