import re
from html import unescape

import pytest

from tests import make
from tests.notices.search_hub import OSLO, address, fill, hub, total, varied
from tests.pages import links_of, text_of

__all__ = ["hub", "varied"]


def test_where_nothing_is_found_the_page_says_what_to_leave_out(client, hub):
    page = client.get(address(q="sjukhussängar", country="NO"))

    assert "No notice has all of this" in text_of(page)
    assert "without Norway (1)" in text_of(page)
    assert "without “sjukhussängar” (2)" in text_of(page)


def test_a_compound_that_nothing_has_is_offered_apart_with_its_count(client, home):
    words = "utrustning sjukhus"
    fill(
        home,
        make.notice(title=make.title(words)),
        make.notice(title=make.title(words)),
        make.notice(title=make.title(words)),
    )

    response = client.get(address(q="sjukhusutrustning", country="SE"))

    assert "Write the compound apart: sjukhus utrustning (3) Look for a part" in text_of(response)
    assert "/notices/?q=sjukhus+utrustning&country=SE" in links_of(response)


def test_a_compound_whose_parts_find_nothing_either_is_not_offered(client, hub):
    assert "apart" not in text_of(client.get(address(q="vinterväghållning")))


def test_a_word_that_nothing_has_is_offered_by_its_beginning_and_a_compound_by_its_parts(client, home):
    fill(
        home,
        make.notice(title=make.title("Laddstation för bussar")),
        make.notice(title=make.title("Laddning av bilar")),
        *(
            make.notice(title=make.title(words))
            for words in ("Sjukhus, utrustning", "Sjukhus", "Sjukhus", "Utrustning")
        ),
    )

    assert near(client, "laddstolpar") == ["laddst* (1)", "ladd* (2)"]
    assert near(client, "bussar laddstolpar") == ["bussar laddst* (1)"]
    assert near(client, "sjukhusutrustning -bilar") == ["sjukhus* -bilar (3)", "utrustning -bilar (2)"]
    assert near(client, "brøyting") == []


def near(client, words):
    """Return the ways that the page offers to write what was typed, each with its number."""
    page = text_of(client.get(address(q=words)))
    found = re.search(r"any ending\): (.*?) (?:Leave something out|Or try)", page)
    return re.findall(r"\S.*?\(\d+\)", found[1]) if found else []


@pytest.fixture
def snowy(home):
    """Return a hub with three notices under the code 90620000, of which one says the word, and one that is beside."""
    fill(
        home,
        make.notice(title=make.title("Snöröjning"), cpv="90620000"),
        make.notice(title=make.title("Vinterväghållning"), cpv="90620000"),
        make.notice(title=make.title("Vinterdrift", "nb"), cpv="90620000", buyers=(OSLO,)),
        make.notice(title=make.title("Skola"), cpv="45214200"),
    )
    return home


def categories(client, **asked):
    """Return the categories that the page names, each with its number of notices."""
    page = client.get(address(**asked)).content.decode()
    found = re.search(r'<nav class="small categories.*?</nav>', page, re.DOTALL)
    return re.findall(r"\d{8} [^:]+: \d+ notices?", unescape(re.sub(r"<[^>]+>", "", found[0]))) if found else []


@pytest.mark.parametrize("typed", ["snöröjning", "Snow-clearing", "snerydning", "lumenaurauspalvelut", "snöröj*"])
def test_a_category_named_as_what_was_typed_is_offered_with_all_its_notices(client, snowy, typed):
    response = client.get(address(q=typed))

    assert categories(client, q=typed) == ["90620000 Snow-clearing services: 3 notices"]
    assert "/notices/?cpv=9062" in links_of(response)
    assert total(client, "/notices/?cpv=9062") == 3


def test_a_category_keeps_what_else_is_chosen_and_counts_so(client, snowy):
    response = client.get(address(q="snöröjning", country="NO"))

    assert categories(client, q="snöröjning", country="NO") == ["90620000 Snow-clearing services: 1 notice"]
    assert "/notices/?country=NO&cpv=9062" in links_of(response)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "snöröjning", "cpv": "9062"},
        {"q": "snöröjning", "cpv": "90"},
        {"q": "snöröjning", "country": "DK"},
        {"q": "-snöröjning"},
        {"q": "vinterdrift"},
        {"q": "ambulans"},
        {"q": ""},
    ],
)
def test_no_category_is_offered_that_is_chosen_or_empty_or_named_otherwise(client, snowy, asked):
    assert categories(client, **asked) == []


def test_without_other_choices_the_way_out_is_not_everything(client, hub):
    assert "Leave something out" not in text_of(client.get(address(q="mammutbete")))
