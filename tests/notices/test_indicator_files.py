import csv
import html
import io
import json
import re
import zipfile

import pytest

from samspel.lake.notice import Text
from samspel.notices.indicators import counting
from samspel.notices.indicators.form import Asked
from tests import make
from tests.notices.indicator_lake import WRONG, indicator_hub, tried_hub

__all__ = ["indicator_hub", "tried_hub"]


NAMED = ("declared", "tenders")


@pytest.mark.parametrize("by", ["year", "country", "region", "buyer_kind", "cpv_division"])
def test_a_file_holds_the_numbers_of_the_lake_with_rule_unit_and_date(client, tried_hub, by):
    asked = f"/indicators/by/{by}.%s?country=NO,SE&indicator=declared,tenders"

    facts = client.get(asked % "json").json()
    table = list(csv.DictReader(io.StringIO(client.get(asked % "csv").content.decode("utf-8-sig"))))

    found = counting.by_group(tried_hub, by, Asked(countries=("NO", "SE")).where, NAMED)
    expected = {
        (name, group): (row[name].number if row[name].base else None, row[name].base)
        for group, row in found.items()
        for name in NAMED
    }
    assert {(row["indicator"], row["group"]): (row["number"], row["base"]) for row in facts["rows"]} == expected
    assert [(row["number"], row["base"]) for row in table] == [
        ("" if row["number"] is None else str(row["number"]), str(row["base"])) for row in facts["rows"]
    ]
    assert {row["version"] for row in facts["rows"]} == {1}
    assert facts["unit"].startswith("procurements, each counted once")
    assert (facts["newest_notice"], facts["counted_at"][:10]) == ("2025-06-01", "2026-01-15")
    assert {row["unit"] for row in table} == {facts["unit"]}
    assert len({*table[0]}) == len(table[0])
    assert not [name for name in table[0] if name.startswith("base") and name != "base"]
    assert facts["address"] == "http://testserver/indicators/?country=NO,SE"


def test_what_cannot_be_said_is_empty_in_a_file(client, tried_hub):
    rows = client.get("/indicators/by/year.json?indicator=declared").json()["rows"]

    assert [(row["number"], row["base"], row["ratio"]) for row in rows if row["group"] == 2020] == [(None, 0, None)]


def test_the_file_under_a_table_of_years_holds_all_its_years(client, tried_hub):
    for page in ("", "declared/"):
        shown = client.get(f"/indicators/{page}?year=2024&country=NO").content.decode()
        url = html.unescape(re.search(r'href="(/indicators/by/year\.json[^"]*)"', shown).group(1))

        facts = client.get(url).json()

        assert facts["filters"] == "country=NO"
        assert {row["group"] for row in facts["rows"]} == {2023, 2024, 2025}


def test_a_county_has_its_name_in_a_file(client, tried_hub):
    rows = client.get("/indicators/by/region.json?indicator=declared").json()["rows"]

    assert {row["group"]: row["name"] for row in rows} == {"NO0A2": "Vestland", "SE125": "Västmanlands län", None: None}


def test_a_file_without_a_country_has_an_address_that_counts_every_country(client, tried_hub):
    assert client.get("/indicators/by/year.json").json()["address"] == "http://testserver/indicators/?country=all"


@pytest.mark.parametrize("query", [one for one in WRONG if one != "country=%00"])
@pytest.mark.parametrize("file", ["by/year.csv", "declared/procurements.json"])
def test_no_file_is_made_of_a_question_that_was_not_understood(client, tried_hub, file, query):
    response = client.get(f"/indicators/{file}?{query}")

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert response.content


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(client, home):
    make.lake(home.lake, make.notice(title=(Text("sv", "=HYPERLINK(1)"),), buyers=(make.buyer(name="@SUM(1)"),)))

    (row,) = csv.DictReader(io.StringIO(client.get("/indicators/all/procurements.csv").content.decode("utf-8-sig")))

    assert (row["title"], row["buyer_name"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_a_page_of_the_json_is_valid_also_with_odd_texts(client, home):
    make.lake(home.lake, make.notice(title=(Text("sv", 'A "quoted" </script> title'),)))

    facts = json.loads(client.get("/indicators/all/procurements.json").content)

    assert [row["title"] for row in facts["rows"]] == ['A "quoted" </script> title']


def test_excel_gets_the_numbers_and_what_they_are_about(client, tried_hub):
    response = client.get("/indicators/by/year.xlsx?indicator=declared")

    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as book:
        text = b"".join(book.read(name) for name in book.namelist()).decode()
    assert 'sheet name="Numbers"' in text
    assert 'sheet name="About"' in text
    assert "newest_notice" in text
    assert response["Content-Disposition"] == 'attachment; filename="samspel-indicators-by-year-2026-01-15.xlsx"'


def test_a_picture_as_a_file_has_its_colours_and_whole_addresses(client, tried_hub):
    response = client.get("/indicators/procedure/years.svg?country=NO")
    picture = response.content.decode()

    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "<style>" in picture.replace("ns0:", "")
    assert 'href="http://testserver/indicators/procedure/procurements/?country=NO&amp;year=2024' in picture
