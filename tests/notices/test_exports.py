import csv
import io
import json
import re
import zipfile
from datetime import date
from urllib.parse import urlencode

import pytest

from samspel.lake.notice import Deadline
from samspel.notices.search import exports
from tests import make
from tests.notices.export_hub import PERSONAL, RESULT, bought, fill, filled, get, hub, sheets

__all__ = ["bought", "filled", "hub"]


def csv_rows(client, **asked):
    text = get(client, "csv", **asked).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_of(client, **asked):
    return json.loads(get(client, "json", **asked).getvalue())


def test_a_row_holds_what_the_notice_says(client, bought):
    first, _second = csv_rows(client)

    assert first == {
        "notice": f"http://testserver/notices/{RESULT.key}/",
        "title": "Digital tillsyn på natten",
        "language": "sv",
        "kind": "result",
        "published_on": "2025-06-30",
        "advertised_on": "",
        "deadline": "",
        "buyers": "Lillånäs kommun; Grannby kommun",
        "buyer_numbers": "2120009991; 2120009983",
        "buyer_countries": "SE",
        "suppliers": "Lugnvik Omsorgsteknik AB; Anna Exempel",
        "supplier_numbers": "5569990001; ••••••••••",
        "supplier_countries": "SE",
        "estimated_value": "4000000",
        "estimated_currency": "SEK",
        "awarded_value": "3999999.5",
        "awarded_currency": "SEK",
        "tenders": "5",
        "tenders_from_sme": "3",
        "procedure": "neg-w-call",
        "cpv": "33195000",
        "more_cpv": "48000000",
        "places": "SE125",
        "marks": "innovation; social",
        "procurement": first["procurement"],
        "source": "ted",
        "publication_number": RESULT.publication_number,
        "original": "https://source.example/1",
    }


def test_what_is_not_known_is_empty(client, bought):
    _first, second = csv_rows(client)

    assert {name for name, value in second.items() if value} == {
        "notice",
        "title",
        "language",
        "kind",
        "published_on",
        "procurement",
        "source",
        "publication_number",
    }


def test_the_number_of_a_sole_trader_is_in_no_file(client, bought):
    with zipfile.ZipFile(io.BytesIO(get(client, "xlsx").getvalue())) as file:
        excel = b"".join(map(file.read, file.namelist()))

    files = [get(client, "csv").getvalue(), get(client, "json").getvalue(), excel]

    assert [PERSONAL.encode() in content for content in files] == [False, False, False]


def test_csv_begins_with_the_mark_that_spreadsheets_look_for(client, bought):
    response = get(client, "csv")

    assert response.getvalue().startswith("\ufeffnotice,title,".encode())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="samspel-notices-2025-07-02.csv"'


def test_json_says_what_was_asked_and_how_many_there_are(client, bought):
    found = json_of(client, q="natten")

    rows = found.pop("notices")
    assert found == {
        "search": "http://testserver/notices/?q=natten",
        "made_at": "2025-07-02T09:00:00+00:00",
        "unit": "notices",
        "total": 1,
    }
    assert [(row["title"], row["suppliers"], row["awarded_value"]) for row in rows] == [
        ("Digital tillsyn på natten", ["Lugnvik Omsorgsteknik AB", "Anna Exempel"], 3_999_999.5)
    ]


def test_every_file_holds_what_the_search_finds_in_its_order(client, hub):
    notices = [
        make.notice(
            title=make.title(f"Tillsyn {number:03}"),
            published_on=date(2025, 1 + number % 6, 1 + number % 28),
            buyers=(make.buyer(country="NO" if number % 3 else "SE"),),
        )
        for number in range(70)
    ]
    fill(hub, *notices)
    asked = {"q": "tillsyn", "country": "NO", "sort": "date"}

    pages = [client.get(f"/notices/?{urlencode({**asked, 'page': page})}").content.decode() for page in (1, 2, 3)]
    seen = [title for page in pages for title in re.findall(r"Tillsyn</mark> (\d{3})</a>", page)]

    assert len(seen) == 46
    for found in (csv_rows(client, **asked), json_of(client, **asked)["notices"]):
        assert [row["title"].split()[1] for row in found] == seen
    rows = sheets(get(client, "xlsx", **asked).getvalue())[0][1:]
    assert [row[1].split()[1] for row in rows] == seen


def test_more_notices_than_are_read_at_a_time_come_in_full(client, hub, monkeypatch):
    fill(hub, *(make.notice(title=make.title(f"Nummer {number}")) for number in range(25)))
    # The size of a batch changes nothing but the memory it takes.
    monkeypatch.setattr(exports, "_BATCH", 10)

    assert len({row["notice"] for row in csv_rows(client)}) == 25
    assert len({row["notice"] for row in json_of(client)["notices"]}) == 25


def test_a_formula_in_a_notice_is_text_in_both_kinds_of_spreadsheet(client, hub):
    formula = '=HYPERLINK("http://evil.example","Tillsyn")'
    fill(hub, make.result(title=make.title(formula), buyers=(make.buyer(name="+46 kommun"),)))

    (row,) = csv_rows(client)
    _heading, cells = sheets(get(client, "xlsx").getvalue())[0]

    assert (row["title"], row["buyers"]) == (f"'{formula}", "'+46 kommun")
    assert cells[1] == f"'{formula}"
    assert "'+46 kommun" in cells
    assert json_of(client)["notices"][0]["title"] == formula


def test_control_characters_do_not_break_a_file(client, hub):
    fill(hub, make.notice(title=make.title("Till\x0bsyn\x00 \ufffe & <natt>")))

    assert len(sheets(get(client, "xlsx").getvalue())[0]) == 2
    assert len(csv_rows(client)) == len(json_of(client)["notices"]) == 1


def test_nothing_found_is_a_file_without_rows(client, bought):
    assert csv_rows(client, q="mammutbete") == []
    assert json_of(client, q="mammutbete")["notices"] == []
    assert len(sheets(get(client, "xlsx", q="mammutbete").getvalue())[0]) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_empty_hub_gives_an_empty_file(client, home, kind):
    response = get(client, kind)

    assert (response.status_code, len(response.getvalue()) > 0) == (200, True)


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"min": "x", "currency": "SEK"}, "Write an amount in digits, such as 500000."),
        ({"year": "last"}, "The address asks for “last”, which the hub does not understand; it is left out."),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file_is_refused_where_it_would_hold_something_else_than_was_asked(client, bought, kind, asked, said):
    response = get(client, kind, **asked)

    assert (response.status_code, response.content.decode()) == (400, said)


@pytest.mark.parametrize("kind", ["xls", "exe", "csv.exe", "..", "CSV"])
def test_other_formats_are_not_found(client, bought, kind):
    assert get(client, kind).status_code == 404


def test_deadlines_stand_as_the_notice_states_them(client, hub):
    fill(hub, make.notice(deadlines=(Deadline("tenders", "2025-08-01T12:00:00+02:00"),)))

    assert [row["deadline"] for row in csv_rows(client)] == ["2025-08-01T12:00:00+02:00"]
