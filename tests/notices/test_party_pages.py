from dataclasses import replace
from datetime import date

import pytest

from samspel.kit import registry
from samspel.lake.notice import Marks
from samspel.notices.lake import current_lake
from tests import make
from tests.lake_queries import asked_of
from tests.notices.export_hub import sheets
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db

BUYER = "/buyers/SE-2120009991/"
SUPPLIER = "/suppliers/SE-5569990001/"


def award(**facts):
    return make.result(**{"awarded_value": make.money(1_000_000), **facts})


def test_a_buyer_s_page_says_what_how_much_with_whom_and_when(client, home):
    make.lake(
        home.lake,
        award(published_on=date(2023, 5, 1), marks=Marks(innovative=("rd-act",))),
        award(published_on=date(2025, 5, 1), cpv="45000000", awarded_value=make.money(2_000_000)),
        award(awarded_value=make.money(500, "EUR"), winners=(make.winner(name="Annan AB", identifier="5569990002"),)),
        award(buyers=(make.buyer(name="Granåkra kommun", identifier="2120009992"),)),
    )

    page = text_of(client.get(BUYER))

    assert "Buyer in 3 procurements 2023–2025, won by 2 suppliers ." in page
    assert "Awarded value where it is stated, in 3 of them: SEK 3 million and EUR 500 ." in page
    assert "1 of the 3 procurements that can carry the mark are declared as innovation, 33%." in page
    assert "Year Procurements 2023 1 2025 2" in page
    assert "33 Medical equipments, pharmaceuticals and personal care products 2" in page
    assert "Lugnvik Omsorgsteknik AB 2" in page
    assert "Granåkra" not in page


def test_a_supplier_s_page_says_the_same_of_its_awards(client, home):
    make.lake(
        home.lake,
        award(winners=(make.winner(value=make.money(300_000)),)),
        award(winners=(make.winner(value=make.money(200_000)), make.winner(name="Annan AB", identifier="5569990002"))),
    )

    page = text_of(client.get(SUPPLIER))

    assert "Won 2 procurements in 2025, of 1 buyer . In 2 of them it is stated what it won alone: SEK 500,000 ." in page
    assert "Lillånäs kommun 2 SEK 500,000" in page
    assert "Only what the buyers’ notices say of the supplier stands here." in page


OTHER = make.winner(name="Annan AB", identifier="5569990002")


def test_a_supplier_s_sum_is_of_what_it_won_alone_and_the_rest_opens(client, home):
    both = (make.winner(), OTHER)
    make.lake(
        home.lake,
        award(title=make.title("Alone"), winners=(make.winner(),)),
        award(title=make.title("Shared"), winners=both, awarded_value=make.money(70_000_000)),
        award(title=make.title("Unstated"), awarded_value=None),
    )

    response = client.get(SUPPLIER)
    (rest,) = [url for url in links_of(response) if "unvalued" in url]

    assert (
        "Won 3 procurements in 2025, of 1 buyer . In 1 of them, where it was the only supplier, the value is stated: "
        "SEK 1 million . In the other 2 the value per supplier is not stated."
    ) in text_of(response)
    assert "SEK 70 million to all suppliers" in text_of(response)
    assert "2 procurements" in text_of(client.get(rest))
    assert "Alone" not in text_of(client.get(rest))


def test_a_ceiling_that_suppliers_share_is_nobody_s_own(client, home):
    ceiling = make.money(65_000_000)
    shared = [replace(one, lots=("LOT-0001",), value=ceiling) for one in (make.winner(), OTHER)]
    lots = (make.lot(result="selec-w", awarded_value=ceiling),)
    make.lake(home.lake, award(awarded_value=ceiling, winners=tuple(shared), lots=lots))

    page = text_of(client.get(SUPPLIER))

    assert "Won 1 procurement in 2025, of 1 buyer . What it won for is not stated." in page
    assert "SEK 65 million to all suppliers" in page


def test_a_buyer_s_page_and_file_name_who_won_and_say_in_how_many_that_is_known(client, home):
    many = tuple(make.winner(name=f"Bolag {n}", identifier=f"556999000{n}") for n in range(6))
    make.lake(
        home.lake,
        award(title=make.title("Named"), winners=many),
        award(title=make.title("Nameless"), winners=()),
    )

    response = client.get(BUYER)
    (named,) = [url for url in links_of(response) if "named" in url]
    rows = {one["title"]: one for one in client.get(f"{BUYER}procurements.json").json()["procurements"]}

    assert "Buyer in 2 procurements in 2025. Who won is stated in 1 of them: 6 suppliers ." in text_of(response)
    assert "Named Won by Bolag 0 , Bolag 1 , Bolag 2 and 3 more" in text_of(response)
    assert "Nameless Who won is not stated" in text_of(response)
    assert "Nameless" not in text_of(client.get(named))
    assert rows["Named"]["suppliers"] == [one.name for one in many]
    assert (rows["Nameless"]["suppliers"], rows["Nameless"]["number_of_suppliers"]) == ([], None)


def test_a_supplier_that_is_known_by_name_alone_is_said_to_be(client, home):
    statistics = award(source="uhm", format="uhm-2021", winners=(make.winner(identifier=None),))
    make.lake(home.lake, statistics, award(winners=(OTHER,)), award(winners=(make.winner(name="C", identifier=None),)))

    by_name, by_number = (
        text_of(client.get(f"/suppliers/{key}/")) for key in ("SE-lugnvik-omsorgsteknik-ab", "SE-5569990002")
    )

    assert "Joined by name alone: the statistics give no organisation numbers" in by_name
    assert "Joined" not in by_number


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("year=2023", ["Old"]),
        ("cpv=45", ["Building"]),
        ("currency=EUR", ["Building"]),
        ("declared=1", ["Old"]),
        ("other=SE-5569990002", ["Building"]),
        ("year=2023&cpv=45", []),
        ("year=nonsense&cpv=';--", ["Building", "Old"]),
    ],
)
def test_every_number_opens_the_procurements_behind_it(client, home, asked, titles):
    make.lake(
        home.lake,
        award(title=make.title("Old"), published_on=date(2023, 5, 1), marks=Marks(innovative=("rd-act",))),
        award(
            title=make.title("Building"),
            cpv="45000000",
            awarded_value=make.money(1_000, "EUR"),
            winners=(make.winner(name="Annan AB", identifier="5569990002"),),
        ),
    )

    found = client.get(f"{BUYER}procurements.json?{asked}").json()

    assert [one["title"] for one in found["procurements"]] == titles
    assert found["total"] == len(titles)


def test_a_filter_that_is_on_can_be_taken_off(client, home):
    make.lake(home.lake, award())

    response = client.get(f"{BUYER}?year=2025&cpv=33")

    assert "Remove the filter 2025" in response.content.decode()
    assert f"{BUYER}?cpv=33#procurements" in links_of(response)


def test_a_long_list_is_paged_and_a_page_too_far_is_the_last(client, home):
    make.lake(
        home.lake, *(award(title=make.title(f"Purchase {n:02}"), published_on=date(2025, 1, 1 + n)) for n in range(25))
    )

    second, beyond = (text_of(client.get(f"{BUYER}?page={number}")).partition(" Address ")[0] for number in (2, 99))

    assert "Purchase 04" in second
    assert "Purchase 05" not in second
    assert beyond == second


def test_a_body_that_buys_and_supplies_links_its_two_pages(client, home):
    make.lake(home.lake, award(), award(winners=(make.winner(name="Lillånäs kommun", identifier="2120009991"),)))

    assert "/suppliers/SE-2120009991/" in links_of(client.get(BUYER))


def test_cells_that_a_spreadsheet_would_run_are_neutralised(client, home):
    make.lake(home.lake, award(title=make.title("=HYPERLINK(1)")))

    rows = client.get(f"{BUYER}procurements.csv").content.decode("utf-8-sig").splitlines()

    assert "'=HYPERLINK(1)" in rows[1]


def test_every_supplier_can_be_listed(client, home):
    make.lake(
        home.lake,
        *(award(winners=(make.winner(name=f"Bolag {n:02}", identifier=f"55699900{n:02}"),)) for n in range(12)),
    )

    short = client.get(BUYER)
    (more,) = [url for url in links_of(short) if "others=all" in url]
    full = text_of(client.get(more))

    assert "and 2 more" in text_of(short)
    assert [name for n in range(12) if (name := f"Bolag {n:02}") not in full] == []
    assert "2 more" not in full


def test_excel_holds_the_same_procurements_by_their_addresses(client, home):
    one = award(title=make.title("=HYPERLINK(1)"))
    make.lake(home.lake, one, award(cpv="45000000"))

    response = client.get(f"{BUYER}procurements.xlsx?cpv=33")
    (heading, row), about = sheets(b"".join(response.streaming_content))

    assert heading[:2] == ["Procurement", "The notice in this hub"]
    assert heading[-1] == "Suppliers"
    assert row[1] == f"http://testserver/notices/{one.key}/"
    assert "'=HYPERLINK(1)" in row
    assert row[-1] == "Lugnvik Omsorgsteknik AB"
    assert ["name", "Lillånäs kommun"] in about
    assert response["Content-Disposition"] == 'attachment; filename="SE-2120009991.xlsx"'


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_files_give_the_address_of_each_notice(client, home, kind):
    one = award()
    make.lake(home.lake, one)

    assert f"http://testserver/notices/{one.key}/" in client.get(f"{BUYER}procurements.{kind}").content.decode()


def test_a_website_that_would_run_is_no_link(client, home):
    make.lake(home.lake, award(buyers=(make.buyer(website="javascript://example.org/%0aalert(1)"),)))

    assert [url for url in links_of(client.get(BUYER)) if url.startswith("javascript")] == []


def test_a_name_is_escaped(client, home):
    make.lake(home.lake, award(winners=(make.winner(name="<b>Bold</b> AB"),)))

    page = client.get(BUYER).content.decode() + client.get(SUPPLIER).content.decode()

    assert "<b>Bold</b>" not in page


def _drawn(request, *, organisation, body):
    return {"title": body.name, "text": body.role}


def test_a_later_app_adds_a_section(client, home):
    make.lake(home.lake, award())
    section = registry.Section("invented", "Invented section", "kit/_empty.html", _drawn)
    registry.organisation_sections.add(section)

    try:
        page = text_of(client.get(BUYER))
    finally:
        registry.organisation_sections.remove("invented")

    assert "Invented section Lillånäs kommun buyer" in page


@pytest.mark.parametrize("address", [BUYER, SUPPLIER])
def test_a_body_with_three_procurements_costs_what_one_with_one_costs(client, home, address, tmp_path, settings):
    numbers = []
    for size in (1, 3):
        settings.HOME = type(home)(tmp_path / str(size))
        make.lake(settings.HOME.lake, *(award(published_on=date(2022 + n, 1, 1)) for n in range(size)))
        with asked_of(current_lake()) as asked:
            assert client.get(address).status_code == 200
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] <= 7


def test_a_value_that_only_stands_where_one_must_is_in_no_sum(client, home):
    make.lake(
        home.lake,
        award(awarded_value=make.money(1), winners=(make.winner(value=make.money(0)),)),
        award(awarded_value=make.money(200_000), winners=(make.winner(value=make.money(200_000)),)),
    )

    assert "Awarded value where it is stated, in 1 of them: SEK 200,000 ." in text_of(client.get(BUYER))
    assert (
        "In 1 of them, where it was the only supplier, the value is stated: SEK 200,000 . "
        "In the other 1 the value per supplier is not stated."
    ) in text_of(client.get(SUPPLIER))
