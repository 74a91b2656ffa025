"""Words as people write them, and the terms by which they meet in the index.

A term is a stem (Snowball: sv, nb, nn, da, fi, en) in folded letters; words of other languages are folded only. å, ä
and ö stay letters of their own; ø is ö and æ is ä, so that Swedish, Norwegian and Danish spellings meet ("miljö" finds
"miljø"). Other accents fall away. Nordic compounds are split into words that are frequent by themselves.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from pathlib import Path

import Stemmer

from samspel.lake.notice import Text

_STEMMERS = {
    "sv": "swedish",
    "nb": "norwegian",
    "nn": "norwegian",
    "no": "norwegian",
    "da": "danish",
    "fi": "finnish",
    "en": "english",
}
# Danish and Norwegian share enough words to learn compounds from each other.
_COMPOUNDING = {"sv": "sv", "nb": "nb", "nn": "nb", "no": "nb", "da": "nb", "fi": "fi"}
COMPOUNDING = ("sv", "nb", "fi")
_ASKED = ("sv", "nb", "da", "fi", "en")

# Longer runs of letters are cut, in texts and in queries alike, so that such a run still finds itself.
WORD = re.compile(r"[^\W_]{1,64}")
_AS_SWEDISH = str.maketrans("øæ", "öä")
_AS_DANISH = str.maketrans("öä", "øæ")
_KEPT = frozenset("åäö")

_LEFT_LETTERS = 3
_RIGHT_LETTERS = 4
_STEM_LETTERS = 3
_FREQUENT = 3
_LINKS = "senoua"  # arbets-miljö, varu-leverans, kvinno-jour, bygge-plass, kiinteistön-hoito
_REMEMBERED = 80_000

_JOINING = """
    och att som det den ett för till med från vid inom samt eller på av är en de i om
    og et for til fra ved innen er ei å at af
    ja sekä tai on joka että
    the and of to in with by or a an from as is are
"""
_VERB_PARTICLES = """
    över under efter före mellan genom fram utan innan förbi mot emot upp hemma inne igen samman bort
    over etter mellom gjennom frem uten foran tilbake ikke ikkje også imellem inden uden opp sammen
    ennen jälkeen kanssa ilman alle yli
    inter trans super multi auto mikro makro tele video foto elektro hydro stor stora store hela hele andra andre
    sam mis var ute ned bak när nær all ind alt ens des
"""
_SUFFIXES = """
    ring end and dör bar lig stig ion kol cell fler edl ess isk
    ast teide tava uude oma maan ala
"""
# Words that join others into sentences: left out of a query that has any other word, and no part of a compound.
STOP_WORDS = frozenset(_JOINING.split())
# "tillhandahålla" is no kind of "handahålla".
_PARTICLES = frozenset(_VERB_PARTICLES.split())
# Stems that are words by themselves and also endings: "renovering" is no ring, "leverandør" no door.
_ENDINGS = frozenset(_SUFFIXES.split())


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case and in order, with their accents; digits count as letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return WORD.findall(text.lower())


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language], 0)


def term(token: str, language: str | None) -> str:
    """Return the term of one token as a text in that language is indexed: stemmed where we can, always folded."""
    if language not in _STEMMERS or not token.isalpha():
        return fold(token)
    if not token.isascii():
        if language in {"sv", "fi"}:
            token = token.translate(_AS_SWEDISH)
        elif language != "en":
            token = token.translate(_AS_DANISH)
    return fold(str(_stemmer(language).stemWord(token)))


def terms_asked(token: str) -> tuple[str, ...]:
    """Return the terms under which a typed word can stand in the index, whatever language it is in; each once."""
    return tuple(dict.fromkeys((*(term(token, language) for language in _ASKED), fold(token))))


def phrases_asked(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the typed words as the sequences of terms in which they can stand in a text; each once."""
    stemmed = (tuple(term(word, language) for word in words) for language in _ASKED)
    return tuple(dict.fromkeys((*stemmed, tuple(map(fold, words)))))


def fold(token: str) -> str:
    """Return a lower-case token without accents; å, ä and ö stay, ø becomes ö and æ becomes ä."""
    if token.isascii():
        return token
    return "".join(map(_folded, token.translate(_AS_SWEDISH)))


@cache
def _folded(letter: str) -> str:
    if letter in _KEPT:
        return letter
    if letter == "ß":
        return "ss"
    kept = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return kept or letter


class Words:
    """The words compounds are made of: how often each stem stands by itself, per language.

    Learned from titles, descriptions and code labels, and kept beside the index, so that what is added later is split
    the same way. An instance remembers the terms of the words it has met (bounded), which makes a notice cost
    microseconds.
    """

    def __init__(self, frequent: dict[str, dict[str, int]]):
        self._frequent = frequent
        self._terms: dict[str | None, _Terms] = {}
        self._parts: dict[str, _Parts] = {}

    @classmethod
    def learn(cls, texts: Iterable[Text]) -> Words:
        """Count the words of texts; one that stands in fewer than three of them is no part of a compound."""
        counts: dict[str, Counter[str]] = {group: Counter() for group in set(_COMPOUNDING.values())}
        for text in texts:
            if group := _COMPOUNDING.get(text.language):
                counts[group].update(set(tokens(text.text)))
        return cls({group: _frequent(counted, group) for group, counted in sorted(counts.items())})

    @classmethod
    def load(cls, path: Path) -> Words:
        """Read a word list that ``save`` wrote."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write the word list as JSON: language, stem, number of texts."""
        path.write_text(json.dumps(self._frequent, ensure_ascii=False, indent=0), encoding="utf-8")

    def terms(self, words: list[str], language: str | None) -> list[str]:
        """Return the terms of a text's tokens, in order."""
        return list(map(self._terms_of(language).__getitem__, words))

    def parts(self, words: list[str], language: str | None) -> list[str]:
        """Return the terms of the parts of those tokens that are compounds; empty for languages without."""
        if language not in _COMPOUNDING:
            return []
        return list(chain.from_iterable(map(self._parts_of(language).__getitem__, words)))

    def apart(self, token: str, language: str) -> tuple[str, ...]:
        """Return the words that a compound is made of, as they may be written; empty for a word that is none."""
        return self._parts_of(language).words(token)

    def forms(self, token: str, language: str | None) -> tuple[str, ...]:
        """Return all terms under which a token of a text is found."""
        return (self._terms_of(language)[token], *self.parts([token], language))

    def _terms_of(self, language: str | None) -> _Terms:
        known = self._terms.get(language)
        if known is None or len(known) > _REMEMBERED:
            known = self._terms[language] = _Terms(language)
        return known

    def _parts_of(self, language: str) -> _Parts:
        known = self._parts.get(language)
        if known is None or len(known) > _REMEMBERED:
            known = self._parts[language] = _Parts(language, self._frequent.get(_COMPOUNDING[language], {}))
        return known


def _frequent(counted: Counter[str], group: str) -> dict[str, int]:
    stems: Counter[str] = Counter()
    for word, count in counted.items():
        if word.isalpha() and len(word) >= _LEFT_LETTERS and word not in STOP_WORDS and word not in _PARTICLES:
            stems[term(word, group)] += count
    return {stem: count for stem, count in sorted(stems.items()) if count >= _FREQUENT and len(stem) >= _STEM_LETTERS}


class _Terms(dict[str, str]):
    """The term of each token met so far in one language."""

    def __init__(self, language: str | None):
        super().__init__()
        self._language = language

    def __missing__(self, token: str) -> str:
        self[token] = found = term(token, self._language)
        return found


class _Parts(dict[str, tuple[str, ...]]):
    """The terms of the parts of each token met so far in one language; empty for a word that is no compound."""

    def __init__(self, language: str, frequent: dict[str, int]):
        super().__init__()
        self._language = language
        self._frequent = frequent

    def __missing__(self, token: str) -> tuple[str, ...]:
        parts: tuple[str, ...] = ()
        if len(token) >= _LEFT_LETTERS + _RIGHT_LETTERS and token.isalpha():
            parts = tuple(dict.fromkeys(term(part, self._language) for part in self._split(token)))
        self[token] = parts
        return parts

    def words(self, token: str) -> tuple[str, ...]:
        """Return the words that stand by themselves in a token; empty where it is no compound."""
        if not token.isalpha():
            return ()
        halves = self._halves(token, self._weight) or self._halves(token, self._weight_in_parts) or ()
        return tuple(word for half in halves for word in ((half,) if self._weight(half) else self.words(half)))

    def _split(self, token: str) -> list[str]:
        """Return both sides, each followed by its own parts; one side may be no word but made of two."""
        halves = self._halves(token, self._weight) or self._halves(token, self._weight_in_parts)
        return [part for half in halves or () for part in (half, *self._split(half))]

    def _halves(self, token: str, weight: Callable[[str], int]) -> tuple[str, str] | None:
        """Return the two sides where both are most frequent, None where no place has a word on both sides."""
        best, halves = 0, None
        for place in range(_LEFT_LETTERS, len(token) - _RIGHT_LETTERS + 1):
            right = token[place:]
            found = 0 if term(right, self._language) in _ENDINGS else weight(right)
            for left in _unlinked(token[:place]) if found else ():
                if (both := found * weight(left)) > best:
                    best, halves = both, (left, right)
        return halves

    def _weight_in_parts(self, part: str) -> int:
        """How often a part stands by itself; once, if it does not but is made of two that do."""
        return self._weight(part) or int(self._halves(part, self._weight) is not None)

    def _weight(self, part: str) -> int:
        """How often a part stands by itself."""
        stem = term(part, _COMPOUNDING[self._language])
        joins = any(form in _PARTICLES or form in STOP_WORDS for form in (part, stem))
        return 0 if joins else self._frequent.get(stem, 0)


def _unlinked(left: str) -> list[str]:
    """Return the forms a word may have had before it was joined: as it stands, and without the linking letter."""
    if left[-1] in _LINKS and len(left) > _LEFT_LETTERS:
        return [left, left[:-1]]
    return [left]
