import pytest

from samspel.lake import indexing
from samspel.lake.search import FEW, MAKE, Busy, Index, Search, add, build
from samspel.lake.search.build import IndexDamaged, current
from tests import make
from tests.lake.make_search import WORDS, entry, found, index


def test_adding_puts_a_notice_in_the_place_of_the_one_with_its_key(tmp_path):
    reader = index(tmp_path, entry("a", "Gammal"), entry("b", "Annan"))
    before = found(reader, "gammal")

    add(tmp_path, [entry("a", "Ny"), entry("c", "Ny")])

    assert (before, found(reader, "gammal"), sorted(found(reader, "ny")), len(found(reader))) == (
        ["a"],
        [],
        ["a", "c"],
        3,
    )


def test_adding_to_no_index_builds_one(tmp_path):
    add(tmp_path / "index", [entry("a")])

    assert found(Index(tmp_path / "index")) == ["a"]


def test_a_new_index_is_seen_and_the_old_one_removed(tmp_path):
    reader = index(tmp_path, entry("old", "Gammal"))
    reader.search(Search(""))

    build(tmp_path, [entry("new", "Ny")], words=WORDS)

    assert (found(reader), len(list(tmp_path.glob("index-*")))) == (["new"], 1)


def test_the_old_index_serves_while_a_new_one_is_built(tmp_path):
    reader = index(tmp_path, entry("old"))
    seen = []

    def entries():
        seen.append(found(reader))
        yield entry("new")
        seen.append(found(reader))

    build(tmp_path, entries(), words=WORDS)

    assert (seen, found(reader)) == ([["old"], ["old"]], ["new"])


def test_a_build_that_fails_leaves_the_old_index_and_no_rubbish(tmp_path):
    reader = index(tmp_path, entry("old"))

    def entries():
        yield entry("new")
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        build(tmp_path, entries(), words=WORDS)

    assert (found(reader), len(list(tmp_path.glob("index-*")))) == (["old"], 1)


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path):
    (tmp_path / "index-left").mkdir()

    index(tmp_path, entry("a"))

    assert not (tmp_path / "index-left").exists()


def test_only_one_writes_at_a_time(tmp_path):
    index(tmp_path, entry("a"))

    def entries():
        for write in (add, build):
            with pytest.raises(Busy, match="the search index is being written by another process"):
                write(tmp_path, [])
        yield entry("b")

    build(tmp_path, entries(), words=WORDS)

    assert found(Index(tmp_path)) == ["b"]


def test_progress_tells_how_many_are_written(tmp_path):
    told = []

    build(tmp_path, (entry(str(number)) for number in range(1_500)), words=WORDS, progress=told.append)

    assert told == [1_000, 1_500]


def test_without_a_word_list_compounds_are_learned_from_the_notices(tmp_path):
    build(tmp_path, [entry("a", "Sjukhusutrustning"), *(entry(f"{n}", "Sjukhus med utrustning") for n in range(3))])

    assert len(found(Index(tmp_path), "utrustning")) == 4


def test_procurements_are_counted_among_few_notices_only(tmp_path):
    joined = [entry(f"{n}", entry={"procurement": "p"}) for n in range(3)]
    reader = index(tmp_path, *joined, entry("alone"), *(entry(f"m{n}", "Annat") for n in range(FEW)))

    assert Index(tmp_path / "none").procurements(Search()) == 0
    assert reader.procurements(Search("utrustning")) == 2
    assert reader.procurements(Search("annat")) == FEW
    assert reader.procurements(Search()) is None


def test_an_index_of_an_older_hub_is_made_anew(tmp_path):
    lake = make.lake(tmp_path, make.notice())
    indexing.rebuild(lake)
    noted = tmp_path / "index" / "up_to.json"
    noted.write_text(noted.read_text().replace(f'"make": {MAKE}', '"make": 1'))
    before = (tmp_path / "index" / "current").read_text()

    indexing.update(lake)
    after = (tmp_path / "index" / "current").read_text()
    indexing.update(lake)

    assert after != before
    assert (tmp_path / "index" / "current").read_text() == after


def test_an_index_is_read_where_no_lock_file_can_be_written(tmp_path):
    index(tmp_path, entry("a"))
    lock = current(tmp_path) / ".tantivy-meta.lock"
    lock.unlink(missing_ok=True)
    # Also root cannot open a folder to write to.
    lock.mkdir()

    assert found(Index(tmp_path), "utrustning") == ["a"]


@pytest.mark.parametrize("file", ["words.json", "meta.json", "*.term", "*.idx", "*.store", "*.fast"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff" * 200])
def test_a_broken_index_is_told_and_can_be_made_anew(tmp_path, file, content):
    index(tmp_path, entry("a"))
    (broken,) = current(tmp_path).glob(file)
    broken.write_bytes(content)

    with pytest.raises(IndexDamaged, match="must be rebuilt: samspel search rebuild"):
        Index(tmp_path).search(Search("utrustning"))
    with pytest.raises(IndexDamaged):
        add(tmp_path, [entry("b")])
    build(tmp_path, [entry("c")], words=WORDS)

    assert found(Index(tmp_path)) == ["c"]


def test_a_pointer_that_is_no_text_is_no_index(tmp_path):
    index(tmp_path, entry("a"))
    (tmp_path / "current").write_bytes(b"\xff\x00")

    assert Index(tmp_path).empty
