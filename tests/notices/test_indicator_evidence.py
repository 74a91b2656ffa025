import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from samspel.lake.indicators import Measure
from samspel.lake.notice import Text
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.lake import current_lake
from tests import make
from tests.lake_queries import asked_of
from tests.notices import indicator_lake
from tests.notices.indicator_lake import heading_of, indicator_hub, numbers_of, text_of, tried_hub

__all__ = ["indicator_hub", "tried_hub"]


def rows_of(client, url):
    """Return the procurements behind an address as its JSON file has them."""
    path, _mark, query = url.partition("?")
    file = client.get(f"{path.removesuffix('/')}.json?{query}").json()
    return file["rows"]


def opened(client, url):
    """Return what a number must be, counted from the procurements that its address lists."""
    rows, name = rows_of(client, url), urlsplit(url).path.split("/")[2]
    measure = indicator_of(name).measure
    is_base = parse_qs(urlsplit(url).query).get("part") == ["base"]
    columns = {Measure.TENDERS: ("tenders_sme", "tenders"), Measure.WINNERS: ("suppliers_new", "suppliers")}
    if measure is Measure.PROCUREMENTS or (measure is Measure.MEAN and is_base):
        return len(rows)
    number, base = columns.get(measure, ("tenders", "tenders"))
    return sum(row[base if is_base else number] for row in rows)


@pytest.mark.parametrize(
    "page",
    [
        "/indicators/",
        "/indicators/declared/?year=2024&country=NO",
        "/indicators/tenders/?from=2022",
        "/indicators/sme_share/?region=SE1&year=2024",
        "/indicators/new_suppliers/?cpv=33",
    ],
)
def test_every_number_on_a_page_is_the_number_of_procurements_it_opens(client, tried_hub, page):
    shown = numbers_of(client.get(page))

    assert len(shown) > 10
    assert {(url, opened(client, url)) for url, _number in shown} == shown


def test_the_list_behind_a_number_shows_all_of_them_over_its_pages(client, home):
    make.lake(home.lake, *(make.notice(title=(Text("sv", f"Köp {place:02}"),)) for place in range(45)))

    pages = [client.get(f"/indicators/all/procurements/?year=2025&page={page}") for page in (1, 2, 3)]

    assert [heading_of(page) for page in pages] == ["45 procurements in 2025"] * 3
    assert sorted(re.findall(r"Köp \d\d", "".join(map(text_of, pages)))) == [f"Köp {place:02}" for place in range(45)]


def test_each_procurement_says_why_it_counts(client, tried_hub):
    pages = {
        name: text_of(client.get(f"/indicators/{name}/procurements/?year=2024&country=SE"))
        for name in ("declared", "procedure", "wording", "early_dialogue", "tenders", "sme_share", "environment")
    }

    assert "Marked: New to the market, or much better than what is there." in pages["declared"]
    assert "“Competitive dialogue” is made for what cannot be specified yet." in pages["procedure"]
    assert "The text says “innovativ lösning”." in pages["wording"]
    assert "Planning announced 1 Nov 2023, before the competition." in pages["early_dialogue"]
    assert "Together 4 tenders in 1 procurement, 4.0 on average." in pages["tenders"]
    assert "4 tenders, 3 of them from small and medium-sized companies." in pages["sme_share"]
    assert "Marked: Limits climate change." in pages["environment"]
    assert "Marked: Limits climate change." not in pages["declared"]
    assert all("En innovativ lösning Lillånäs kommun" in page for page in pages.values())


def test_what_has_no_year_is_told_apart_by_its_reason_and_opens(client, tried_hub):
    page = text_of(client.get("/indicators/"))
    listed = client.get("/indicators/uncounted/procurements/?by=uncounted&group=planned")

    assert (
        "1 procurement has no notice of a competition or a result here, so it has no year and is not counted: "
        "1 planned or asked about, and nothing later"
    ) in page
    assert heading_of(listed) == "1 procurement"
    assert "Bara plan" in text_of(listed)


@pytest.mark.parametrize(
    "query", ["by=region", "group=NO081", "by=tables&group=1", "by=region&group='", "part=all", "page=-3", "page=9e9"]
)
def test_a_group_or_a_page_that_does_not_exist_is_no_fault_of_the_hub(client, tried_hub, query):
    assert client.get(f"/indicators/declared/procurements/?{query}").status_code == 200


def test_the_list_costs_the_same_for_one_procurement_and_for_three(client, home):
    marked = [make.notice(marks=indicator_lake.MARKED, published_on=date(2024, 7, day)) for day in (1, 2, 3)]
    costs = []

    for number in (1, 3):
        lake = make.lake(home.lake, *marked[-number:])
        with asked_of(current_lake()) as asked:
            client.get("/indicators/declared/procurements/?year=2024")
        costs.append(len(asked))

    assert lake.manifest.generation == 2
    assert costs == [costs[0]] * 2
