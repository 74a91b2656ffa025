"""What the index holds of a notice: the words it is found by, the values it is filtered by, the card a list shows.

The words stand in one field, `text`, as terms (see ``language``) in their order, so that one posting list answers for
one term: title, description, lots, names, numbers, and last the parts of compounds. Each is a value of its own; no
phrase runs from one into the next. The words of titles stand in the field `title` once more: what has all that was
asked for in its title comes first, and is found among a tenth of the words.

Counting costs 3 ns a notice over a field that has exactly one value in every notice, and 13–40 ns over any other
(measured, tantivy 0.27). So groups with few values are counted over a *bundle*, all their values in one string, which
the reader takes apart again; only buyers and suppliers, which are too many, are counted value by value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import blake2b
from typing import Any

import tantivy

from samspel.lake.notice import Deadline, Kind, Marks, Money, Notice, Text, in_language, known
from samspel.lake.search.language import Words, tokens
from samspel.registration_numbers import is_personal_number

SINGLE = ("year", "kind", "procedure", "source", "region", "currency")  # one value, or "" for none
BUNDLED = ("country", "mark", "rule")
MULTIPLE = ("buyer", "supplier")
CPV_LEVELS = (2, 3, 4, 5, 8)
GROUPS = (*SINGLE, *BUNDLED, *MULTIPLE, "cpv")  # what can be filtered and counted
JOINT = "|"
# Raised when the fields or what they hold change: an index of another make is made anew by the next load.
MAKE = 4

_LOT_LETTERS = 20_000
_CARD_LETTERS = 2_000
_CARD_SUPPLIERS = 10
# Deadlines that say until when somebody can still answer; questions and opening do not.
_ANSWERED = frozenset(("tenders", "requests", "interest", "answers"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice as it is indexed, with what only the whole lake knows of it."""

    notice: Notice
    procurement: str | None = None  # the identifier that joins a procurement's notices
    rules: tuple[str, ...] = ()  # names of the innovation rules that hold, "declared"
    buyer_keys: tuple[str, ...] = ()  # in the order of notice.buyers
    supplier_keys: tuple[str, ...] = ()  # in the order of notice.winners
    region: str | None = None  # NUTS level 3 of the buyer


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in ("text", "title"):
        builder.add_text_field(name, tokenizer_name="terms", index_option="position")
    for name in ("key", "procurement", *BUNDLED):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    bundles = (f"{name}_bundle" for name in (*BUNDLED, "cpv"))
    levels = (f"cpv{level}" for level in CPV_LEVELS)
    for name in (*SINGLE, *MULTIPLE, *bundles, "cpv_more_bundle", *levels):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("published", "deadline", "procurement_code"):
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("value", fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def analyzer() -> tantivy.TextAnalyzer:
    """Return how the field `text` is read: it is terms already, with a space between."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def document(entry: Entry, words: Words) -> dict[str, Any]:
    """Return the values of a notice, by field."""
    values = _filters(entry)
    fields: dict[str, Any] = {"key": entry.notice.key, **_words(entry.notice, words), **_moments(entry.notice)}
    if entry.procurement:
        fields["procurement"] = entry.procurement
    # A notice of no known procurement is one of its own. Seven bytes a notice.
    fields["procurement_code"] = _code(entry.procurement or entry.notice.key)
    for name in SINGLE:
        fields[name] = values[name][0] if values[name] else ""
    for name in BUNDLED:
        fields[name] = list(values[name])
        fields[f"{name}_bundle"] = JOINT.join(values[name])
    for name in MULTIPLE:
        fields[name] = list(values[name])
    fields |= _cpv(entry.notice)
    fields["card"] = json.dumps(_card(entry, values["mark"]), ensure_ascii=False, separators=(",", ":")).encode()
    return fields


def _code(value: str) -> int:
    """Return a number for a value, the same in every index; 56 bits, so that no two meet."""
    return int.from_bytes(blake2b(value.encode(), digest_size=7).digest())


def marked(marks: Marks) -> tuple[str, ...]:
    """Return what the buyer says the procurement promotes, in the words of the filter `mark`, sorted."""
    said = {
        "accessibility": "inc" in marks.accessibility,
        "environment": "env-imp" in marks.strategic
        or "environment" in marks.national
        or _says(marks.environmental)
        or _says(marks.green_criteria),
        "innovation": "inn-pur" in marks.strategic or "innovation" in marks.national or _says(marks.innovative),
        "social": "soc-obj" in marks.strategic or "social" in marks.national or _says(marks.social),
        "transport": _says(marks.quota_transport),
    }
    return tuple(name for name, holds in said.items() if holds)


def _says(codes: tuple[str, ...]) -> bool:
    return any(code != "none" for code in codes)


def value_of(notice: Notice) -> Money | None:
    """Return the amount a notice is filtered and sorted by: what is known to be awarded, else to be estimated."""
    return known(notice.awarded_value) or known(notice.estimated_value)


def _filters(entry: Entry) -> dict[str, tuple[str, ...]]:
    notice = entry.notice
    seen = notice.first_seen_on
    value = value_of(notice)
    found: dict[str, Iterable[str | None]] = {
        "year": (f"{seen.year}" if seen else None,),
        "kind": (notice.kind.value,),
        "procedure": (notice.procedure,),
        "source": (notice.source,),
        "region": (entry.region,),
        "currency": (value.currency if value else None,),
        "country": sorted({buyer.country for buyer in notice.buyers if buyer.country}),
        "mark": marked(notice.marks),
        "rule": sorted(set(entry.rules)),
        "buyer": dict.fromkeys(filter(None, entry.buyer_keys)),
        "supplier": dict.fromkeys(filter(None, entry.supplier_keys)),
    }
    return {name: tuple(filter(None, values)) for name, values in found.items()}


def _words(notice: Notice, words: Words) -> dict[str, list[str]]:
    """Give the terms of the fields `text` and `title`."""
    title, title_parts = _terms(notice.title, words)
    about, about_parts = _terms(_about(notice), words)
    names = (*(buyer.name for buyer in notice.buyers), *(winner.name for winner in notice.winners))
    called = (" ".join(words.terms(tokens(name), notice.language)) for name in names)
    numbers = (" ".join(tokens(number)) for number in _numbers(notice))
    text = (*title, *about, *called, *numbers, " ".join((*title_parts, *about_parts)))
    return {"text": list(filter(None, text)), "title": list(filter(None, (*title, " ".join(title_parts))))}


def _terms(texts: Iterable[Text], words: Words) -> tuple[list[str], list[str]]:
    """Return the terms of each text, and those of the parts of all compounds."""
    values: list[str] = []
    parts: list[str] = []
    for text in texts:
        found = tokens(text.text)
        values.append(" ".join(words.terms(found, text.language)))
        parts += words.parts(found, text.language)
    return values, parts


def _about(notice: Notice) -> Iterator[Text]:
    """Give what is said beside the title, each once; of lots no more than 20,000 letters."""
    yield from notice.description
    given = {text.text for text in (*notice.title, *notice.description)}
    left = _LOT_LETTERS
    for text in (text for lot in notice.lots for text in (*lot.title, *lot.description)):
        if text.text not in given and len(text.text) <= left:
            given.add(text.text)
            left -= len(text.text)
            yield text


def _numbers(notice: Notice) -> Iterator[str]:
    """Give the numbers by which somebody may look for a notice; never the number of a person."""
    yield from filter(None, (notice.publication_number, notice.identifier, notice.procedure_identifier))
    yield " ".join(filter(None, (notice.cpv, *notice.cpv_additional)))
    for buyer in notice.buyers:
        if buyer.identifier and not is_personal_number(buyer.identifier, buyer.country):
            yield buyer.identifier
    yield from (winner.identifier for winner in notice.winners if winner.identifier and not winner.is_person)


def _cpv(notice: Notice) -> dict[str, Any]:
    """Give the CPV codes at every level, and the divisions in two bundles: the first two, and the rest."""
    codes = [code for code in (notice.cpv, *notice.cpv_additional) if code]
    fields: dict[str, Any] = {f"cpv{level}": sorted({code[:level] for code in codes}) for level in CPV_LEVELS}
    divisions = fields["cpv2"]
    return fields | {"cpv_bundle": JOINT.join(divisions[:2]), "cpv_more_bundle": JOINT.join(divisions[2:])}


def _moments(notice: Notice) -> dict[str, Any]:
    """Give the day of publication as an ordinal, the last deadline in seconds since 1970, and the amount."""
    fields: dict[str, Any] = {}
    if seen := notice.first_seen_on:
        fields["published"] = seen.toordinal()
    if last := _last_deadline(notice):
        fields["deadline"] = _seconds(last)
    if value := value_of(notice):
        fields["value"] = value.amount
    return fields


def _last_deadline(notice: Notice) -> Deadline | None:
    """Return the last of the deadlines that say until when somebody can still answer."""
    # A plan that takes requests belongs to a qualification system (2014/25/EU art. 77): nobody is asked for an answer.
    kinds = _ANSWERED - {"requests"} if notice.kind is Kind.PLANNING else _ANSWERED
    answered = [deadline for deadline in notice.deadlines if deadline.kind in kinds and _seconds(deadline)]
    return max(answered, key=_seconds, default=None)


def _seconds(deadline: Deadline) -> int:
    """Return when a deadline has passed, 0 where it cannot be read; a day lasts to its end, no zone means UTC."""
    try:
        at = datetime.fromisoformat(deadline.at)
    except ValueError:
        return 0
    if len(deadline.at) == len("2026-11-20"):
        at = datetime.combine(at, time.max)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _card(entry: Entry, marks: tuple[str, ...]) -> dict[str, Any]:
    notice = entry.notice
    title = in_language(notice.title, *filter(None, (notice.language,)))
    about = in_language(notice.description, *filter(None, (notice.language,)))
    value = value_of(notice)
    seen = notice.first_seen_on
    card = {
        "title": title.text if title else "",
        "language": title.language if title else notice.language,
        "kind": notice.kind.value,
        "source": notice.source,
        "publication_number": notice.publication_number,
        "published_on": seen.isoformat() if seen else None,
        "buyers": _named(entry.buyer_keys, [buyer.name for buyer in notice.buyers]),
        "suppliers": _named(entry.supplier_keys, [winner.name for winner in notice.winners])[:_CARD_SUPPLIERS],
        "countries": sorted({buyer.country for buyer in notice.buyers if buyer.country}),
        "cpv": notice.cpv,
        "procedure": notice.procedure,
        "value": [value.amount, value.currency] if value else None,
        "tenders": notice.tenders,
        "marks": marks,
        "deadline": last.at if (last := _last_deadline(notice)) else None,
        "procurement": entry.procurement,
        "text": " ".join(about.text.split())[:_CARD_LETTERS] if about else "",
        "text_language": about.language if about else None,
    }
    return {"key": notice.key, **{name: value for name, value in card.items() if value not in (None, "", (), [])}}


def _named(keys: tuple[str, ...], names: list[str]) -> list[list[str | None]]:
    """Pair names with their keys, where each name has one."""
    known = keys if len(keys) == len(names) else [None] * len(names)
    return [[key, name] for key, name in zip(known, names, strict=True)]
