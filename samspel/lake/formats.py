"""Tells by its content which format a document is in, and has it read by the reader of that format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from samspel.lake import doffin, eforms, ted_legacy
from samspel.lake.bounds import bounded
from samspel.lake.documents import Document, beginning
from samspel.lake.notice import Notice, SetAside, Unreadable
from samspel.lake.xml import parse

_DOFFIN_NUMBER = re.compile(r"20\d\d-\d{4,7}")
_READERS = {
    **dict.fromkeys(eforms.ROOTS, eforms.read_root),
    **dict.fromkeys(ted_legacy.ROOTS, ted_legacy.read_root),
}


def read(document: Document) -> Iterator[Notice | Unreadable | SetAside]:
    """Yield what a document holds: one notice for XML, one for each hit for Doffin's JSON.

    What is not read is yielded too, as the exception that says why. Nothing is raised.
    """
    try:
        if beginning(document.data[:4096]).startswith(("{", "[")):
            for found in doffin.read_all(document.data):
                yield bounded(found) if isinstance(found, Notice) else found
        else:
            yield bounded(_with_number(_read_xml(document.data), document.path))
    except (Unreadable, SetAside) as refusal:
        yield refusal
    # The edge of a run: strangers write these documents, and one that a reader did not foresee must not stop the rest.
    except Exception as error:  # noqa: BLE001
        yield Unreadable(f"It is built in a way that no reader foresaw ({_words(error)}).")


def _read_xml(data: bytes) -> Notice:
    root = parse(data)
    name = etree.QName(root).localname
    if name not in _READERS:
        raise Unreadable(f"It is XML, but no notice in a format that is read: its root element is “{name[:100]}”.")
    return _READERS[name](root)


def _with_number(notice: Notice, path: str) -> Notice:
    """Return a notice from Doffin with its number, which many do not state and the name of their file does."""
    number = path.rpartition("/")[2].removesuffix(".xml")
    if notice.source != "doffin" or notice.publication_number or not _DOFFIN_NUMBER.fullmatch(number):
        return notice
    return replace(notice, publication_number=number, url=f"https://www.doffin.no/notices/{number}")


def _words(error: Exception) -> str:
    kind = next((words for kinds, words in _KINDS.items() if isinstance(error, kinds)), "an unknown fault")
    return f"{kind}: {type(error).__name__}"


_KINDS: dict[type[Exception], str] = {
    LookupError: "something expected is not there",
    UnicodeError: "letters in a wrong encoding",
    ValueError: "a value of the wrong form",
    TypeError: "a value of the wrong type",
    AttributeError: "something expected is not there",
    ArithmeticError: "a number out of range",
    RecursionError: "nested too deep",
    MemoryError: "too large",
}
