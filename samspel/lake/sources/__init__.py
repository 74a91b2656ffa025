"""Where public notices come from: one source, one file, with its oddities.

A source lists what was published in a span of days and hands over the documents; ``samspel.lake.harvest`` decides what
is still missing and remembers what is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol


class Stopped(Exception):
    """The source cannot be harvested further now. The message says why and what a person can do."""


class Missed(Exception):
    """One document could not be fetched; the others may. The message says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A notice that a source says it has."""

    identifier: str  # the publication number, "123456-2026"
    address: str  # where its XML is
    package: str | None = None  # the address of the package that also holds it


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source says it published on one day."""

    day: date
    documents: tuple[Document, ...]
    is_whole: bool = True  # False where the source announced more documents than it listed


class Source(Protocol):
    """Somewhere notices are published."""

    @property
    def name(self) -> str:
        """The source's name in the lake: ted, doffin."""

    @property
    def settles(self) -> int:
        """The number of days after which a day's list no longer grows."""

    def listings(self, since: date, until: date, countries: Sequence[str]) -> Iterator[Listing]:
        """Return one listing for every day of the span, both ends included, in order; may raise ``Stopped``."""

    def fetch(self, documents: Sequence[Document], scratch: Path) -> Iterator[tuple[Document, bytes | Missed]]:
        """Return each document's bytes, or why it was missed, in any order; may raise ``Stopped``.

        ``scratch`` is a folder for what is too large for memory; nothing in it is needed afterwards.
        """

    def close(self) -> None:
        """Close the connections; use ``contextlib.closing``."""
