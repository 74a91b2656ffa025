import re

import pytest
from django.db import connection
from django.test import Client

from samspel.kit.registry import Link, Sample

pytestmark = pytest.mark.usefixtures("kit_alone")


@pytest.fixture
def client():
    # As in production: an error becomes a page.
    return Client(raise_request_exception=False)


def heading(response):
    return re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", response.content.decode(), re.DOTALL).group(1)


def language(response):
    return re.search(r'<html lang="(\w+)"', response.content.decode()).group(1)


@pytest.mark.parametrize(
    "asked, answered",
    [
        ("sv-SE,sv;q=0.9", "sv"),
        ("nb-NO", "nb"),
        ("nb", "nb"),
        ("no", "nb"),
        ("no-NO", "nb"),
        ("nn", "nb"),
        ("nn-NO", "nb"),
        ("nn-NO,nn;q=0.9,en;q=0.8", "nb"),
        ("da", "nb"),
        ("da-DK", "nb"),
        ("da-DK,da;q=0.9,en-US;q=0.8,en;q=0.7", "nb"),
        ("sv-FI,da;q=0.9", "sv"),
        ("fi-FI,fi;q=0.9,sv;q=0.8", "sv"),
        ("fi-FI,fi;q=0.9", "en"),
        ("de,fr", "en"),
        ("", "en"),
    ],
)
def test_a_page_is_in_the_language_of_the_browser(client, asked, answered):
    assert language(client.get("/accessibility", headers={"accept-language": asked})) == answered


@pytest.mark.parametrize("code", ["sv", "nb", "en"])
def test_a_chosen_language_is_remembered_over_that_of_the_browser(client, code):
    response = client.post("/language/", {"language": code, "next": "/accessibility"})

    assert (response.status_code, response.url) == (302, "/accessibility")
    assert response.cookies["language"]["max-age"] == 365 * 24 * 3600
    assert language(client.get("/accessibility", headers={"accept-language": "fi"})) == code


def test_the_current_language_is_marked_and_all_are_named_in_their_own_words(client):
    page = client.get("/accessibility", headers={"accept-language": "nb"}).content.decode()

    buttons = re.findall(r'value="(\w+)" lang="\w+" (aria-current="true")?>([^<]+)<', page)
    assert buttons[:3] == [("sv", "", "Svenska"), ("nb", 'aria-current="true"', "Bokmål"), ("en", "", "English")]


def test_the_page_is_come_back_to_as_its_address_is_now(client):
    response = client.post(
        "/language/",
        {"language": "sv", "next": "/notices"},
        headers={"referer": "http://testserver/notices?q=hus&year=2025"},
    )

    assert response.url == "http://testserver/notices?q=hus&year=2025"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example", ""],
)
def test_nobody_is_sent_to_another_site(client, address):
    response = client.post("/language/", {"language": "sv", "next": address}, headers={"referer": address})

    assert response.url == "/"


@pytest.mark.parametrize("code", ["fi", "", "../../etc", "sv; path=/x", None])
def test_a_language_that_the_hub_does_not_speak_changes_nothing(client, code):
    response = client.post("/language/", {"language": code} if code is not None else {})

    assert response.status_code == 302
    assert "language" not in response.cookies


def test_the_language_is_not_changed_by_following_a_link(client):
    assert client.get("/language/?language=sv").status_code == 405


def test_who_only_reads_gets_no_cookie(client):
    assert client.get("/accessibility").cookies == {}


@pytest.mark.parametrize(
    "address, status, words",
    [
        ("/nowhere", 404, {"en": "The page is not here", "sv": "Sidan finns inte här", "nb": "Siden finnes ikke her"}),
        (
            "/refused",
            403,
            {"en": "You may not do this", "sv": "Du får inte göra det här", "nb": "Du har ikke tilgang til dette"},
        ),
        ("/broken", 500, {"en": "Something went wrong", "sv": "Något gick fel", "nb": "Noe gikk galt"}),
        (
            "/unreadable",
            400,
            {
                "en": "The request could not be read",
                "sv": "Begäran gick inte att läsa",
                "nb": "Forespørselen kunne ikke leses",
            },
        ),
    ],
)
@pytest.mark.parametrize("code", ["en", "sv", "nb"])
def test_an_error_is_told_in_the_language_of_the_page(client, address, status, words, code):
    response = client.get(address, headers={"accept-language": code})

    assert (response.status_code, language(response), heading(response)) == (status, code, words[code])
    assert "what_the_visitor_must_not_see" not in response.content.decode()


def test_a_form_without_its_token_is_told_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/form", headers={"accept-language": "sv"})

    assert (response.status_code, heading(response)) == (403, "Formuläret hade gått ut")


# No test here is allowed a database: pytest-django would refuse the first query of the error page.
def test_the_error_page_needs_no_database(client, kit_alone):
    kit_alone.samples.add(Sample("notices", lambda: connection.cursor() and "shown"))

    response = client.get("/broken")

    assert (response.status_code, heading(response)) == (500, "Something went wrong")


def test_an_error_is_told_also_where_the_templates_are_broken(client, caplog, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

    response = client.get("/broken", headers={"accept-language": "nb"})

    assert (response.status_code, heading(response)) == (500, "Noe gikk galt")
    assert "The error page failed too" in caplog.text


def test_no_script_or_style_runs_that_is_not_a_file_of_the_hub(client):
    policy = dict(
        rule.strip().split(" ", 1)
        for rule in client.get("/accessibility").headers["Content-Security-Policy"].split(";")
    )

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == policy["connect-src"] == "'self'"
    assert (policy["base-uri"], policy["frame-ancestors"], policy["form-action"]) == ("'none'", "'none'", "'self'")


def test_only_links_that_exist_are_at_the_top(client, kit_alone):
    kit_alone.navigation.add(Link("knowledge", "Knowledge", "home", order=60))
    kit_alone.navigation.add(Link("notices", "Notices", "accessibility", order=40))

    page = client.get("/accessibility").content.decode()

    top = page[page.index("site-nav--wide") : page.index("site-tools--wide")]
    assert re.findall(r'<a href="([^"]+)" ?(aria-current="page")?>(\w+)</a>', top) == [
        ("/accessibility", 'aria-current="page"', "Notices"),
        ("/", "", "Knowledge"),
    ]


@pytest.mark.parametrize(
    "state, words",
    [
        (None, None),
        ("shown", "Exempel: annonser, köpare, företag och siffror på de här sidorna är påhittade."),
        ("kept", "<code>samspel sample remove</code>"),
    ],
)
def test_a_banner_stands_while_there_is_a_sample(client, kit_alone, state, words):
    kit_alone.samples.add(Sample("notices", lambda: state))

    page = client.get("/accessibility", headers={"accept-language": "sv"}).content.decode()

    banner = re.search(r'<section class="sample".*?</section>', page, re.DOTALL)
    assert (words in banner.group()) if words else banner is None


def test_messages_are_told_and_cannot_become_markup(client):
    page = client.get("/said").content.decode()

    assert [
        (color, role) for color, role in re.findall(r'<div class="ds-alert" data-color="(\w+)" role="(\w+)">', page)
    ] == [("success", "status"), ("danger", "alert")]
    assert "It &lt;b&gt;failed&lt;/b&gt;." in page
