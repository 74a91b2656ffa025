"""Reading documents into records: how fast, how many of the official examples, how much of what real ones hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median

from lxml import etree

from bench import Bench, Row, milliseconds
from bench.held import FIELDS, compared
from samspel.lake import formats
from samspel.lake.documents import Document
from samspel.lake.notice import Notice, SetAside

HUNDRED_LOTS = "cn_24_maximal_100_lots.xml"
TIMES = 20


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the speed over the official examples, what becomes of them, and what is read of real notices."""
    examples = _examples(bench)
    yield from _speed(examples)
    yield from _outcome(examples)
    yield from _completeness(bench)


def _examples(bench: Bench) -> list[Document]:
    files = sorted((bench.shared / "eforms" / "examples").glob("*.xml"))
    return [Document(file.name, file.read_bytes()) for file in files]


def _speed(examples: list[Document]) -> Iterator[Row]:
    large = next(document for document in examples if document.path == HUNDRED_LOTS)
    full = median(milliseconds(lambda: [_read(document) for document in examples], times=TIMES))
    parsed = median(milliseconds(lambda: [etree.fromstring(document.data) for document in examples], times=TIMES))
    count = len(examples)
    yield Row(f"reading the {count} official examples, one process", round(count / full * 1000), "notices/s", "≥ 2000")
    yield Row(f"lxml alone parsing the {count} official examples", round(count / parsed * 1000), "notices/s")
    taken = median(milliseconds(lambda: _read(large), times=TIMES))
    yield Row("the 1.8 MB notice with 100 lots", round(taken, 1), "ms", "< 40")
    parsed = median(milliseconds(lambda: etree.fromstring(large.data), times=TIMES))
    yield Row("lxml alone parsing that notice", round(parsed, 1), "ms")


def _read(document: Document) -> list[object]:
    return list(formats.read(document))


def _outcome(examples: list[Document]) -> Iterator[Row]:
    became = Counter(type(item).__name__ for document in examples for item in formats.read(document))
    yield Row("official examples that become records", became[Notice.__name__], "notices", "= 80")
    yield Row("official examples unreadable, with reason", became["Unreadable"], "notices", "= 10")
    yield Row("official examples set aside", became[SetAside.__name__], "notices", "= 2")


def _completeness(bench: Bench) -> Iterator[Row]:
    held: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for said, got in compared(bench.shared / "notices"):
        held.update(field for field in FIELDS if said[field])
        read.update(field for field in FIELDS if said[field] and said[field] & got[field])
    yield _share("real notices: identifier, kind, buyer, title, date, CPV", read.total(), held.total(), "facts held")
    for field in FIELDS:
        yield _share(f"real notices read with {field}", read[field], held[field], "notices that hold it")


def _share(name: str, read: int, held: int, unit: str) -> Row:
    # Cut, not rounded: one missing of twenty thousand must not show as all.
    share = int(read / held * 100_000) / 1000 if held else 0.0
    return Row(name, share, "%", "= 100", f"{read:,} of {held:,} {unit}")
