import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from samspel.kit import formats
from samspel.notices.search import facet_labels
from tests.notices.search_hub import address, hub, titles, total, varied
from tests.pages import text_of

__all__ = ["hub", "varied"]


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


@pytest.mark.parametrize(
    "code, language, name",
    [
        ("BG411", "en", "София (столица), Bulgaria"),
        ("EL303", "sv", "Κεντρικός Τομέας Αθηνών, Grekland"),
        ("LU000", "nb", "Luxemburg"),
        ("CY000", "en", "Cyprus"),
        ("DE212", "en", "München, Kreisfreie Stadt"),
        ("SE110", "sv", "Stockholms län"),
    ],
)
def test_a_region_is_named_so_that_readers_can_tell_which(code, language, name):
    with translation.override(language):
        assert facet_labels.Names(None).of("region", code) == name


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


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
@pytest.mark.parametrize("number", [0, 7, 999, 1000, 12_345, 1_234_567])
def test_counts_are_written_as_everywhere_else(language, number):
    with translation.override(language):
        assert facet_labels.counted(number) == formats.count(number)
