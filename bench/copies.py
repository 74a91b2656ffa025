"""A large input, made once by rule: copies of the real documents under identifiers of their own."""

from __future__ import annotations

import re
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from io import BytesIO
from itertools import count, islice
from pathlib import Path

from bench import say_making
from samspel.lake.documents import Document, beginning, documents

_SPACE = uuid.UUID("6f0c6ad6-5a1e-4b0f-9d8e-2f6a5b6f4c11")
# What identifies a notice, and by which others refer to it: UUIDs (BT-701, BT-04, BT-125), and publication numbers as
# they stand in TED's notices (00210184-2025) and in its journal (2020/S 001-000051).
_IDENTIFIERS = re.compile(
    rb"\b(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b"
    rb"|\b(?P<number>\d{6,8})(?=-20[12]\d\b)"
    rb"|(?<=/S \d{3}-)(?P<journal>\d{6,7})\b"
)
_APART = 1_000_000  # between the publication numbers of one round and the next: a year of TED has fewer


def make(source: Path, target: Path, size: int) -> Path:
    """Pack so many copies of the source's XML documents into a tar.gz, unless it is there."""
    if target.exists():
        return target
    say_making(f"{size:,} copies of real documents")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    with tarfile.open(unfinished, "w:gz", compresslevel=1) as tar:
        for place, (number, document) in enumerate(islice(_rounds(source), size)):
            data = renamed(document.data, number)
            member = tarfile.TarInfo(f"{place // 1000:03d}/{place:06d}.xml")
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    unfinished.rename(target)
    return target


def renamed(data: bytes, number: int) -> bytes:
    """Return a document under the identifiers of a round: the same for the same number, so that references hold."""

    def other(found: re.Match[bytes]) -> bytes:
        if found["uuid"]:
            return str(uuid.uuid5(_SPACE, f"{number} {found['uuid'].decode()}")).encode()
        return b"%08d" % (int(found["number"] or found["journal"]) + number * _APART)

    return _IDENTIFIERS.sub(other, data)


def _rounds(source: Path) -> Iterator[tuple[int, Document]]:
    """Yield the source's XML documents again and again, with the number of the round."""
    with tempfile.TemporaryDirectory() as spool:
        for number in count(1):
            for item in documents(source, spool=Path(spool)):
                if isinstance(item, Document) and beginning(item.data[:4096]).startswith("<"):
                    yield number, item
