"""What a load makes of what the lake has met before: the same documents, other texts of the same notice, a clock."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from samspel.lake import compaction, indexing, load
from samspel.lake.notice import Text
from samspel.lake.search import Index, Search
from samspel.lake.store import Lake
from tests.lake import make
from tests.lake.make_eforms import eforms, lot

PROGRAM = """
import sys
from pathlib import Path
from samspel.lake import load
from samspel.lake.store import Lake
from tests.lake import make

load.COMMIT_ROWS = 20
lake, paths = Lake(Path(sys.argv[1])), [Path(path) for path in sys.argv[2:]]
load.load(lake, paths, at=make.NOW) if paths else load.reread(lake, at=make.NOW)
"""


@pytest.mark.parametrize("in_a_commit", [1, 2000])
@pytest.mark.parametrize(
    "loads",
    [["ABA"], ["A", "B", "A"], ["A", "BA"], ["AB", "AB", "BA"], ["AAB", "A"]],
    ids=" then ".join,
)
def test_an_older_text_never_replaces_a_newer_one_however_the_loads_are_cut(tmp_path, monkeypatch, loads, in_a_commit):
    monkeypatch.setattr(load, "COMMIT_ROWS", in_a_commit)
    monkeypatch.setattr(load, "ERRAND_DOCUMENTS", in_a_commit)
    lake = Lake(tmp_path / "lake")

    for turn, texts in enumerate(loads):
        paths = [document(tmp_path / f"{turn}-{place}.xml", text) for place, text in enumerate(texts)]
        report = load.load(lake, paths, at=make.NOW)
        assert report.read == len(texts)

    assert titles(lake) == ["B"]
    assert numbers(load.reread(lake, at=make.NOW)) == (2, 0, 0, 2)
    assert titles(lake) == ["B"]


def test_each_copy_of_a_document_is_counted(tmp_path):
    paths = [document(tmp_path / f"{name}.xml", "A") for name in "abc"]
    lake = Lake(tmp_path / "lake")

    reports = [numbers(load.load(lake, paths, at=make.NOW)) for _ in range(2)]

    assert reports == [(3, 1, 0, 2), (3, 0, 0, 3)]


def test_a_change_in_each_of_two_files_of_months_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(compaction, "ROWS", 10)
    months = ("2023-01-15", "2024-01-15")
    notices = [make.notice(identifier=f"id{n}", published_on=make.day(months[n % 2])) for n in range(40)]
    lake = make.lake(tmp_path, *notices)
    with lake.writing():
        compaction.compact(lake, at_most=0)
    changed = [
        make.notice(identifier=f"id{n}", title=(Text("sv", "Ny"),), published_on=make.day(months[n])) for n in range(2)
    ]

    report = load.load_records(lake, changed, at=make.NOW)

    assert (len(lake.manifest.parts), numbers(report)) == (3, (2, 0, 2, 0))
    assert lake.connection().execute("SELECT count(*), count(DISTINCT key) FROM notices").fetchall() == [(40, 40)]
    assert [lake.notice(one.key) for one in changed] == changed


def test_a_rereading_that_is_killed_puts_no_older_text_back(tmp_path):
    for text in "AB":
        paths = [document(tmp_path / f"{number}.xml", text, number) for number in range(200)]
        load.load(Lake(tmp_path / "lake"), paths, at=make.NOW)

    process = started(tmp_path / "lake")
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    assert titles(Lake(tmp_path / "lake")) == ["B"] * 200


def test_what_a_clock_set_back_stamps_is_found_in_the_search(tmp_path):
    lake = Lake(tmp_path / "lake")
    for number, earlier in enumerate((0, 5, 10)):
        path = document(tmp_path / f"{number}.xml", "Nattillsyn", number)
        load.load(lake, [path], at=make.NOW - timedelta(seconds=earlier))
        indexing.update(lake)

    assert Index(lake.folder / "index").search(Search("nattillsyn")).total == 3


def test_a_load_whose_reader_is_killed_says_so_and_the_next_one_goes_on(tmp_path):
    paths = [document(tmp_path / f"{number}.xml", "A", number) for number in range(400)]
    process = started(tmp_path / "lake", *paths, stderr=subprocess.PIPE)
    while not (readers := [reader for child in children(process.pid) for reader in children(child)]):
        time.sleep(0.02)
    os.kill(readers[0], signal.SIGKILL)
    _, told = process.communicate()

    report = load.load(Lake(tmp_path / "lake"), paths, at=make.NOW)

    assert told.splitlines()[-1] == (
        b"samspel.lake.load.Stopped: A process that read notices has ended: it was killed, or the memory was full."
    )
    assert (report.read, titles(Lake(tmp_path / "lake"))) == (400, ["A"] * 400)


def document(path, text, number=1):
    """Write a notice of this number with this title, and return the path."""
    title = f'<cbc:Name languageID="SWE">{text}</cbc:Name>'
    identifier = f"11111111-2222-4333-8444-{number:012d}"
    path.write_bytes(eforms(title=title, identifier=identifier, lots=lot()))
    return path


def titles(lake):
    return [
        title for (title,) in lake.connection().execute("SELECT title[1].text FROM notices ORDER BY key").fetchall()
    ]


def numbers(report):
    return (report.read, report.new, report.changed, report.unchanged)


def started(lake, *paths, **options):
    command = [sys.executable, "-c", PROGRAM, *map(str, (lake, *paths))]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2], start_new_session=True, **options)


def children(process):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found.append(int(folder.name))
    return found
