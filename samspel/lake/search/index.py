"""Searching the notices: full text, filters, counts, order and snippets.

Where there is no index yet nothing is found, and where it cannot be read IndexDamaged is raised; nothing that a
person can type raises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Literal

import tantivy
from tantivy import Order

from samspel.lake.search.build import POINTER, IndexDamaged, current, load_words, open_index, telling_damage
from samspel.lake.search.document import GROUPS
from samspel.lake.search.facets import Count, count
from samspel.lake.search.language import Words
from samspel.lake.search.match import Match, match
from samspel.lake.search.near import apart, near
from samspel.lake.search.query import Clause, parse
from samspel.lake.search.snippets import Marker, Segment

__all__ = ["Found", "Hit", "Index", "IndexDamaged", "Search"]

Sort = Literal["relevance", "date", "deadline", "value"]
_ORDERS = {"date": ("published", Order.Desc), "deadline": ("deadline", Order.Asc), "value": ("value", Order.Desc)}
# Up to so many notices are looked at one by one to count their procurements, in a millisecond.
FEW = 2_000


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody asks for. Filters: any of the values within a group, and all of the groups.

    Groups are those of ``GROUPS``, and `procurement`. A CPV code is asked for by its first 2, 3, 4, 5 or 8 digits.
    Sorted by relevance, a search without words gives the newest first; by value, amounts are compared as they stand,
    so offer it with one currency only.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    value_from: float | None = None  # in units of the currency that is filtered
    value_to: float | None = None
    open_at: datetime | None = None  # with its zone: only notices that can still be answered; see ``openness``
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()  # the groups to count, and `value`
    counted: bool = True  # whether the total is asked for, which takes longer than the best hits


@dataclass(frozen=True, slots=True)
class Hit:
    """A notice that was found, with what a list shows of it."""

    key: str
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    # As stored: language, kind, source, publication_number, published_on, buyers and suppliers as [key, name],
    # countries, cpv, procedure, value as [amount, currency], tenders, marks, deadline, procurement. What is not known
    # is not there.
    card: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: how many there are, the hits asked for, and the counts asked for."""

    total: int | None  # None where it was not asked for
    hits: list[Hit]
    facets: dict[str, list[Count]]


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index as it stood at one moment."""

    version: tuple[int, ...]
    index: tantivy.Index
    searcher: tantivy.Searcher
    words: Words


class Index:
    """Reads the index in a folder, and follows when it is added to or replaced. Safe to share between threads."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._lock = Lock()
        self._last: _Opened | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to find: no index yet, or no notice in it."""
        opened = self._opened()
        return opened is None or opened.searcher.num_docs == 0

    def search(self, search: Search) -> Found:
        """Answer a search. Raises KeyError for a filter or count that does not exist, which no page offers."""
        if unknown := [name for name in search.facets if name not in (*GROUPS, "value")]:
            raise KeyError(f"there are no counts named {unknown[0]}")
        opened = self._opened()
        if opened is None:
            return Found(0, [], {name: [] for name in search.facets})
        clauses = parse(search.text)
        with telling_damage():
            matching = _match(opened, clauses, search)
            marker = Marker(clauses, opened.words)
            counted = count(matching, search.facets, search.filters) if search.counted or search.facets else (None, {})
            hits = [_hit(opened.searcher, address, marker) for address in _addresses(matching, search)]
        return Found(counted[0], hits, counted[1])

    def procurements(self, search: Search) -> int | None:
        """Return how many procurements the notices found tell of; None where more than ``FEW`` are found.

        None also in an index of an older make, which does not know.
        """
        opened = self._opened()
        if opened is None:
            return 0
        with telling_damage():
            query = _match(opened, parse(search.text), search).query()
            found = opened.searcher.search(query, FEW + 1, count=False).hits
        if len(found) > FEW:
            return None
        try:
            codes = opened.searcher.fast_field_values("procurement_code", [address for _, address in found])
        except ValueError:
            return None
        return len(set(codes))

    def apart(self, typed: str) -> tuple[str, ...]:
        """Return the ways to write the compounds that were typed as words of their own; none where there are none."""
        opened = self._opened()
        if opened is None:
            return ()
        return apart(opened.words, typed)

    def near(self, typed: str) -> tuple[str, ...]:
        """Return what was typed with one word in another way that notices have, the nearest first; see ``near``."""
        opened = self._opened()
        if opened is None:
            return ()
        with telling_damage():
            return near(opened.words, opened.searcher, typed)

    def cards(self, search: Search, *, most: int) -> Iterator[dict[str, Any]]:
        """Give the cards of all that is found, in order and no more than ``most``; for files, not for pages.

        They are of one moment, also where the index is replaced meanwhile. A card is as in ``Hit``, with its key and
        the beginning of the description as `text`.
        """
        opened = self._opened()
        if opened is not None:
            with telling_damage():
                matching = _match(opened, parse(search.text), search)
                addresses = _addresses(matching, replace(search, offset=0, limit=most))
            for address in addresses:
                with telling_damage():
                    card = _card(opened.searcher, address)
                yield card

    def _opened(self) -> _Opened | None:
        """Return the index as it is now; opened anew only when the pointer or the last commit is another."""
        with self._lock:
            try:
                self._last = self._follow()
            except (IndexDamaged, OSError):  # a new index took the place of this one while it was being opened
                self._last = self._follow()
            return self._last

    def _follow(self) -> _Opened | None:
        serving = current(self._folder)
        if serving is None:
            return None
        version = _version(self._folder / POINTER, serving / "meta.json")
        if self._last and self._last.version == version:
            return self._last
        with telling_damage():
            index = _open_to_read(serving)
            return _Opened(version, index, index.searcher(), load_words(serving))


def _open_to_read(serving: Path) -> tantivy.Index:
    """Open an index, also where nothing can be written: tantivy wants a lock file beside the files that it opens.

    Without one it opens links to the files, in a folder that it no longer needs when they are open.
    """
    try:
        return open_index(serving)
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
    with TemporaryDirectory(prefix="samspel-index-") as folder:
        for file in serving.iterdir():
            if file.suffix != ".lock":
                (Path(folder) / file.name).symlink_to(file.absolute())
        return open_index(Path(folder))


def _version(*files: Path) -> tuple[int, ...]:
    return tuple(number for stat in map(Path.stat, files) for number in (stat.st_mtime_ns, stat.st_ino))


def _match(opened: _Opened, clauses: tuple[Clause, ...], search: Search) -> Match:
    value = (search.value_from, search.value_to)
    return match(opened.index, opened.searcher, clauses, filters=search.filters, value=value, open_at=search.open_at)


def _addresses(matching: Match, search: Search) -> list[tantivy.DocAddress]:
    """Return where the hits of the page stand, in the order asked for."""
    offset = max(search.offset, 0)
    # tantivy takes memory for offset and limit before it looks, and ends the process where there is not so much.
    limit = min(search.limit, matching.searcher.num_docs - offset)
    if limit <= 0:
        return []
    if search.sort == "relevance" and matching.title:
        return _ranked(matching, offset, limit)
    name, direction = _ORDERS.get(search.sort, _ORDERS["date"])
    found = matching.searcher.search(
        matching.query(), limit, count=False, offset=offset, order_by_field=name, order=direction
    )
    return [address for _, address in found.hits]


def _ranked(matching: Match, offset: int, limit: int) -> list[tantivy.DocAddress]:
    """Return the best hits: first those that have all that is asked for in their title, then the others.

    That is what a reader expects, and for words in hundreds of thousands of notices it spares looking at them all.
    """
    searcher = matching.searcher
    titled = [address for _, address in searcher.search(matching.titled(), offset + limit, count=False).hits]
    page = titled[offset:]
    if left := limit - len(page):
        after = max(offset - len(titled), 0)
        page += [address for _, address in searcher.search(matching.untitled(), left, count=False, offset=after).hits]
    return page


def _hit(searcher: tantivy.Searcher, address: tantivy.DocAddress, marker: Marker) -> Hit:
    card = _card(searcher, address)
    snippet = marker.snippet(card.pop("text", ""), card.pop("text_language", None))
    return Hit(card.pop("key"), marker.whole(card.get("title", ""), card.get("language")), snippet, card)


def _card(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(searcher.doc(address)["card"][0])
    return card
