"""The piece of a text that shows why it was found, with the words that were asked for marked.

Texts come back as segments, never as HTML: whoever shows them escapes them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from samspel.lake.language import Words, fold, phrases_asked, spans, terms_asked, tokens
from samspel.lake.query import Clause

SNIPPET_LETTERS = 240
_BEFORE = 40


class Segment(NamedTuple):
    """A piece of text; hits are what was asked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows which words of a text were asked for."""

    words: Words
    terms: frozenset[str]
    prefixes: tuple[str, ...]

    @classmethod
    def of(cls, clauses: Iterable[Clause], words: Words) -> Marker:
        """Mark what the clauses ask for; what they exclude is in no text that was found."""
        asked = [clause for clause in clauses if not clause.excluded]
        terms = {term for clause in asked for word in clause.words for term in terms_asked(word)}
        terms |= {term for clause in asked for phrase in phrases_asked(clause.words) for term in phrase}
        terms |= {term for clause in asked if len(clause.words) > 1 for term in terms_asked("".join(clause.words))}
        return cls(words, frozenset(terms), tuple(fold(clause.words[0]) for clause in asked if clause.prefix))

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
        shown = [(max(first, start) - start, last - start) for first, last in hits if first >= start and last <= end]
        segments = _segments(text[start:end], shown)
        opening = (Segment("… ", is_hit=False),) if start else ()
        closing = (Segment(" …", is_hit=False),) if end < len(text) else ()
        return (*opening, *segments, *closing)

    def _hits(self, text: str, language: str | None) -> list[tuple[int, int]]:
        """Return where the words stand that were asked for, or whose parts were."""
        if not (self.terms or self.prefixes):
            return []
        found = tokens(text)
        has_whole = any(map(self._is_hit, self.words.terms(found, language)))
        if not has_whole and self.terms.isdisjoint(self.words.parts(found, language)):
            return []
        places = spans(text)
        whole = self.words.terms([token for _, _, token in places], language)
        return [
            (start, end)
            for (start, end, token), term in zip(places, whole, strict=True)
            if self._is_hit(term) or not self.terms.isdisjoint(self.words.parts([token], language))
        ]

    def _is_hit(self, term: str) -> bool:
        return term in self.terms or (bool(self.prefixes) and term.startswith(self.prefixes))


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
