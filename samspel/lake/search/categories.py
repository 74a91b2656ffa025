"""CPV codes by their names: what was typed, looked for among the labels in every language the hub has.

A notice is found by its own words; what it buys is often said by its CPV code alone. Reading the labels takes a fifth
of a second, once for each process and edition; a look takes microseconds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from samspel.lake import codelists, cpv
from samspel.lake.search.language import STOP_WORDS, fold, term, terms_asked, tokens
from samspel.lake.search.query import Clause

# So many letters of a word that was typed in full may begin a longer one: "snöröjning", "Snöröjningstjänster".
_BEGINNING = 5
# A word that only begins so tells less than the word itself.
_BEGUN = 0.6
# A label of which less was asked for is about something else: "Programvara för laddning av lagringsmedier".
_LEAST_SHARE = 0.3


class Categories:
    """The labels of CPV codes, by the terms of their words."""

    def __init__(self, labels: Mapping[str, Mapping[str, str]]):
        self._codes: list[str] = []  # of each label
        self._lengths = array("B")  # the number of its telling terms
        places: dict[str, array[int]] = defaultdict(lambda: array("H" if len(labels) < 10_000 else "L"))
        for code, texts in labels.items():
            for language, text in texts.items():
                found = {term(token, language) for token in tokens(text) if token not in STOP_WORDS}
                for one in found:
                    places[one].append(len(self._codes))
                self._codes.append(code)
                self._lengths.append(min(len(found), 255))
        self._places = dict(places)
        self._terms = sorted(self._places)

    def find(self, clauses: Iterable[Clause]) -> Iterator[str]:
        """Give the codes whose label in some language has all that is asked for, the nearest first.

        Nearest is the label of which the most was asked for, then the wider code. A code that lies under a nearer one
        is left out.
        """
        asked = [(word, clause.prefix) for clause in clauses if not clause.excluded for word in clause.words]
        shares = self._shares(asked[:8]) if asked else {}
        best: dict[str, float] = {}
        for place, share in shares.items():
            code = self._codes[place]
            best[code] = max(best.get(code, 0.0), share / self._lengths[place])
        near = [(-share, len(code.rstrip("0")), code) for code, share in best.items() if share >= _LEAST_SHARE]
        return _apart(code for _share, _width, code in sorted(near))

    def _shares(self, asked: list[tuple[str, bool]]) -> dict[int, float]:
        """Return how much of each label that has all words was asked for, by the label's place, in words."""
        first, *rest = (self._with(word, is_begun=is_begun) for word, is_begun in asked)
        for found in rest:
            first = {place: share + found[place] for place, share in first.items() if place in found}
        return first

    def _with(self, word: str, *, is_begun: bool) -> dict[int, float]:
        exact = terms_asked(word)
        found = {place: _BEGUN for one in self._longer(word, exact, is_begun=is_begun) for place in self._places[one]}
        return found | {place: 1.0 for one in exact for place in self._places.get(one, ())}

    def _longer(self, word: str, exact: tuple[str, ...], *, is_begun: bool) -> Iterator[str]:
        beginnings = (fold(word),) if is_begun else tuple(one for one in exact if len(one) >= _BEGINNING)
        for beginning in beginnings:
            place = bisect_left(self._terms, beginning)
            while place < len(self._terms) and self._terms[place].startswith(beginning):
                yield self._terms[place]
                place += 1


def categories(lists: codelists.CodeLists) -> Categories:
    """Return the CPV codes by their names as the hub has them now."""
    return _read(*lists.stamps("cpv"))


@lru_cache(maxsize=2)
def _read(*lists: codelists.Stamped) -> Categories:
    labels: dict[str, dict[str, str]] = {}
    for stamped in lists:
        for code, texts in codelists.labels(*stamped).items():
            labels[code] = {**labels.get(code, {}), **texts}
    return Categories(labels)


def _apart(codes: Iterable[str]) -> Iterator[str]:
    above: tuple[str, ...] = ()
    for code in codes:
        if not code.startswith(above):
            above = (*above, cpv.prefix(code))
            yield code
