"""Other ways to write what was typed, for where it finds nothing: compounds apart, their parts, a word's beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tantivy

from samspel.lake.search.language import COMPOUNDING, Words, fold

# A word that was typed alone, neither left out nor only begun.
_ALONE = re.compile(r"(?<![\w−-])[^\W_]{1,64}(?![\w*])")
# Fewer letters begin words of every kind.
_LEAST = 4
_WORDS = 4


def apart(words: Words, typed: str) -> tuple[str, ...]:
    """Return the ways to write the compounds that were typed as words of their own; none where there are none."""
    found = (_apart(words, typed, language) for language in COMPOUNDING)
    return tuple(dict.fromkeys(text for text in found if text != typed))


def near(words: Words, searcher: tantivy.Searcher, typed: str) -> tuple[str, ...]:
    """Return what was typed with one word in another way, the nearest first; only what some notice can have.

    A compound gives its first part as a beginning and its last part, any other word its longest and its shortest
    beginning that words of notices have. The first four words are looked at.
    """
    found = [
        f"{typed[: word.start()]}{other}{typed[word.end() :]}"
        for word in list(_ALONE.finditer(typed))[:_WORDS]
        for other in _others(words, searcher, word[0])
    ]
    return tuple(dict.fromkeys(found))


def _apart(words: Words, typed: str, language: str) -> str:
    def written(word: re.Match[str]) -> str:
        return " ".join(words.apart(word[0].lower(), language)) or word[0]

    return _ALONE.sub(written, typed)


def _others(words: Words, searcher: tantivy.Searcher, word: str) -> Iterator[str]:
    of_languages = (words.apart(word.lower(), language) for language in COMPOUNDING)
    if parts := next(filter(None, of_languages), ()):
        yield from (f"{parts[0]}*", parts[-1])
    else:
        yield from (f"{beginning}*" for beginning in _beginnings(searcher, word))


def _beginnings(searcher: tantivy.Searcher, word: str) -> Iterator[str]:
    """Give the longest beginning that the word shares with one of the index, and its first four letters."""
    folded = fold(word.lower())
    if len(folded) <= _LEAST or not folded.isalpha():
        return
    terms = [term for term, _ in searcher.terms_with_prefix("text", folded[:_LEAST])]
    shared = max((_shared(folded, term) for term in terms), default=0)
    # "æ" is one letter as "ä" is, so a beginning of the folded word is one of the word.
    for letters in dict.fromkeys((shared, _LEAST)) if shared else ():
        yield word[:letters] if len(folded) == len(word) else folded[:letters]


def _shared(word: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    alike = [one == two for one, two in zip(word, other, strict=False)]
    return alike.index(False) if False in alike else len(alike)
