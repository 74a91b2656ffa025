import pytest

from samspel.lake.notice import Unreadable
from samspel.lake.xml import parse

BOMB = (
    b'<!DOCTYPE a [<!ENTITY e0 "lol">'
    + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)
DOCUMENT_TYPE = (
    "It declares a document type (DOCTYPE), which no notice has and which can hide an attack; it was not read."
)


def test_parsing_returns_the_root_without_comments_instructions_and_white_space():
    root = parse(b"<?xml version='1.0'?>\n<!-- before --><a>\n  <b>1</b><?go on?>\n <!-- -->\n</a>\n")

    assert (root.tag, [child.tag for child in root], root.text) == ("a", ["b"], None)


def test_parsing_keeps_text_that_a_comment_divides():
    root = parse(b"<a>one <!-- --> two</a>")

    assert root.text == "one  two"


def test_parsing_reads_the_encoding_the_document_declares():
    root = parse("<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e5</a>".encode("latin-1"))

    assert root.text == "å"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "The file is empty."),
        (b" \n\t", "The file is empty."),
        (b'{"a": 1}', "The file is not XML."),
        (b"\x1f\x8b\x08\x00packed", "The file is not XML."),
        (b"\x00\x00\x00", "The file is not XML."),
        (b"<?xml version='1.0'?>\n", "The file is not XML."),
        (b"<a>\n<b>\n<c>text", "The file is cut off: it ends in the middle of an element, at line 3."),
        (b"<a><b></b", "The file is cut off: it ends in the middle of an element, at line 1."),
        (b"<a>\n<b/>\n", "The file is cut off: it ends in the middle of an element, at line 3."),
        (b"<a><b></a>", "The file is not well-formed XML: Opening and ending tag mismatch: b line 1 and a, line 1"),
        (b"<a/><b/>", "The file is not well-formed XML: Extra content at the end of the document, line 1"),
        (b"<a>\xff\xfe</a>", "The file is not well-formed XML: "),
        (b"<a>&foo;</a>", "The file is not well-formed XML: Entity 'foo' not defined, line 1"),
        (b"<a>" * 300 + b"</a>" * 300, "The file is not well-formed XML: Excessive depth"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "The file is not well-formed XML: Unsupported encoding"),
        (BOMB + b"<a>&e11;</a>", DOCUMENT_TYPE),
        (BOMB + b"<a b='&e11;'/>", DOCUMENT_TYPE),
        (b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", DOCUMENT_TYPE),
        (b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>", DOCUMENT_TYPE),
        (b"<!DOCTYPE a PUBLIC 'a' 'b'>\n<a", DOCUMENT_TYPE),
        ("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>".encode("utf-16"), DOCUMENT_TYPE),
    ],
)
def test_parsing_says_in_words_what_is_wrong(data, complaint):
    with pytest.raises(Unreadable) as refusal:
        parse(data)

    assert str(refusal.value).startswith(complaint)


def test_parsing_does_not_include_other_documents():
    document = (
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" parse="text"/></a>'
    )

    root = parse(document)

    assert [child.tag for child in root] == ["{http://www.w3.org/2001/XInclude}include"]


def test_a_document_with_more_tags_than_memory_should_bear_is_refused():
    with pytest.raises(Unreadable, match="more than 1,000,000 tags"):
        parse(b"<a>" + b"<b/>" * 1_000_000 + b"</a>")


def test_a_document_with_more_attributes_than_memory_should_bear_is_refused():
    with pytest.raises(Unreadable, match="more than 200,000 attributes"):
        parse(b"<a" + b" b=''" * 200_001 + b"/>")
