"""The piece of a text that shows why it was found, with the words that were asked for marked.

Texts come back as segments, never as HTML: whoever shows them escapes them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from samspel.lake.search.language import WORD, Words, fold, phrases_asked, terms_asked, tokens
from samspel.lake.search.query import Clause

SNIPPET_LETTERS = 240
_BEFORE = 40
# The letters a folded letter may have been.
_SPELLINGS = {
    "a": "[aáàâã]",
    "c": "[cç]",
    "e": "[eéèêë]",
    "i": "[iíìîï]",
    "n": "[nñ]",
    "o": "[oóòôõ]",
    "u": "[uúùûü]",
    "ä": "[äæ]",
    "ö": "[öø]",
}


class Segment(NamedTuple):
    """A piece of text; hits are what was asked for."""

    text: str
    is_hit: bool


class Marker:
    """Knows which words of a text were asked for, or are made of such; remembers them, for one search's hits."""

    def __init__(self, clauses: Iterable[Clause], words: Words):
        asked = [clause for clause in clauses if not clause.excluded]
        terms = {term for clause in asked for word in clause.words for term in terms_asked(word)}
        terms |= {term for clause in asked for phrase in phrases_asked(clause.words) for term in phrase}
        terms |= {term for clause in asked if len(clause.words) > 1 for term in terms_asked("".join(clause.words))}
        prefixes = tuple(fold(clause.words[0]) for clause in asked if clause.prefix)
        self._asked = _Asked(terms, prefixes, words)
        self._stubs = _stubs((*terms, *prefixes))
        self._known: dict[str | None, _Known] = {}

    def whole(self, text: str, language: str | None) -> tuple[Segment, ...]:
        """Return all of a text."""
        return _segments(text, self._hits(text, language))

    def snippet(self, text: str, language: str | None) -> tuple[Segment, ...]:
        """Return the 240 letters of a text that hold most of what was asked for, or its beginning."""
        hits = self._hits(text, language)
        if len(text) <= SNIPPET_LETTERS:
            return _segments(text, hits)
        start = _best_start(text, hits)
        end = min(start + SNIPPET_LETTERS, len(text))
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + SNIPPET_LETTERS // 2)
        shown = [(first - start, last - start) for first, last in hits if first >= start and last <= end]
        opening = (Segment("… ", is_hit=False),) if start else ()
        closing = (Segment(" …", is_hit=False),) if end < len(text) else ()
        return (*opening, *_segments(text[start:end], shown), *closing)

    def _hits(self, text: str, language: str | None) -> list[tuple[int, int]]:
        """Return where the words stand that were asked for, each as in a slice."""
        known = self._known.get(language)
        if known is None:
            known = self._known[language] = _Known(self._asked, language)
        hits = []
        end = 0
        for found in self._stubs.finditer(text) if self._stubs else ():
            start = found.start()
            if start < end:
                continue
            while start > end and text[start - 1].isalnum():
                start -= 1
            word = WORD.match(text, start)
            end = max(word.end() if word else 0, found.end())
            if known[text[start:end]]:
                hits.append((start, end))
        return hits


def _stubs(terms: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds the few words worth a closer look; no stemmer changes the first three letters of a word."""
    stubs = {term[:3] for term in terms if term}
    spelled = ("".join(_SPELLINGS.get(letter, re.escape(letter)) for letter in stub) for stub in sorted(stubs))
    return re.compile("|".join(spelled), re.IGNORECASE) if stubs else None


class _Asked(NamedTuple):
    terms: set[str]
    prefixes: tuple[str, ...]
    words: Words


class _Known(dict[str, bool]):
    """Whether a word, as it stands in texts of one language, was asked for."""

    def __init__(self, asked: _Asked, language: str | None):
        super().__init__()
        self._asked = asked
        self._language = language

    def __missing__(self, word: str) -> bool:
        asked = self._asked
        forms = asked.words.forms("".join(tokens(word)), self._language)
        is_asked = not asked.terms.isdisjoint(forms)
        if asked.prefixes and not is_asked:
            is_asked = any(form.startswith(asked.prefixes) for form in forms)
        self[word] = is_asked
        return is_asked


def _best_start(text: str, hits: list[tuple[int, int]]) -> int:
    """Return where to begin: a little before the hit that most others follow closely, at the start of a word."""
    starts = [start for start, _ in hits]
    best = max(starts, key=lambda start: (_followers(starts, start), -start), default=0)
    if best <= _BEFORE:
        return 0
    place = text.find(" ", best - _BEFORE, best)
    return best if place < 0 else place + 1


def _followers(starts: list[int], start: int) -> int:
    return bisect_left(starts, start + SNIPPET_LETTERS - 2 * _BEFORE) - bisect_left(starts, start)


def _segments(text: str, hits: list[tuple[int, int]]) -> tuple[Segment, ...]:
    segments = []
    at = 0
    for start, end in hits:
        segments += [Segment(text[at:start], is_hit=False), Segment(text[start:end], is_hit=True)]
        at = end
    segments.append(Segment(text[at:], is_hit=False))
    return tuple(segment for segment in segments if segment.text)
