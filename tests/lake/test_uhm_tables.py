import gzip
import os
from functools import partial

import pytest

from samspel.lake import uhm
from samspel.lake.notice import Text
from samspel.lake.uhm_tables import OWN, SHARED
from tests.lake.statistics_rows import TABLES, procurement, read, value, write_table


@pytest.fixture
def write(tmp_path):
    return partial(write_table, tmp_path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_copies_saved_from_a_spreadsheet_are_read(write, encoding, delimiter):
    rows = [procurement(**{"Upphandlingens titel": "Gångbro; ny, bred"})]

    found = read(write("procurements", rows, encoding=encoding, delimiter=delimiter))

    assert [(notice.title, [buyer.name for buyer in notice.buyers]) for notice in found] == [
        ((Text("sv", "Gångbro; ny, bred"),), ["ÅBY KOMMUN"])
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_known_by_its_columns_and_named_with_its_years(write, name):
    header = (*SHARED, *OWN[name])
    rows = [*TABLES[name], {**TABLES[name][0], "År": "2033"}]

    assert uhm.which_table(header) == name
    assert uhm.which_table([*reversed(header), "Ny kolumn"]) == name
    assert uhm.table_name(write(name, TABLES[name])) == f"{name}-2031"
    assert uhm.table_name(write(name, rows)) == f"{name}-2031-2033"


def test_another_csv_is_no_table():
    assert uhm.which_table(["code", "en", "sv"]) is None
    assert uhm.which_table([]) is None
    assert uhm.which_table([*SHARED[1:], *OWN["values"]]) is None


def test_a_csv_with_other_columns_is_refused_and_says_which_are_missing(write):
    columns = [column for column in TABLES["values"][0] if column not in {"Förfarande", "Typ av avtal"}]

    found = read(write("values", TABLES["values"], columns=columns), write("procurements", TABLES["procurements"]))

    assert found[0] == "values.csv is no table of the Swedish statistics: it lacks “Förfarande”, “Typ av avtal”."
    assert [notice.identifier for notice in found[1:]] == ["2031-MT1", "2031-SE2"]
    assert uhm.table_name(write("values", TABLES["values"], columns=columns)) is None


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "a.csv").touch()

    (refused,) = read(tmp_path / "a.csv")

    assert refused == "a.csv is no table of the Swedish statistics: it is empty."


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"Upphandlings-ID": ""}, "has no “Upphandlings-ID”"),
        ({"År": "i fjol"}, "has no year in “År”"),
        ({"Publiceringsdatum": "2031-13-01"}, "has no day in “Publiceringsdatum”: 2031-13-01"),
        ({"Kontrakterat värde, Summa": "mycket"}, "has no number in “Kontrakterat värde, Summa”: mycket"),
        ({"Kontrakterat värde, Summa": "nan"}, "has no number in “Kontrakterat värde, Summa”: nan"),
    ],
)
def test_a_broken_row_is_reported_with_its_line_and_the_rest_is_read(write, changes, why):
    rows = [value("1", **{"Upphandlings-ID": "A"}), value("2") | changes, value("3", **{"Upphandlings-ID": "B"})]

    found = read(write("values", rows))

    assert found[0] == f"values.csv, line 3: {why}."
    assert [notice.identifier for notice in found[1:]] == ["2031-A", "2031-B"]


@pytest.mark.parametrize(
    "line, why",
    [
        ("2031,bara,tre\n", "has 3 columns where the header has 18"),
        ('2031,"' + "x" * 200_000 + "\n", "holds a text that does not end, or a byte that is no text"),
    ],
)
def test_a_line_that_is_no_row_is_reported(write, line, why):
    found = read(write("values", TABLES["values"], extra=line))

    assert found[0] == f"values.csv, line 3: {why}."
    assert [notice.identifier for notice in found[1:]] == ["2031-MT1"]


def test_letters_in_two_encodings_are_reported_with_their_line(write):
    path = write("procurements", [procurement()])
    path.write_bytes(path.read_bytes() + path.read_bytes().split(b"\r\n")[1].decode().encode("cp1252") + b"\r\n")

    found = read(path)

    assert found[0] == "procurements.csv, line 3: holds letters in another encoding than the rest of the file."
    assert [notice.identifier for notice in found[1:]] == ["2031-MT1"]


def test_a_table_in_gz_that_is_cut_short_gives_the_rows_there_are(tmp_path, write):
    rows = [value("1", **{"Upphandlings-ID": os.urandom(20).hex()}) for _ in range(2000)]
    whole = gzip.compress(write("values", rows).read_bytes())
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])

    found = read(tmp_path / "cut.csv.gz")

    refused = [item for item in found if isinstance(item, str)]
    assert [why.partition(": ")[2] for why in refused] == ["is the last that could be unpacked; the file is cut short."]
    assert len(found) - 1 > 500


def test_a_file_that_is_no_gz_after_its_first_bytes_is_refused(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(b"\x1f\x8bxxxxxxxxxxxxxxxx")

    assert read(tmp_path / "a.csv.gz") == ["a.csv.gz cannot be unpacked."]


def test_a_first_line_that_is_no_list_of_columns_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xc3\x85r,Namn\rmer\n")

    (refused,) = read(tmp_path / "a.csv")

    assert refused == "a.csv is no table of the Swedish statistics: its first line is no list of columns."


def test_a_sign_that_cannot_be_stored_is_replaced_and_a_day_out_of_bounds_left_out(write):
    rows = [procurement(**{"Upphandlingens titel": "Gång\0bro", "Publiceringsdatum": "0001-01-01"})]

    (notice,) = read(write("procurements", rows))

    assert notice.title == (Text("sv", "Gång\ufffdbro"),)
    assert (notice.published_on, notice.unknown_codes) == (None, ("OPP-012:0001-01-01",))
