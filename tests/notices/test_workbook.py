import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from samspel.kit.cells import cell
from samspel.notices.columns import COLUMNS
from samspel.notices.search import exports, workbook
from samspel.notices.sheets import MOST_EXCEL_ROWS
from tests import make
from tests.notices.export_hub import XML, bought, export_of, fill, filled, get, held, hub, sheets

__all__ = ["bought", "filled", "hub"]


def row_of(client, **asked):
    """Return the only notice of an Excel file by its headings; empty cells are not there."""
    heading, *rows = by_place(get(client, "xlsx", **asked).getvalue())
    (row,) = rows
    return {heading[place]: value for place, value in row.items()}


def by_place(content):
    """Return the rows of the first sheet, each what its cells hold by the letters of their column."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        tree = ET.fromstring(file.read("xl/worksheets/sheet1.xml"))
    return [
        {re.sub(r"\d", "", cell.get("r")): held(cell) for cell in row.findall("x:c", XML)}
        for row in tree.findall(".//x:row", XML)
    ]


def test_excel_says_everything_in_words_with_the_codes_beside(client, bought):
    client.cookies["language"] = "sv"

    found = row_of(client, kind="result")

    assert {name: value for name, value in found.items() if name in SWEDISH} == SWEDISH
    assert len(found) == len(exports.COLUMNS) - 2 + 10  # neither a deadline nor an advertisement; ten have codes


# Only what is translated already: the catalogues follow the code.
SWEDISH = {
    "Rubrik": "Digital tillsyn på natten",
    "Språk": "svenska",
    "Typ av annons": "Resultat",
    "Köpare": "Lillånäs kommun; Grannby kommun",
    "Uppskattat värde": 4_000_000.0,
    "Tilldelat värde": 3_999_999.5,
    "Förfarande": "Förhandlat, med föregående annonsering",
    "CPV": "Patientövervakningssystem",
    "Märkt av köparen": "Innovation; Socialt ansvar",
    "Källa": "TED",
}


def test_codes_stand_in_columns_of_their_own(client, bought):
    found = row_of(client, kind="result")

    assert {name.removesuffix(" (code)"): value for name, value in found.items() if name.endswith(" (code)")} == {
        "Language": "sv",
        "Kind of notice": "result",
        "Buyers’ countries": "SE",
        "Suppliers’ countries": "SE",
        "Procedure": "neg-w-call",
        "CPV": "33195000",
        "More CPV": "48000000",
        "Places": "SE125",
        "Marked by the buyer": "innovation; social",
        "Source": "ted",
    }


def test_excel_says_what_was_asked_where_it_comes_from_and_what_the_columns_hold(client, bought):
    notices, about = sheets(get(client, "xlsx", kind="result", q="natten").getvalue())

    assert about[:6] == [
        ["Address of the search", "http://testserver/notices/?q=natten&kind=result"],
        ["Words", "natten"],
        ["Kind of notice", "Result"],
        ["Sorted by", "how well they fit"],
        ["Made at", "Wed 2 Jul 2025 at 11:00"],
        ["Notices found", 1.0],
    ]
    assert about[6:8] == [
        ["Source", "Terms", "Address"],
        ["TED, the EU’s notice database", "Free to reuse (Commission Decision 2011/833/EU).", "https://ted.europa.eu/"],
    ]
    assert [line[-1] for line in about[9:]] == list(exports.COLUMNS)
    assert [line[0] for line in about[9:]] == [name for name in notices[0] if not name.endswith(" (code)")]


def test_every_column_of_the_files_says_what_it_holds():
    assert [name for name in exports.COLUMNS if name not in COLUMNS or not COLUMNS[name].what] == []


def test_excel_says_what_it_has_no_room_for(hub):
    fill(hub, *(make.notice(title=make.title(f"Nummer {number}")) for number in range(5)))

    file = io.BytesIO()
    workbook.write(file, export_of(), exports.COLUMNS, most=4)

    notices, about = sheets(file.getvalue())

    assert len(notices) == 4
    assert [line for line in about if line[0].startswith(("Notices", "Excel"))] == [
        ["Notices found", 5.0],
        ["Notices here", 3.0],
        ["Excel holds no more than 3 rows below the heading; the rest is left out. CSV has all."],
    ]


def test_excel_has_the_room_that_excel_has():
    assert MOST_EXCEL_ROWS == 2**20


def test_a_text_longer_than_a_cell_is_cut(client, hub):
    fill(hub, make.notice(title=make.title("lång " * 10_000)))

    _heading, cells = sheets(get(client, "xlsx").getvalue())[0]

    assert len(cells[1]) == 32_767


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_no_cell_is_run_as_a_formula(formula):
    assert cell(formula) == f"'{formula}"


@pytest.mark.parametrize("value", ["Tillsyn", "a=1", -5, 3.5, None, ""])
def test_everything_else_is_left_as_it_is(value):
    assert cell(value) == value
