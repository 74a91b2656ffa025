import gzip
import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from samspel.lake.documents import Document, Ignored, Table, Trouble, documents
from tests.lake.packing import CSV, XML, found_in

CUT_SHORT = "is cut short: the rest of it is missing"
DAMAGED = "is damaged and cannot be read further"
LEADS_OUT = "has a name that leads out of the archive, and was not opened"
LINK = "is a link, and links are not followed"
BOMB = "unpacks to so much more than it holds that it may be a bomb; the rest of it was not read"
NOT_UNDERSTOOD = "is neither XML, JSON, CSV, zip, gz nor tar"


@pytest.fixture
def spool(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


@pytest.fixture
def given(tmp_path):
    return partial(found_in, tmp_path)


def test_a_file_is_given_with_its_name_as_address(given):
    assert given("a.xml", XML) == [Document("a.xml", XML)]


def test_a_folder_is_read_in_order_and_hidden_files_are_skipped(tmp_path, spool):
    for name in ("b/2.xml", "b/1.xml", "a.json", ".git/config.xml", "b/.hidden.xml", "c.xml"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(b"{}" if name.endswith("json") else XML)

    found = list(documents(tmp_path / "in", spool=spool))

    assert found == [
        Document("a.json", b"{}"),
        Document("b/1.xml", XML),
        Document("b/2.xml", XML),
        Document("c.xml", XML),
    ]


def test_a_csv_on_disk_is_given_as_it_lies(tmp_path, given):
    assert given("a.csv", CSV) == [Table("a.csv", tmp_path / "a.csv")]


def test_the_swedish_statistics_are_known_by_their_header_under_any_name(tmp_path, given):
    assert given("export", CSV) == [Table("export", tmp_path / "export")]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + XML,
        b"\n  " + XML,
        "\ufeff<a/>".encode("utf-16-le"),
        "\ufeff<a/>".encode("utf-16-be"),
        "<a/>".encode("utf-16-le"),
        "<a/>".encode("utf-16-be"),
        b'\xef\xbb\xbf{"id": 1}',
        b"[]",
    ],
    ids=["utf-8", "space", "utf-16-le", "utf-16-be", "utf-16-le-unmarked", "utf-16-be-unmarked", "json", "json-list"],
)
def test_xml_and_json_are_known_by_content_in_utf_8_and_utf_16(given, data):
    assert given("without-extension", data) == [Document("without-extension", data)]


@pytest.mark.parametrize("name", ["a.pdf", "b.TXT", "c.xsd", "d.txt.gz", "LICENSE", "LICENSE-CC-BY-4.0", "README.md"])
def test_a_file_that_never_holds_notices_is_ignored_in_a_folder(tmp_path, spool, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(b"anything")

    assert list(documents(tmp_path / "in", spool=spool)) == [Ignored(name, "files of this kind hold no notices")]


def test_a_notice_given_by_name_is_read_whatever_its_extension(given):
    assert given("notice.txt", XML) == [Document("notice.txt", XML)]


@pytest.mark.parametrize(
    "name, data, why",
    [
        ("a.txt", b"Dear all", NOT_UNDERSTOOD),
        ("a.xml", b"%PDF-1.7", NOT_UNDERSTOOD),
        ("a.xml", b"", "is empty"),
        ("a.xml.gz", b"", "is empty"),
        ("a.xml.gz", gzip.compress(b"", mtime=0), "is empty"),
        ("a.tar.bz2", b"BZh91AY&SY", "is packed with bzip2, which is not read; unpack it first"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "is packed with 7z, which is not read; unpack it first"),
    ],
)
def test_a_file_that_is_not_understood_is_reported(given, name, data, why):
    assert given(name, data) == [Trouble(name, why)]


def test_a_path_that_is_not_there_is_reported(tmp_path, spool):
    found = list(documents(tmp_path / "nothing.xml", spool=spool))

    assert found == [Trouble("nothing.xml", "there is no such file or folder")]


def test_an_empty_folder_is_reported(tmp_path, spool):
    (tmp_path / "in").mkdir()

    assert list(documents(tmp_path / "in", spool=spool)) == [Trouble("in", "the folder is empty")]


def test_links_and_pipes_in_a_folder_are_reported_and_not_opened(tmp_path, spool):
    (tmp_path / "secret.xml").write_bytes(XML)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").symlink_to(tmp_path / "secret.xml")
    (tmp_path / "in" / "b").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "c.xml")

    found = list(documents(tmp_path / "in", spool=spool))

    assert found == [Trouble("a.xml", LINK), Trouble("b", LINK), Trouble("c.xml", "is neither a file nor a folder")]


def test_a_file_that_may_not_be_read_is_reported(spool):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        path.touch(mode=0)
        path.parent.chmod(0o755)

        with no_superuser():
            found = list(documents(path, spool=spool))

    assert found == [Trouble("a.xml", "may not be read by the user that runs this")]


@contextmanager
def no_superuser():
    """Give up for a while the right to read everything, where the tests are run by one who has it."""
    before = os.geteuid()
    os.seteuid(before or 65534)  # "nobody"
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_name_that_is_no_text_is_shown_with_marks_in_its_place(tmp_path, spool):
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/a\xff\n.xml")).write_bytes(XML)

    assert list(documents(tmp_path / "in", spool=spool)) == [Document("a\ufffd\ufffd.xml", XML)]


def test_a_document_larger_than_the_limit_is_refused(given):
    assert given("a.xml", b"<" + b" " * 2**20, document_bytes=2**20) == [
        Trouble("a.xml", "is larger than 1 MB and was not read")
    ]
