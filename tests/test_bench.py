"""The benchmarks measure what they say; how fast anything is, no test asks."""

import json
import os
import sys
from pathlib import Path

import pytest

from bench import Row, copies, results
from bench.held import FIELDS, compared
from bench.memory import watching

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")


@pytest.mark.parametrize(
    "value, reach, met",
    [
        (39.9, "< 40", True),
        (40, "< 40", False),
        (2000, "≥ 2000", True),
        (1999, "≥ 2000", False),
        (80, "= 80", True),
        (81, "= 80", False),
        (1, None, None),
        (None, "< 40", None),
    ],
)
def test_a_number_meets_its_reach_or_does_not(value, reach, met):
    row = Row("a number", value, "ms", reach)

    assert row.met is met


def test_a_number_from_less_data_than_asked_meets_nothing():
    row = Row("a number", 1, "ms", "< 40", scale=0.01)

    assert row.met is None


def test_a_run_of_one_benchmark_replaces_its_rows_and_no_others(tmp_path):
    file = tmp_path / "bench.json"
    results.write(file, "reading", [Row("old", 1, "ms"), Row("gone", 2, "ms")])
    results.write(file, "search", [Row("kept", 3, "ms", "< 5")])

    results.write(file, "reading", [Row("new", 4, "ms")])

    stored = json.loads(file.read_text())
    assert [(row["benchmark"], row["name"], row["value"], row["met"]) for row in stored["rows"]] == [
        ("search", "kept", 3, True),
        ("reading", "new", 4, None),
    ]


def test_rows_that_another_machine_measured_go(tmp_path):
    file = tmp_path / "bench.json"
    file.write_text(json.dumps({"machine": {"processor": "another"}, "rows": [{"benchmark": "search"}]}))

    results.write(file, "reading", [Row("new", 4, "ms")])

    assert [row["benchmark"] for row in json.loads(file.read_text())["rows"]] == ["reading"]


def test_the_results_name_no_machine(tmp_path):
    file = tmp_path / "bench.json"

    results.write(file, "reading", [])

    assert os.uname().nodename not in file.read_text()


def test_copies_get_identifiers_of_their_own_and_still_refer_to_each_other():
    notice = b"<ID>b2b0cd1e-6ac9-4b1f-9f63-1d7f6a0f1c11</ID><No>00210184-2025</No><Date>2025-04-01</Date>"
    change = b"<Changes>b2b0cd1e-6ac9-4b1f-9f63-1d7f6a0f1c11</Changes><No>2025/S 001-210184</No>"

    first, second = copies.renamed(notice, 1), copies.renamed(notice, 2)

    assert b"<No>01210184-2025</No><Date>2025-04-01</Date>" in first
    assert first != second
    assert first[4:40] in copies.renamed(change, 1)
    assert b"2025/S 001-01210184" in copies.renamed(change, 1)


def test_memory_is_counted_for_a_process_and_what_it_started():
    with watching(os.getpid()) as peak:
        pass

    assert (peak.megabytes or 0) > 0 or sys.platform != "linux"


@needs_shared
def test_every_field_that_a_real_notice_holds_is_read():
    found = list(compared(SHARED / "notices" / "doffin-api"))

    assert len(found) > 5
    assert [
        (said, got) for said, got in found for field in FIELDS if said[field] and not said[field] & got[field]
    ] == []
