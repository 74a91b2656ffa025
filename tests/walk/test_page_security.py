"""What every page has in common: a policy without inline scripts, and no way to send a person off to another site."""

import re
from urllib.parse import urlencode, urlsplit

import pytest

from tests.walk.walking import first_opened

INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>|<style|\son\w+=\"|javascript:"
)
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "\thttps://evil.example",
]
ASKED_BY = ("next", "redirect", "redirect_to", "return", "url", "process")


def test_no_page_allows_or_holds_an_inline_script_or_style_element(world):
    found = {}
    for name, visit in first_opened(world).items():
        response = visit.by("GET") if visit.page.get else None
        if response and response.get("Content-Type", "").startswith("text/html"):
            policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
            inline = INLINE.search(response.content)
            if "unsafe" in policy["script-src"] + policy["style-src"] + policy["default-src"] or inline:
                found[name] = (policy, inline and inline[0])

    assert found == {}


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_page_leads_to_another_site_because_it_was_asked_to(address, world):
    led = {}
    asked = dict.fromkeys(ASKED_BY, address)
    for name, visit in first_opened(world).items():
        browser, separator = visit.visitor.browser, "&" if "?" in visit.address else "?"
        answers = [browser.get(f"{visit.address}{separator}{urlencode(asked)}")] if visit.page.get else []
        if visit.page.post is not None:
            answers.append(browser.post(visit.address, {**visit.data, **asked}, headers={"referer": address}))
        if away := [answer["Location"] for answer in answers if _leads_away(answer)]:
            led[name] = away

    assert led == {}


def _leads_away(answer):
    to = urlsplit(answer.headers.get("Location", "").strip().replace("\\", "/"))
    return (to.netloc and to.netloc != "testserver") or to.scheme not in {"", "http", "https"}


def test_a_host_that_is_not_the_hubs_is_refused(world):
    answer = world.visitor("stranger").browser.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
