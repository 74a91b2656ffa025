import pytest

from samspel.kit.personal_data import declared
from samspel.kit.statements.checks import filled_in
from samspel.kit.statements.cookies import cookies
from tests.organisations import signing_in as si
from tests.pages import links_of, text_of

FILLED = {
    "HUB_OWNER": "Lillånäs kommun, 212000-9991",
    "HUB_CONTACT": "dataskydd@lillanas.example",
    "HUB_DATA_PROTECTION_OFFICER": "dso@lillanas.example",
    "HUB_HOSTING": "Lillånäs kommun, Sverige",
    "HUB_ACCESSIBILITY_CONTACT": "https://lillanas.example/brister",
    "HUB_ACCESSIBILITY_ASSESSED": "2027-01-15",
}


def fill_in(settings, **but):
    for name, value in {**FILLED, **but}.items():
        setattr(settings, name, value)


def test_the_privacy_notice_says_of_every_declared_kind_what_for_and_how_long(client, home):
    page = text_of(client.get("/privacy"))

    for said in declared().values():
        if said.fields:
            assert str(said.purpose) in page
            assert str(said.kept) in page
    assert "Ways to sign in, and sessions" in page


def test_the_privacy_notice_says_who_answers_and_whom_to_complain_to(client, home, settings):
    fill_in(settings)

    answer = client.get("/privacy")

    assert "Controller Lillånäs kommun, 212000-9991 Contact dataskydd@lillanas.example" in text_of(answer)
    assert "Not filled in" not in text_of(answer)
    assert {"mailto:dataskydd@lillanas.example", "https://www.imy.se/", "https://www.datatilsynet.no/"} <= set(
        links_of(answer)
    )


def test_a_hub_of_one_country_names_its_authority_only(client, home, settings):
    settings.HOME_COUNTRIES = ["NO"]

    assert "Integritetsskyddsmyndigheten" not in text_of(client.get("/privacy"))
    assert "Digg" not in text_of(client.get("/accessibility"))


@pytest.mark.parametrize("address", ["/privacy", "/accessibility"])
def test_what_nobody_has_filled_in_is_marked_with_the_setting_in_development(client, home, settings, address):
    assert "Not filled in HUB_OWNER" in text_of(client.get(address))

    settings.DEVELOPMENT = False

    page = text_of(client.get(address))
    assert ("Not filled in" in page, "HUB_OWNER" in page) == (True, False)


def test_the_accessibility_statement_names_the_law_the_contact_and_the_declaration(client, home, settings):
    fill_in(settings, HUB_ACCESSIBILITY_DECLARATION="https://uustatus.no/nb/erklaringer/publisert/x")

    links = links_of(client.get("/accessibility"))

    assert "https://lillanas.example/brister" in links
    assert "https://uustatus.no/nb/erklaringer/publisert/x" in links
    assert "https://www.digg.se/tdosanmalan" in links
    assert "https://lovdata.no/dokument/SF/forskrift/2013-06-21-732" in links


def test_before_a_hub_is_opened_it_warns_of_what_is_not_filled_in(settings):
    assert filled_in(None) == []
    settings.DEVELOPMENT = False
    fill_in(settings, HUB_CONTACT="")

    assert [(one.id, one.msg) for one in filled_in(None)] == [("samspel.W001", "HUB_CONTACT is not filled in.")]


def test_every_page_leads_to_the_three(client, home):
    page = client.get("/cookies").content.decode()
    footer = page[page.index("<footer") :]

    assert [f'href="{address}"' in footer for address in ("/accessibility", "/privacy", "/cookies")] == [True] * 3


@pytest.mark.django_db
def test_the_cookie_page_names_the_cookies_that_are_set_and_no_others(client, home):
    anna = si.person()
    for address in ("/", "/cookies", "/privacy"):
        client.get(address)
    assert dict(client.cookies) == {}

    seen = set()
    for answer in (
        client.post("/language/", {"language": "sv"}),
        client.get("/account/sign-up"),
        si.sign_in(client, anna),
        client.post("/account/details/", {"name": "Anna", "language": "sv"}),
    ):
        seen |= set(answer.cookies)

    assert seen == {cookie.name for cookie in cookies()}
    page = client.get("/cookies").content.decode()
    assert all(f"<code>{name}</code>" in page for name in seen)
