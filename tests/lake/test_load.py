import csv
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from samspel.lake import load
from samspel.lake.store import Damaged, Lake
from tests.lake import make
from tests.lake.make_eforms import eforms
from tests.lake.test_uhm import TABLES

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def archive(path, documents):
    with tarfile.open(path, "w:gz") as tar:
        for name, data in documents.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    return path


def numbers(report):
    return (report.read, report.new, report.changed, report.unchanged, report.set_aside, report.unreadable_total)


def test_an_unreadable_document_is_listed_with_the_reason_and_the_others_are_loaded(tmp_path):
    path = archive(tmp_path / "a.tar.gz", {"good.xml": notice(1), "bad.xml": b"<ContractNotice", "empty.xml": b""})

    report = load.load(Lake(tmp_path / "lake"), [path], at=make.NOW)

    assert numbers(report) == (3, 1, 0, 0, 0, 2)
    assert [item["file"] for item in report.unreadable] == ["a.tar.gz/empty.xml", "a.tar.gz/bad.xml"]
    assert all(item["why"] for item in report.unreadable)


def test_what_is_read_is_always_the_sum_of_what_became_of_it(tmp_path):
    path = archive(tmp_path / "a.tar.gz", {f"{n}.xml": notice(n) for n in range(1, 5)} | {"bad.xml": b"<a/>"})
    lake = Lake(tmp_path / "lake")

    first = load.load(lake, [path], at=make.NOW).as_dict()
    second = load.load(lake, [path], at=make.NOW).as_dict()

    for report in (first, second):
        parts = report["new"] + report["changed"] + report["unchanged"] + report["set_aside"]
        assert report["read"] == parts + len(report["unreadable"])
    assert (second["new"], second["unchanged"]) == (0, 4)


def test_the_raw_document_is_kept_as_it_came(tmp_path):
    (tmp_path / "a.xml").write_bytes(notice(1))
    lake = Lake(tmp_path / "lake")
    load.load(lake, [tmp_path / "a.xml"], at=make.NOW)
    (key,) = [key for (key,) in lake.connection().execute("SELECT key FROM notices").fetchall()]

    assert lake.document(key) == notice(1)


def test_reading_again_replaces_what_an_earlier_reader_got_wrong(tmp_path):
    (tmp_path / "a.xml").write_bytes(notice(1))
    lake = Lake(tmp_path / "lake")
    load.load(lake, [tmp_path / "a.xml"], at=make.NOW)
    (key,) = [key for (key,) in lake.connection().execute("SELECT key FROM notices").fetchall()]
    right = lake.notice(key)
    load.load_records(lake, [replace(right, cpv="99999999")], at=make.NOW)

    report = load.reread(lake, at=make.NOW)

    assert (report.changed, report.unchanged) == (1, 0)
    assert lake.notice(key) == right


@pytest.mark.parametrize("moment", [1.0, 2.5])
def test_a_load_that_is_killed_loses_nothing_and_repeats_nothing(tmp_path, moment):
    path = archive(tmp_path / "a.tar.gz", {f"{n}.xml": notice(n) for n in range(1, 601)})
    program = (
        "import sys; from pathlib import Path; from samspel.lake import load; from samspel.lake.store import Lake; "
        "from tests.lake import make; load.COMMIT_ROWS = 100; "
        "load.load(Lake(Path(sys.argv[1])), [Path(sys.argv[2])], at=make.NOW)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "lake"), str(path)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2], start_new_session=True)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    lake = Lake(tmp_path / "lake")
    before = lake.manifest.rows

    report = load.load(lake, [path], at=make.NOW)

    keys = [key for (key,) in lake.connection().execute("SELECT key FROM notices").fetchall()]
    assert (report.read, report.new, report.unchanged) == (600, 600 - before, before)
    assert (len(keys), len(set(keys))) == (600, 600)
    assert sum(n for (n,) in lake.connection().execute("SELECT notices FROM procurements").fetchall()) == 600


def test_statistics_whose_tables_come_in_two_loads_are_joined(tmp_path):
    procurements = table(tmp_path / "procurements.csv", TABLES["procurements"])
    suppliers = table(tmp_path / "suppliers.csv", TABLES["suppliers"])
    lake = Lake(tmp_path / "lake")
    load.load(lake, [procurements], at=make.NOW)

    report = load.load(lake, [suppliers], at=make.NOW)

    assert report.changed > 0
    assert lake.connection().execute("SELECT count(*) FROM awards").fetchone()[0] > 0


def test_statistics_are_read_again_as_often_as_one_likes(tmp_path):
    paths = [table(tmp_path / f"{name}.csv", rows) for name, rows in TABLES.items()]
    load.load(Lake(tmp_path / "lake"), paths, at=make.NOW)

    reports = [load.reread(Lake(tmp_path / "lake"), at=make.NOW) for _ in range(2)]

    assert [(report.read, report.unchanged) for report in reports] == [(2, 2), (2, 2)]


def test_the_report_can_be_printed_as_json(tmp_path):
    report = load.load(Lake(tmp_path / "lake"), [], at=make.NOW)

    assert json.loads(json.dumps(report.as_dict()))["read"] == 0


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_the_official_examples_become_eighty_records_ten_unreadable_and_two_set_aside(tmp_path):
    report = load.load(Lake(tmp_path), [SHARED / "eforms" / "examples"], at=make.NOW)

    assert (report.read, report.new + report.changed + report.unchanged, report.set_aside) == (92, 80, 2)
    assert len(report.unreadable) == 10
    assert all(item["file"].split("/")[-1].startswith("INVALID_") for item in report.unreadable)


def table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def notice(number):
    return eforms(identifier=f"00000000-0000-4000-8000-{number:012d}")


def test_a_number_no_column_can_hold_is_reported_and_the_rest_is_loaded(tmp_path):
    lake = Lake(tmp_path / "lake")
    notices = [make.notice(), make.notice(identifier="big", tenders=2**40), make.notice()]

    report = load.load_records(lake, notices, at=make.NOW)

    assert (report.new, report.unreadable) == (2, [{"file": "ted/big/01", "why": load.NOT_STORABLE}])


def test_tenders_beyond_a_column_are_not_known_and_the_tables_are_made(tmp_path):
    notices = [make.notice(procedure_identifier="p", tenders=2**31 - 1) for _ in range(2)]

    lake = make.lake(tmp_path, *notices)

    assert lake.connection().execute("SELECT notices, tenders FROM procurements").fetchall() == [(2, None)]


def test_a_lake_without_its_list_of_files_is_left_alone_and_the_operator_told(tmp_path):
    lake = make.lake(tmp_path, make.notice())
    (tmp_path / "lake.json").unlink()

    with pytest.raises(Damaged, match="Put it back from a backup"):
        load.load_records(Lake(tmp_path), [make.notice()], at=make.NOW)

    assert len(list((tmp_path / "notices").glob("*.parquet"))) == 1
    assert lake.folder == tmp_path


def test_a_list_of_files_that_cannot_be_read_is_said_to_be_damaged(tmp_path):
    make.lake(tmp_path, make.notice())
    (tmp_path / "lake.json").write_text('{"generation": 1')

    with pytest.raises(Damaged, match="cannot be read"):
        Lake(tmp_path).is_empty()


def test_a_damaged_table_is_made_anew_by_reading_again(tmp_path):
    lake = make.lake(tmp_path, make.notice())
    table = tmp_path / "tables" / lake.manifest.tables["procurements"]
    table.write_bytes(b"no parquet")

    load.reread(Lake(tmp_path), at=make.NOW)

    assert Lake(tmp_path).connection().execute("SELECT count(*) FROM procurements").fetchone() == (1,)


def test_two_documents_with_one_key_settle_on_the_later_and_stay(tmp_path):
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_bytes(eforms(title='<cbc:Name languageID="SWE">Ett</cbc:Name>'))
    second.write_bytes(eforms(title='<cbc:Name languageID="SWE">Två</cbc:Name>'))
    lake = Lake(tmp_path / "lake")

    reports = [load.load(lake, [first, second], at=make.NOW) for _ in range(2)]

    assert [(report.new, report.changed, report.unchanged) for report in reports] == [(1, 1, 0), (0, 0, 2)]
    ((title,),) = lake.connection().execute("SELECT title[1].text FROM notices").fetchall()
    assert title == "Två"


def test_a_lake_that_the_usual_bound_on_memory_is_too_small_for_gets_its_tables_all_the_same(tmp_path):
    lake = Lake(tmp_path, memory="20MB")

    load.load_records(lake, [make.notice() for _ in range(300)], at=make.NOW)

    assert lake.connection().execute("SELECT count(*) FROM procurements").fetchone() == (300,)
