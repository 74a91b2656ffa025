"""What a person types in the search box, read so that nothing they can type is an error.

Words are all asked for; "quotes" make a phrase, a minus before a word or phrase leaves it out, a star after a word
finds whatever begins with it. Everything else (brackets, colons, AND, OR, a quote that nobody closed) is words or
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samspel.lake.search.language import STOP_WORDS, tokens

MAX_CLAUSES = 32
_MAX_LETTERS = 2_000
# Two letters and a star would mean thousands of words.
_MIN_PREFIX = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„‟″«»＂", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
# A CPV code is often typed with its check digit, which no notice carries.
_CPV_CHECKED = re.compile(r"(?<!\d)(\d{8})-\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for: a word, or several words in a row."""

    words: tuple[str, ...]  # tokens as language.tokens gives them, at least one
    excluded: bool = False  # asked not to be there
    prefix: bool = False  # a single word of which only the beginning was typed


def parse(typed: str) -> tuple[Clause, ...]:
    """Return what was asked for, each clause once; empty where there is no word in it, which asks for everything.

    Beyond 2,000 letters or 32 clauses the rest is not read. Words such as "och" and "the" count only in phrases, or
    where nothing else is asked.
    """
    text = _CPV_CHECKED.sub(r"\1", typed[:_MAX_LETTERS].translate(_QUOTES))
    clauses = tuple(dict.fromkeys(filter(None, map(_clause, _PIECE.finditer(text)))))[:MAX_CLAUSES]
    telling = tuple(clause for clause in clauses if clause.excluded or not _is_stop_word(clause))
    return telling if any(not clause.excluded for clause in telling) else clauses


def _clause(piece: re.Match[str]) -> Clause | None:
    typed = piece["word"] if piece["phrase"] is None else piece["phrase"]
    words = tuple(tokens(typed))
    if not words:
        return None
    begins = piece["phrase"] is None and typed.endswith("*") and len(words) == 1 and len(words[0]) >= _MIN_PREFIX
    return Clause(words, excluded=piece["minus"] is not None, prefix=begins)


def _is_stop_word(clause: Clause) -> bool:
    return len(clause.words) == 1 and clause.words[0] in STOP_WORDS and not clause.prefix
