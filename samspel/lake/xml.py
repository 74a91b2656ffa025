"""Read XML that strangers wrote: nothing in a document may reach the network, another file, or all the memory."""

from __future__ import annotations

from lxml import etree

from samspel.lake.notice import Unreadable

# Comments, instructions and white space between elements say nothing in a notice, and building them takes an eighth
# of the time. libxml2's own limits stay on (huge_tree): depth 256, ten million characters in one text, and how far
# entities may grow.
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
    collect_ids=False,
)
_DOCUMENT_TYPE = (
    "It declares a document type (DOCTYPE), which no notice has and which can hide an attack; it was not read."
)


# The largest real notice (1.8 MB, 100 lots) has 40,000 tags; a million take about 100 MB.
_TAGS = 1_000_000
# It has 10,000 attributes; two hundred thousand take under 100 MB.
_ATTRIBUTES = 200_000


def parse(data: bytes) -> etree._Element:
    """Return the root element, or raise Unreadable saying in words for a report what is wrong with the file."""
    if not data or data.isspace():
        raise Unreadable("The file is empty.")
    # A file of fewer bytes cannot have so many: most are not counted.
    if len(data) > _TAGS and data.count(b"<") > _TAGS:
        raise Unreadable(f"It has more than {_TAGS:,} tags, which no notice has; it was not read.")
    if len(data) > _ATTRIBUTES and data.count(b"=") > _ATTRIBUTES:
        raise Unreadable(f"It has more than {_ATTRIBUTES:,} attributes, which no notice has; it was not read.")
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_explain(data, error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_DOCUMENT_TYPE)
    return root


def _explain(data: bytes, error: etree.XMLSyntaxError) -> str:
    if b"<!DOCTYPE" in data:
        return _DOCUMENT_TYPE
    code = getattr(error, "code", None)  # the stubs do not know it
    if code == etree.ErrorTypes.ERR_DOCUMENT_EMPTY:
        return "The file is not XML."
    if code == etree.ErrorTypes.ERR_TAG_NOT_FINISHED or not data.rstrip().endswith(b">"):
        return f"The file is cut off: it ends in the middle of an element, at line {error.lineno}."
    return f"The file is not well-formed XML: {error.msg}."
