import gzip

import pytest

from samspel.lake import load, statistics
from samspel.lake.store import Lake
from tests.lake import make
from tests.lake.statistics_rows import TABLES, procurement, supplier, value, write_table


def names(folder):
    return [path.name for path in statistics.kept(folder)]


def many(number):
    return [value(str(1000 + place), **{"Upphandlings-ID": f"MT{place}"}) for place in range(number)]


def write(folder, name, rows, *, cut=None):
    folder.mkdir(exist_ok=True)
    path = write_table(folder, name, rows)
    path.write_bytes(path.read_bytes()[:cut])
    return path


@pytest.mark.parametrize(
    ("rows", "cut", "says"),
    [
        (many(20), -30, "The table is broken or cut short"),
        (many(20), -2000, "The table is broken or cut short"),
        (many(20), -4, "The table is broken or cut short"),
        (many(9), None, "The table has fewer than half of the rows"),
    ],
)
def test_a_part_of_a_table_does_not_take_the_place_of_the_whole(tmp_path, rows, cut, says):
    kept = tmp_path / "kept"
    statistics.keep(kept, [write(tmp_path, "whole", many(20))])
    before = {path.name: path.read_bytes() for path in statistics.kept(kept)}

    tables, refused = statistics.keep(kept, [write(tmp_path, "part", rows, cut=cut)])

    assert {path.name: path.read_bytes() for path in tables} == before
    (why,) = map(str, refused)
    assert why == (
        f"part.csv: {says}, so the one that was loaded earlier stays. Load the whole file again; to replace it on "
        "purpose, first remove statistics/values-2031.0.csv.gz from the lake's folder."
    )


def test_a_broken_table_of_one_year_does_not_come_beside_a_whole_one_of_several(tmp_path):
    kept = tmp_path / "kept"
    statistics.keep(kept, [write(tmp_path, "whole", [*many(3), value("1", År="2033", Publiceringsdatum="2033-01-01")])])

    tables, refused = statistics.keep(kept, [write(tmp_path, "part", many(3), cut=-30)])

    assert ([path.name for path in tables], len(refused)) == (["values-2031-2033.0.csv.gz"], 1)


def test_a_whole_table_takes_the_place_of_a_broken_one(tmp_path):
    kept = tmp_path / "kept"
    statistics.keep(kept, [write(tmp_path, "part", many(20), cut=-30)])

    tables, refused = statistics.keep(kept, [write(tmp_path, "whole", many(19))])

    assert refused == []
    assert gzip.decompress(tables[0].read_bytes()) == (tmp_path / "whole.csv").read_bytes()


def test_of_a_whole_and_a_broken_table_in_one_load_the_whole_one_is_kept(tmp_path):
    part, whole = write(tmp_path, "a", many(5), cut=-30), write(tmp_path, "b", many(5))

    tables, refused = statistics.keep(tmp_path / "kept", [part, whole])

    assert ([path.name for path in tables], len(refused)) == (["values-2031.0.csv.gz"], 1)
    assert gzip.decompress(tables[0].read_bytes()) == whole.read_bytes()


def test_fewer_files_of_a_table_leave_none_of_the_earlier_ones(tmp_path):
    kept = tmp_path / "kept"
    statistics.keep(kept, [write(tmp_path, "a", many(2)), write(tmp_path, "b", many(3))])
    before = names(kept)

    statistics.keep(kept, [write(tmp_path, "c", many(4))])

    assert (before, names(kept)) == (["values-2031.0.csv.gz", "values-2031.1.csv.gz"], ["values-2031.0.csv.gz"])


def test_what_is_no_table_is_read_to_say_why(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")

    assert statistics.keep(tmp_path / "kept", [tmp_path / "other.csv"]) == ([tmp_path / "other.csv"], [])


def test_loading_a_part_changes_no_procurement_and_says_so(tmp_path):
    lake = Lake(tmp_path / "lake")
    suppliers = [supplier(f"Företag {place}", "CAN-1") for place in range(9)]
    tables = {**TABLES, "procurements": [procurement()], "suppliers": suppliers}
    load.load(lake, [write(tmp_path / "whole", name, rows) for name, rows in tables.items()], at=make.NOW)

    report = load.load(lake, [write(tmp_path / "part", "suppliers", suppliers, cut=-300)], at=make.NOW)

    assert (report.new, report.changed, report.unreadable_total) == (0, 0, 1)
    assert "Load the whole file again" in report.unreadable[0]["why"]
