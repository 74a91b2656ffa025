import csv
import io
import json
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
    expected = {(name, group): (row[name].number, row[name].base) for group, row in found.items() for name in NAMED}
    assert {(row["indicator"], row["group"]): (row["number"], row["base"]) for row in facts["rows"]} == expected
    assert [(int(row["number"]), int(row["base"])) for row in table] == [
        (row["number"], row["base"]) for row in facts["rows"]
    ]
    assert {row["version"] for row in facts["rows"]} == {1}
    assert facts["unit"].startswith("procurements, each counted once")
    assert (facts["newest_notice"], facts["counted_at"][:10]) == ("2025-06-01", "2026-01-15")
    assert {row["unit"] for row in table} == {facts["unit"]}
    assert facts["address"] == "http://testserver/indicators/?country=NO,SE"


def test_what_cannot_be_said_is_empty_in_a_file(client, tried_hub):
    rows = client.get("/indicators/by/year.json?indicator=declared").json()["rows"]

    assert [(row["base"], row["ratio"]) for row in rows if row["group"] == 2020] == [(0, None)]


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
