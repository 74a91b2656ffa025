import pyarrow as pa
import pytest

from samspel.lake import compaction, load, store
from samspel.lake.notice import Buyer, Kind, Lot, Marks, Money, Notice, Text, Winner
from samspel.lake.store import Busy, Lake
from tests.lake import make


def test_a_notice_comes_back_from_the_lake_as_it_was_put_in(tmp_path):
    notice = make.notice(
        title=(Text("sv", "Nattillsyn"), Text("en", "Night care")),
        estimated_value=Money(8_400_000.5, "SEK"),
        buyers=(Buyer("Lillånäs kommun", "2120001234", "SE", is_leader=True),),
        winners=(Winner("Lugnvik AB", "5560001234", "SE", lots=("LOT-0001",), value=Money(1, "SEK")),),
        lots=(Lot("LOT-0001", marks=Marks(innovative=("prod-innov",)), tenders=3),),
        marks=Marks(innovative=("prod-innov",)),
    )
    lake = make.lake(tmp_path, notice)

    assert lake.notice(notice.key) == notice


def test_loading_the_same_records_twice_changes_nothing(tmp_path):
    notices = [make.notice(), make.notice()]
    lake = make.lake(tmp_path, *notices)

    report = load.load_records(lake, notices, at=make.NOW)

    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert lake.manifest.rows == 2


def test_a_notice_that_says_something_else_replaces_the_one_with_its_key(tmp_path):
    before = make.notice(identifier="a", title=(Text("sv", "Före"),))
    after = make.notice(identifier="a", title=(Text("sv", "Efter"),))
    other = make.notice()
    lake = make.lake(tmp_path, before, other)

    report = load.load_records(lake, [after], at=make.NOW)

    assert (report.new, report.changed, report.unchanged) == (0, 1, 0)
    assert lake.notices([before.key, other.key]) == [other, after]


def test_the_same_key_twice_in_one_load_is_kept_once_and_the_last_wins(tmp_path):
    first = make.notice(identifier="a", title=(Text("sv", "Ett"),))
    second = make.notice(identifier="a", title=(Text("sv", "Två"),))

    lake = make.lake(tmp_path, first, second)

    assert lake.notices([first.key]) == [second]
    assert lake.manifest.rows == 1


def test_what_the_manifest_does_not_name_is_swept_away_by_the_next_load(tmp_path):
    lake = make.lake(tmp_path, make.notice())
    left_behind = tmp_path / "notices" / "00000099.parquet"
    left_behind.write_bytes(b"half a file")

    load.load_records(lake, [make.notice()], at=make.NOW)

    assert not left_behind.exists()
    assert lake.manifest.rows == 2


def test_a_second_writer_is_refused_and_told_why(tmp_path):
    lake = make.lake(tmp_path, make.notice())

    with lake.writing(), pytest.raises(Busy, match="Try again when that has ended"), Lake(tmp_path).writing():
        pass


def test_readers_see_the_old_rows_until_the_manifest_is_replaced(tmp_path):
    lake = make.lake(tmp_path, make.notice())
    reader = Lake(tmp_path)
    before = reader.connection().execute("SELECT count(*) FROM notices").fetchone()

    load.load_records(lake, [make.notice()], at=make.NOW)

    assert before == (1,)
    assert reader.connection().execute("SELECT count(*) FROM notices").fetchone() == (2,)


def test_a_full_disk_leaves_the_lake_as_it_was(tmp_path, monkeypatch):
    notice = make.notice()
    lake = make.lake(tmp_path, notice)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pa.parquet, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        load.load_records(lake, [make.notice()], at=make.NOW)

    assert Lake(tmp_path).notices([notice.key]) == [notice]
    assert Lake(tmp_path).manifest.rows == 1


def test_compaction_keeps_every_row_and_gathers_whole_months(tmp_path):
    lake = Lake(tmp_path)
    notices = [make.notice(published_on=make.day(f"2024-{month:02d}-15")) for month in range(1, 13)]
    for notice in notices:
        load.load_records(lake, [notice], at=make.NOW)
    appended = len(lake.manifest.parts)

    with lake.writing():
        compaction.compact(lake, at_most=0)

    assert appended == 12
    assert [(part.rows, part.first_month, part.last_month) for part in lake.manifest.parts] == [(12, 202401, 202412)]
    assert lake.notices([notice.key for notice in notices]) == notices


def test_an_empty_lake_answers_without_an_error(tmp_path):
    lake = Lake(tmp_path / "nothing")

    assert (lake.is_empty(), lake.notice("ted/1/01"), lake.notices([]), lake.document("ted/1/01")) == (
        True,
        None,
        [],
        None,
    )


def test_a_folder_with_a_quote_in_its_name_holds_a_lake(tmp_path):
    notice = make.notice(kind=Kind.RESULT)

    lake = make.lake(tmp_path / "Anna's lake", notice)

    assert isinstance(lake.notice(notice.key), Notice)


def test_a_column_that_the_lake_was_not_read_with_says_nothing_until_it_is_read_again(tmp_path, monkeypatch):
    make.lake(tmp_path, make.notice())

    columns = [pa.field("declared_2", pa.bool_()), pa.field("fact", pa.string())]
    monkeypatch.setattr(store, "RULE_FIELDS", [*store.RULE_FIELDS, columns[0]])
    monkeypatch.setattr(store, "SCHEMA", pa.schema([*store.SCHEMA, *columns]))
    found = Lake(tmp_path).connection().execute("SELECT declared_1, declared_2, fact FROM notices").fetchall()

    assert found == [(False, None, None)]
