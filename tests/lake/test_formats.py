import pytest

from samspel.lake import formats
from samspel.lake.documents import Document
from samspel.lake.notice import Notice, SetAside, Unreadable
from tests.lake.make_eforms import eforms

REGISTRATION = b"<BusinessRegistrationInformationNotice xmlns='urn:x'/>"
LEGACY = b"""<TED_EXPORT DOC_ID="000001-2031"><CODED_DATA_SECTION><NOTICE_DATA/><CODIF_DATA>
<TD_DOCUMENT_TYPE CODE="3"/></CODIF_DATA></CODED_DATA_SECTION></TED_EXPORT>"""


def read(data):
    return [(type(item), str(item)) for item in formats.read(Document("a", data))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_json_hit_of_doffin_goes_to_its_reader(encoding):
    data = '{"hits": [{"id": "2031-000001", "heading": "Bru", "publicationDate": "2031-01-01", "type": "RESULT"}]}'

    (notice,) = formats.read(Document("a.json", data.encode(encoding)))

    assert (type(notice), notice.source, notice.identifier) == (Notice, "doffin", "2031-000001")


def test_json_of_another_shape_is_unreadable():
    assert [kind for kind, _ in read(b'{"a": 1}')] == [Unreadable]
    assert [kind for kind, _ in read(b'{"a": ')] == [Unreadable]


def test_a_registration_is_set_aside():
    assert [kind for kind, _ in read(REGISTRATION)] == [SetAside]


def test_a_root_that_is_no_notice_is_named():
    assert read(b"<html><body/></html>") == [
        (Unreadable, "It is XML, but no notice in a format that is read: its root element is “html”.")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not XML",
        b"<a><b></a>",
        b"<ContractNotice",
        b"\xff\xfe<",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><ContractNotice>&b;</ContractNotice>",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"<ContractNotice/>",
        b"<TED_EXPORT/>",
        LEGACY,
        b"[" * 100_000,
        b'{"hits": [null, 1, "x", [], {"id": []}]}',
        b'{"hits": {"id": 1}}',
        b'{"hits": [{"id": "2031-000001", "buyer": 7, "publicationDate": [], "lots": "x"}]}',
    ],
    ids=range(14),
)
def test_whatever_is_wrong_with_a_document_is_told_and_nothing_is_raised(data):
    found = read(data)

    assert {kind for kind, _ in found} == {Unreadable}
    assert all(why.endswith(".") and "\n" not in why for _, why in found)


def test_a_fault_that_no_reader_foresaw_is_told_in_words(monkeypatch):
    def read_broken(root):
        return root.attrib["missing"]

    monkeypatch.setitem(formats._READERS, "Broken", read_broken)

    assert read(b"<Broken/>") == [
        (Unreadable, "It is built in a way that no reader foresaw (something expected is not there: KeyError).")
    ]


def test_a_notice_from_doffin_without_its_number_gets_it_from_its_file():
    data = eforms(customization="eforms-sdk-1.7#extended#urn:fdc:anskaffelser.no:2023:eforms:national")

    (notice,) = formats.read(Document("doffin/2023-653024.xml", data))

    assert (notice.source, notice.publication_number) == ("doffin", "2023-653024")
    assert notice.url == "https://www.doffin.no/notices/2023-653024"
