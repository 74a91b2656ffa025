"""Where else to look: CPV codes named as what was typed, other ways to write it, and the search with less."""

import threading
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings

from samspel.kit import formats
from samspel.lake.codelists import CodeLists
from samspel.lake.search.categories import categories
from samspel.lake.search.query import parse
from samspel.notices import labels
from samspel.notices.search.form import cpv_values

# So many are counted, and so many of them shown; each costs a part of a millisecond.
MOST_TRIED = 6
MOST_CATEGORIES = 3
MOST_NEAR = 4


def warm():
    """Make ready what is looked in, beside what else goes on: the first search of a process waits for nothing."""
    threading.Thread(target=_named, daemon=True).start()


def _named():
    return categories(CodeLists(settings.HOME.codes))


@dataclass(frozen=True)
class Way:
    """A search that finds something. ``number`` is how many notices."""

    words: Any
    url: str
    number: int


class Suggestions:
    """What else may find what ``asked`` looks for, over an index at a moment."""

    def __init__(self, asked, index, at):
        self._asked = asked
        self._index = index
        self._at = at

    def categories(self):
        """Return the categories named as what was typed, with everything that is chosen but the words; most first."""
        if not self._asked.text:
            return []
        found = _named().find(parse(self._asked.text))
        new = islice((code for code in found if not self._is_chosen(code)), MOST_TRIED)
        return self._most(self._way(self._of(code), labels.cpv(code).html) for code in new)[:MOST_CATEGORIES]

    def _is_chosen(self, code):
        return any(code.startswith(chosen) for chosen in self._asked.values("cpv"))

    def _of(self, code):
        sort = "" if self._asked.sort == "relevance" else self._asked.sort
        return self._asked.changed(text="", sort=sort).choosing("cpv", *cpv_values(code))

    def apart(self):
        """Return the same search with its compounds written apart, the most first."""
        return self._most(self._written(text) for text in self._index.apart(self._asked.text))

    def near(self):
        """Return the same search with a word begun or a part of a compound, the nearest first."""
        ways = []
        for way in filter(None, map(self._written, self._index.near(self._asked.text)[: 2 * MOST_NEAR])):
            # A shorter beginning that finds no more says nothing new.
            if not any(way.number == nearer.number and _begins(nearer, way) for nearer in ways):
                ways.append(way)
        return ways[:MOST_NEAR]

    def less(self, chips):
        """Return the same search without one of its choices, or without its words where something else is chosen."""
        less = [(chip.words, chip.asked) for chip in chips[:MOST_TRIED]]
        if less and self._asked.text:
            less.append((formats.quoted(self._asked.text[:40]), self._asked.changed(text="", sort="")))
        return list(filter(None, (self._way(asked, words) for words, asked in less)))

    def _written(self, text):
        return self._way(self._asked.changed(text=text), text)

    def _way(self, asked, words):
        number = self._index.search(asked.search(self._at, limit=0)).total
        return Way(words, asked.url(), number) if number else None

    def _most(self, ways):
        return sorted(filter(None, ways), key=lambda way: -way.number)


def _begins(nearer, way):
    return nearer.words.startswith(way.words.rstrip("*"))
