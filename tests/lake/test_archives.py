import errno
import gzip
import os
import stat
import tarfile
import zipfile
from functools import partial

import pytest

from samspel.lake.archives import in_words
from samspel.lake.documents import Document, Ignored, Table, Trouble
from tests.lake.packing import CSV, XML, cut, found_in, tar_gz_of, tar_header, tar_of, zip_of

# Without the time: the same every time, in whichever process the tests are collected.
gz = partial(gzip.compress, mtime=0)

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


@pytest.mark.parametrize(
    "name, data, address",
    [
        ("a.xml.gz", gz(XML), "a.xml.gz"),
        ("a.xml.gz", gz(XML[:9]) + gz(XML[9:]) + bytes(512), "a.xml.gz"),
        ("a.xml.gz.gz", gz(gz(XML)), "a.xml.gz.gz"),
        ("a.zip", zip_of(("x/1.xml", XML)), "a.zip/x/1.xml"),
        ("a.tar", tar_of(("./x/1.xml", XML)), "a.tar/x/1.xml"),
        ("a.tar.gz", tar_gz_of(("x/1.xml", XML)), "a.tar.gz/x/1.xml"),
        ("m.tar.gz", tar_gz_of(("d.tar.gz", tar_gz_of(("x/1.xml", XML)))), "m.tar.gz/d.tar.gz/x/1.xml"),
        ("m.zip", zip_of(("d.zip", zip_of(("1.xml", XML)))), "m.zip/d.zip/1.xml"),
        ("m.tar.gz", tar_gz_of(("d.zip", zip_of(("1.xml.gz", gz(XML))))), "m.tar.gz/d.zip/1.xml.gz"),
        ("no-extension", tar_gz_of(("1", XML)), "no-extension/1"),
    ],
)
def test_archives_are_opened_by_content_one_inside_another(given, name, data, address):
    assert given(name, data) == [Document(address, XML)]


def test_the_order_in_an_archive_is_kept_and_what_systems_leave_behind_is_skipped(given):
    members = [("b.xml", XML), ("__MACOSX/b.xml", b"x"), (".DS_Store", b"x"), ("a.xml", XML), ("x.pdf", b"x")]

    found = [given("a.zip", zip_of(*members)), given("a.zip", tar_of(*members))]

    assert found == 2 * [
        [
            Document("a.zip/b.xml", XML),
            Document("a.zip/a.xml", XML),
            Ignored("a.zip/x.pdf", "files of this kind hold no notices"),
        ]
    ]


def test_archives_deeper_than_the_limit_are_not_opened(given):
    data = zip_of(("3.tar.gz", tar_gz_of(("4.tar.gz", tar_gz_of(("1.xml", XML))))), ("2.xml", XML))

    found = given("1.tar.gz", tar_gz_of(("2.zip", data)), nesting=3)

    assert found == [
        Trouble("1.tar.gz/2.zip/3.tar.gz/4.tar.gz", "lies inside 3 archives, one in another, and was not opened"),
        Document("1.tar.gz/2.zip/2.xml", XML),
    ]


@pytest.mark.parametrize("pack", [zip_of, tar_of, tar_gz_of])
def test_a_packed_csv_is_copied_to_the_spool_folder_under_a_harmless_name(given, spool, pack):
    found = given("a", pack(("x/år 1;$(rm).csv", CSV)))

    (table,) = found
    assert found == [Table("a/x/år 1;$(rm).csv", table.file)]
    assert (table.file.parent.parent, table.file.name, table.file.read_bytes()) == (spool, "år_1___rm_.csv", CSV)


def test_a_csv_in_gz_is_copied_to_the_spool_folder(given, spool):
    found = given("a.csv.gz", gz(CSV))

    (table,) = found
    assert found == [Table("a.csv.gz", table.file)]
    assert (table.file.parent.parent, table.file.name, table.file.read_bytes()) == (spool, "a.csv", CSV)


def test_a_packed_csv_larger_than_the_limit_is_refused_and_leaves_nothing(given, spool):
    found = given("a.csv.gz", gz(CSV + os.urandom(2**20)), spooled_bytes=2**20)

    assert found == [Trouble("a.csv.gz", "is larger than 1 MB and was not read")]
    assert [path for path in spool.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name", ["../evil.xml", "x/../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:\\evil.xml", "\\evil.xml"]
)
@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_member_that_leads_out_of_the_archive_is_refused_and_the_rest_is_read(given, tmp_path, name, pack):
    found = given("a", pack((name, XML), ("ok.xml", XML)))

    assert found == [Trouble(f"a/{name}", LEADS_OUT), Document("a/ok.xml", XML)]
    assert sorted(path.name for path in tmp_path.rglob("*.xml")) == []


@pytest.mark.parametrize(
    "kind, why",
    [
        (tarfile.SYMTYPE, LINK),
        (tarfile.LNKTYPE, LINK),
        (tarfile.CHRTYPE, "is a device, not a file"),
        (tarfile.BLKTYPE, "is a device, not a file"),
        (tarfile.FIFOTYPE, "is a device, not a file"),
    ],
)
def test_links_and_devices_in_a_tar_are_refused(given, kind, why):
    data = tar_header("x.xml", type=kind, linkname="/etc/passwd") + tar_of(("ok.xml", XML))

    assert given("a.tar", data) == [Trouble("a.tar/x.xml", why), Document("a.tar/ok.xml", XML)]


def test_links_and_locked_members_in_a_zip_are_refused(given):
    link = zipfile.ZipInfo("x.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = bytearray(zip_of((link, "/etc/passwd"), ("locked.xml", XML), ("ok.xml", XML)))
    data[data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4) + 8] |= 1  # the flag that says so

    found = given("a.zip", bytes(data))

    assert found == [
        Trouble("a.zip/x.xml", LINK),
        Trouble("a.zip/locked.xml", "is locked with a password"),
        Document("a.zip/ok.xml", XML),
    ]


@pytest.mark.parametrize(
    "name, data",
    [
        ("a.xml.gz", gz(b"<" + bytes(2**21))),
        ("a.zip", zip_of(("1.xml", b"<" + bytes(2**21)))),
        ("a.tar.gz", tar_gz_of(("1.xml", b"<" + bytes(2**21)))),
        ("a.csv.gz", gz(CSV + bytes(2**21))),
    ],
)
def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_stopped(given, spool, name, data):
    assert given(name, data, ratio_from=2**20, ratio=50) == [Trouble(name, BOMB)]
    assert [path for path in spool.rglob("*") if path.is_file()] == []


def test_a_bomb_inside_an_archive_is_stopped_and_the_rest_is_read(given):
    bomb = gz(b"<" + bytes(2**21))
    good = b"<a>" + os.urandom(2**17) + b"</a>"

    found = given(
        "a.tar.gz", tar_gz_of(("good.xml", good), ("b.xml.gz", bomb), ("1.xml", XML)), ratio_from=2**20, ratio=50
    )

    assert found == [
        Document("a.tar.gz/good.xml", good),
        Trouble("a.tar.gz/b.xml.gz", BOMB),
        Document("a.tar.gz/1.xml", XML),
    ]


def test_a_bomb_whose_layers_are_each_harmless_is_stopped_by_the_outermost(given):
    layer = gz(b"<" + bytes(2**22))
    many = tar_gz_of(*((f"{number}.xml.gz", layer) for number in range(20)))

    found = given("a.tar.gz", many, ratio_from=2**23, ratio=2000, document_bytes=2**23)

    assert [type(item) for item in found[:-1]] == [Document] * (len(found) - 1)
    assert found[-1] == Trouble("a.tar.gz", BOMB)


@pytest.mark.parametrize("size", [2 * 2**30, 2**60])
def test_a_member_that_declares_two_gigabytes_is_refused_by_its_header(given, size):
    data = tar_header("huge.xml", size=size) + XML + bytes(2**16)

    found = given("a.tar", data)

    assert found == [
        Trouble("a.tar/huge.xml", "is larger than 16 MB and was not read"),
        Trouble("a.tar", CUT_SHORT),
    ]


def test_a_zip_member_that_declares_two_gigabytes_is_refused_by_its_header(given):
    data = bytearray(zip_of(("huge.xml", XML), ("ok.xml", XML)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (2**31).to_bytes(4, "little")

    assert given("a.zip", bytes(data)) == [
        Trouble("a.zip/huge.xml", "is larger than 16 MB and was not read"),
        Document("a.zip/ok.xml", XML),
    ]


@pytest.mark.parametrize("declared", [len(XML) - 5, len(XML) + 5])
def test_a_zip_member_that_lies_about_its_size_is_reported(given, declared):
    data = bytearray(zip_of(("1.xml", XML), ("ok.xml", XML)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = declared.to_bytes(4, "little")

    lie, rest = given("a.zip", bytes(data))

    assert (type(lie), lie.path, rest) == (Trouble, "a.zip/1.xml", Document("a.zip/ok.xml", XML))


def test_a_tar_header_that_would_fill_the_memory_is_refused(given):
    long_name = tar_header("x", type=tarfile.GNUTYPE_LONGNAME, size=2**30)

    assert given("a.tar", long_name + bytes(2**20)) == [Trouble("a.tar", DAMAGED)]


def test_a_long_row_of_tar_headers_is_refused(given):
    long_name = tar_header("x", type=tarfile.GNUTYPE_LONGNAME, size=10) + bytes(512)

    assert given("a.tar", long_name * 2000) == [Trouble("a.tar", DAMAGED)]


def test_a_sparse_member_is_refused(given):
    assert given("a.tar", tar_header("x.xml", type=tarfile.GNUTYPE_SPARSE) + bytes(2**12)) == [
        Trouble("a.tar", DAMAGED)
    ]


def test_a_zip_that_lists_too_many_members_is_refused(given):
    found = given("a.zip", zip_of(*((f"{number}.xml", XML) for number in range(20))), directory_bytes=1000)

    assert found == [Trouble("a.zip", "lists too many members to be read; unpack it and load the folder")]


def test_a_truncated_tar_gives_what_is_readable_and_says_so(given):
    noise = b"<" + os.urandom(3000)
    whole = tar_of(("1.xml", XML), ("2.xml", noise))

    found = given("a.tar", whole[: 512 * 5])

    assert found == [Document("a.tar/1.xml", XML), Trouble("a.tar/2.xml", CUT_SHORT), Trouble("a.tar", CUT_SHORT)]


@pytest.mark.parametrize("length", [1024, 1024 + 200])
def test_a_tar_cut_between_members_or_in_a_header_says_so(given, length):
    found = given("a.tar", tar_of(("1.xml", XML), ("2.xml", XML))[:length])

    assert found == [Document("a.tar/1.xml", XML), Trouble("a.tar", CUT_SHORT)]


def test_a_tar_with_a_damaged_header_says_so(given):
    data = bytearray(tar_of(("1.xml", XML), ("2.xml", XML)))
    data[1024:1030] = b"xxxxxx"

    assert given("a.tar", bytes(data)) == [Document("a.tar/1.xml", XML), Trouble("a.tar", DAMAGED)]


def test_a_truncated_tar_gz_gives_what_is_readable_and_says_so(given):
    members = [(f"{number}.xml", b"<" + os.urandom(20_000)) for number in range(9)]

    found = given("a.tar.gz", cut(tar_gz_of(*members)))

    assert found == [
        *(Document(f"a.tar.gz/{name}", data) for name, data in members[: len(found) - 2]),
        Trouble(f"a.tar.gz/{len(found) - 2}.xml", CUT_SHORT),
        Trouble("a.tar.gz", CUT_SHORT),
    ]
    assert len(found) == 6


def test_a_truncated_gz_and_a_truncated_zip_are_reported(given):
    assert given("a.xml.gz", cut(gz(XML * 9))) == [Trouble("a.xml.gz", CUT_SHORT)]
    assert given("a.xml.gz", gz(XML)[:5]) == [Trouble("a.xml.gz", CUT_SHORT)]
    assert given("a.zip", cut(zip_of(("1.xml", XML)))) == [Trouble("a.zip", CUT_SHORT)]
    assert given("a.zip", b"PK\x03\x04") == [Trouble("a.zip", CUT_SHORT)]


def test_a_truncated_csv_gz_gives_the_rows_there_are_and_says_so(given):
    rows = CSV + os.urandom(300_000).hex().encode()

    found = given("a.csv.gz", cut(gz(rows)))

    _, table = found
    assert found == [Trouble("a.csv.gz", CUT_SHORT), Table("a.csv.gz", table.file)]
    assert rows.startswith(table.file.read_bytes())
    assert table.file.stat().st_size > 100_000


def test_a_damaged_gz_is_reported(given):
    data = bytearray(gz(XML))
    data[-6] ^= 0xFF  # in the checksum

    assert given("a.xml.gz", bytes(data)) == [Trouble("a.xml.gz", DAMAGED)]


def test_a_damaged_archive_inside_another_does_not_stop_the_outer_one(given):
    data = tar_gz_of(("1.tar.gz", cut(tar_gz_of(("x.xml", XML)))), ("2.zip", b"PK\x03\x04xx"), ("3.xml", XML))

    found = given("a.tar.gz", data)

    assert [item for item in found if item.path.startswith("a.tar.gz/1.tar.gz")] == found[:-2]
    assert {type(item) for item in found[:-2]} == {Trouble}
    assert found[-2:] == [Trouble("a.tar.gz/2.zip", CUT_SHORT), Document("a.tar.gz/3.xml", XML)]


def test_a_full_disk_is_said_in_words():
    assert in_words(OSError(errno.ENOSPC, "No space left on device")) == "could not be unpacked: the disk is full"


def test_zips_found_inside_archives_leave_nothing_in_the_spool_folder(given, spool):
    given("a.tar", tar_of(("b.zip", zip_of(("1.xml", XML)))))

    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("pack", [zip_of, tar_of, tar_gz_of])
def test_no_single_wrong_byte_in_an_archive_stops_the_iteration(given, pack):
    whole = pack(("1.xml", XML), ("t.csv", CSV), ("2.tar.gz", tar_gz_of(("3.xml", XML))))
    used = len(whole.rstrip(b"\0"))

    for at in range(0, used, 1 + used // 200):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF

        assert {type(item) for item in given("a", bytes(damaged))} <= {Document, Table, Trouble, Ignored}
