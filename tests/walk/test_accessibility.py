"""Every page that is shown, in a real browser: axe finds no fault, and the keyboard alone reaches everything.

``make a11y`` tries them in every language, light and dark; the plain run tries each once.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import browser
from tests.walk.walking import first_opened

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ALL = [(language, scheme) for language in ("sv", "nb", "en") for scheme in ("light", "dark")]
LOOKS = _ALL if os.environ.get("A11Y") == "all" else [("sv", "light")]

FAULTS = """async (tags) => {
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
    return found.violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.target.join(" ")).join(", ")}`);
}"""
# What can be used on the page as it stands; of the choices of one question the keyboard stops at one.
USABLE = """() => {
    const shown = one => one.checkVisibility({checkVisibilityCSS: true}) && !one.disabled;
    const all = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(shown);
    const choices = all.filter(one => one.type === "radio");
    const first = choices.filter(one => one === (choices.find(c => c.name === one.name && c.checked)
        || choices.find(c => c.name === one.name)));
    window.usable = all.filter(one => one.type !== "radio" || first.includes(one));
    document.activeElement.blur();
    return window.usable.length;
}"""
FOCUSED = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    const lined = style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none";
    return [window.usable.indexOf(one), lined(look) || lined(getComputedStyle(one.parentElement)), one.outerHTML];
}"""
LEFT = "reached => window.usable.filter((_one, number) => !reached.includes(number)).map(one => one.outerHTML)"


@pytest.fixture
def pages(live_server, world):
    """Return the pages that are shown: name, address, and the session of who is shown it."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --ignore-scripts")
    shown = []
    for name, visit in first_opened(world).items():
        response = visit.by("GET") if visit.page.get else None
        if response and response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            shown.append((name, live_server.url + visit.address, visit.visitor.browser.session))
    return shown


@contextmanager
def _opened(page, address, session):
    page.context.clear_cookies()
    if session:
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(address)
    yield page


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_no_page_has_a_fault_that_axe_finds(pages, language, scheme):
    found = {}
    with browser.page(language=language, scheme=scheme) as page:
        for name, address, session in pages:
            with _opened(page, address, session):
                page.evaluate(AXE.read_text())
                if faults := page.evaluate(FAULTS, WCAG):
                    found[name] = faults

    assert found == {}


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(pages):
    found = {}
    with browser.page() as page:
        for name, address, session in pages:
            with _opened(page, address, session):
                if faults := _by_keyboard(page):
                    found[name] = faults

    assert found == {}


def _by_keyboard(page):
    reached, unseen, usable = [], [], page.evaluate(USABLE)
    # A field for a date has a stop for the day, the month, the year and the calendar.
    for _step in range(usable * 2 + 10):
        if len(reached) == usable:
            break
        page.keyboard.press("Tab")
        number, is_seen, what = page.evaluate(FOCUSED)
        if number >= 0 and number not in reached:
            reached.append(number)
            unseen += [] if is_seen else [f"does not show the focus: {what[:200]}"]
    return unseen + [f"is not reached: {what[:200]}" for what in page.evaluate(LEFT, reached)]
