import re
from datetime import date
from html import unescape

from samspel.kit import registry
from tests import make
from tests.notices.search_hub import address, fill, hub, titles, total, varied
from tests.pages import links_of, text_of

__all__ = ["hub", "varied"]


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


def test_what_is_still_open_comes_with_the_next_deadline_first(client, hub):
    assert titles(client, address(open="1", sort="deadline")) == ["Sjukhussängar"]


def test_an_order_that_narrows_says_so(client, hub):
    everything, still_open = client.get("/notices/"), client.get(address(open="1"))

    assert "Sorted by date , last day, open ones only" in text_of(everything)
    assert "/notices/?open=1&sort=deadline" in links_of(everything)
    assert "Sorted by date , last day Chosen" in text_of(still_open)


def test_a_printed_search_says_what_was_asked_and_when(client, hub):
    page = client.get(address(q="skola", country="SE")).content.decode()

    printed = re.search(r'<dl class="facts small print-only">(.*?)</dl>', page, re.DOTALL)[1]

    assert " ".join(unescape(re.sub(r"<[^>]+>", " ", printed)).split()) == (
        "Words skola Sorted by how well they fit Page 1 of 1 Address http://testserver/notices/?q=skola&country=SE "
        "Printed from the hub Mon 10 Mar 2025 at 13:00"
    )


def test_the_count_says_how_many_procurements_the_notices_tell_of(client, home):
    first = make.notice()
    fill(home, first, make.result(procedure_identifier=first.procedure_identifier), make.notice())

    assert "3 notices of 2 procurements" in text_of(client.get("/notices/"))
    assert "procurement" not in re.search(r'id="count".*?</p>', client.get(address(kind="result")).content.decode())[0]


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


def test_the_search_over_everything_finds_notices(hub, rf):
    found = registry.search_kinds.get("notices").find("ombyggnad", 5, rf.get("/"))

    (hit,) = found[1]
    assert (found[0], hit["title"], hit["meta"]) == (
        1,
        "Ombyggnad av skola",
        "Lillånäs kommun · Competition 2 May 2024",
    )
    assert hit["url"].startswith("/notices/ted/")
