"""The words by which a notice speaks of something new to the market, and how often they are right.

The list is ``data/wording.csv``: whole words in sv, nb, nn, da, fi and en, where ``*`` stands for any ending, ``~`` for
up to three words between, and a space also for a hyphen. A *trap* is a phrase that holds a listed word and means
something else. The reading of the hits is ``data/wording_review.csv``: one row per notice that was read, without its
text; what was unclear counts as wrong.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import groupby
from typing import NamedTuple

from samspel.lake.notice import Notice, Text

# The lists a text is searched with. English words stand in texts of every language; Finnish "pilotti" and the Nordic
# "pilot" (who flies) look alike, so no list is used on a neighbour's text. "no": Norwegian, not said which.
LISTS = {
    "sv": ("sv", "en"),
    "nb": ("nb", "nn", "en"),
    "nn": ("nb", "nn", "en"),
    "no": ("nb", "nn", "en"),
    "da": ("da", "en"),
    "fi": ("fi", "en"),
    "en": ("en",),
}


class Phrase(NamedTuple):
    """A line of the list."""

    kind: str  # word, trap
    language: str  # ISO 639-1
    phrase: str


class Precision(NamedTuple):
    """How many of the notices found were about something new to the market or its development."""

    right: int
    read: int


def phrases() -> tuple[Phrase, ...]:
    """Return the list as it stands, for whoever shows it."""
    return tuple(Phrase(row["kind"], row["language"], row["phrase"]) for row in _rows("wording.csv"))


def review() -> list[dict[str, str]]:
    """Return the notices that were read: source, publication_number, language, word, verdict (right, wrong)."""
    return _rows("wording_review.csv")


def precision() -> Precision:
    """Return how many of the hits that were read were right."""
    verdicts = [row["verdict"] for row in review()]
    return Precision(right=verdicts.count("right"), read=len(verdicts))


def hits(notice: Notice) -> tuple[str, ...] | None:
    """Return the listed words of title and description as they stand there, lower case, sorted, each once.

    None where no title or description is in a language of the list: then the words cannot be looked for.
    """
    texts = [text for text in _texts(notice) if text.language in LISTS]
    if not texts:
        return None
    names = [_plain(buyer.name) for buyer in notice.buyers]
    return tuple(sorted({word for text in texts for word in _found(text, names)}))


def _texts(notice: Notice) -> Iterator[Text]:
    yield from notice.title
    yield from notice.description
    for lot in notice.lots:
        yield from lot.title
        yield from lot.description


def _plain(text: str) -> str:
    # å as one character, whatever the file has: a letter and a combining ring would not match
    return unicodedata.normalize("NFC", text).casefold()


def _found(text: Text, names: Iterable[str]) -> Iterator[str]:
    listed = _LISTED[text.language]
    plain = _plain(text.text)
    for name in names:
        if listed.search(name):
            plain = plain.replace(name, " ")
    for match in listed.finditer(plain):
        if match.lastgroup != "trap":
            yield " ".join(match.group().split())


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("samspel.lake").joinpath("data", name)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _listed(languages: tuple[str, ...]) -> re.Pattern[str]:
    traps = {phrase.phrase for phrase in phrases() if phrase.kind == "trap"}
    words = {phrase.phrase for phrase in phrases() if phrase.kind == "word" and phrase.language in languages}
    return re.compile(rf"\b(?:(?P<trap>{_any_of(traps)})|{_any_of(words)})\b")


def _any_of(listed: Iterable[str]) -> str:
    # A hundred alternatives tried at every word take many times as long as one look at how the word begins.
    groups = groupby(sorted(_plain(phrase) for phrase in listed), key=lambda phrase: phrase[:2])
    return "|".join(f"(?={re.escape(start)})(?:{'|'.join(map(_pattern, group))})" for start, group in groups)


def _pattern(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return _GAP.join(words).replace(rf"{_GAP}\~{_GAP}", rf"{_GAP}(?:[^\s.;:!?]+\s+){{0,3}}?")


_GAP = r"[\s\-–]+"
_LISTED = {language: _listed(languages) for language, languages in LISTS.items()}
