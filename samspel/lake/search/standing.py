"""Very many searches over few notices: those of a day, asked of an index of their own.

The index is made as the lake's own is, with the same fields and the same words, so that both answer alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from samspel.lake.search.build import build, current, load_words, open_index
from samspel.lake.search.document import Entry
from samspel.lake.search.index import Search
from samspel.lake.search.match import match
from samspel.lake.search.query import parse


class FewNotices:
    """An index of few notices in a folder that the caller removes; asking costs a fraction of a millisecond."""

    def __init__(self, folder: Path, entries: Iterable[Entry], *, like: Path):
        """Make the index of these entries, with the words of the index that serves in the folder ``like``."""
        serving = current(like)
        build(folder, entries, words=load_words(serving) if serving else None)
        made = current(folder)
        if made is None:
            raise FileNotFoundError(f"no index was made in {folder}")
        self._index = open_index(made)
        self._searcher = self._index.searcher()
        # Read once: the same notice is found by very many searches.
        self._cards: dict[tuple[int, int], dict[str, Any]] = {}

    def cards(self, search: Search) -> list[dict[str, Any]]:
        """Return the cards of all that is found, in no order; each with its key. See ``Hit.card``."""
        value = (search.value_from, search.value_to)
        matching = match(
            self._index,
            self._searcher,
            parse(search.text),
            filters=search.filters,
            value=value,
            open_at=search.open_at,
        )
        found = self._searcher.search(matching.query(), max(self._searcher.num_docs, 1), count=False)
        return [self._card(address) for _, address in found.hits]

    def _card(self, address: Any) -> dict[str, Any]:
        place = (address.segment_ord, address.doc)
        if place not in self._cards:
            self._cards[place] = json.loads(self._searcher.doc(address)["card"][0])
        return self._cards[place]
