import re
from datetime import date

import pytest

from samspel.lake.notice import Deadline, Kind
from tests import make
from tests.notices.search_hub import NOW, address, fill, hub, titles, total, varied
from tests.pages import text_of

__all__ = ["hub", "varied"]


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


def test_a_deadline_that_stands_for_none_reads_until_further_notice(client, home, time_machine):
    time_machine.move_to(NOW)
    fill(
        home,
        make.notice(title=make.title("Endless"), deadlines=(Deadline("tenders", "2099-01-01T11:59:59"),)),
        make.notice(
            title=make.title("Plan"), kind=Kind.PLANNING, deadlines=(Deadline("interest", "2099-01-01T11:59:59"),)
        ),
        make.notice(title=make.title("Far"), deadlines=(Deadline("tenders", "2034-12-31T12:00:00+01:00"),)),
    )

    page = text_of(client.get("/notices/"))

    assert re.findall(r"(?:Endless|Far|Plan) .*? (Open until \S+ \S+|No deadline stated)", page) == [
        "Open until further notice",
        "No deadline stated",
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


@pytest.mark.parametrize(
    "published_on, said",
    [(date(2024, 3, 10), ["No deadline stated"]), (date(2024, 3, 9), [])],
)
def test_a_plan_without_a_deadline_is_open_for_a_year_for_the_hit_and_the_filter_alike(
    client, home, time_machine, published_on, said
):
    time_machine.move_to(NOW)
    far = (Deadline("interest", "2099-01-01T11:59:59"),)
    fill(home, make.notice(kind=Kind.PLANNING, published_on=published_on, deadlines=far))

    tags = re.findall(r'class="ds-tag"[^>]*>([^<]*)<', client.get("/notices/").content.decode())

    assert [words for words in tags if "Marked" not in words and "In " not in words] == said
    assert total(client, "/notices/?open=1") == len(said)
