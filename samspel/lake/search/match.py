"""What a search matches, in the index's own terms: the typed words and each filter as queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import tantivy
from tantivy import FieldType, Occur, Query

from samspel.lake.notice import Kind
from samspel.lake.search.document import CPV_LEVELS, GROUPS, SINGLE
from samspel.lake.search.language import fold, phrases_asked, terms_asked
from samspel.lake.search.openness import covered_since, endless_from
from samspel.lake.search.query import Clause

_JOINED = 5  # words at most that may have been written as one


_Part = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Match:
    """The parts a search is made of; filters are kept apart, because counts leave out their own."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    text: tuple[_Part, ...]  # what is asked for, and what is left out, anywhere in a notice
    title: tuple[_Part, ...]  # what is asked for in a title; empty where nothing is, and there is nothing to rank
    filters: Mapping[str, _Part]

    def query(self, without: str | None = None) -> Query:
        """Return text and filters as one query, leaving out the filter of one group."""
        return _all_of([*self.text, *(part for name, part in self.filters.items() if name != without)])

    def titled(self) -> Query:
        """Return what `query` does, of it the notices that have all that is asked for in their title."""
        left_out = (part for part in self.text if part[0] == Occur.MustNot)
        return _all_of([*self.title, *left_out, *self.filters.values()])

    def untitled(self) -> Query:
        """Return what `query` does, of it the notices that `titled` leaves."""
        return _all_of([*self.text, (Occur.MustNot, _all_of(list(self.title))), *self.filters.values()])

    def only(self, name: str, value: str) -> Query:
        """Return text and filters as one query, with this one value in place of the filter of its group."""
        part = _filter(self.index.schema, self.searcher, name, (value,))
        return replace(self, filters={**self.filters, name: part}).query()


def match(
    index: tantivy.Index,
    searcher: tantivy.Searcher,
    clauses: tuple[Clause, ...],
    *,
    filters: Mapping[str, tuple[str, ...]],
    value: tuple[float | None, float | None],
    open_at: datetime | None,
) -> Match:
    """Return what clauses, filters, a range of amounts and "still open at" ask for. A filter without values is none."""
    text, title = (_Words(index.schema, searcher, name) for name in ("text", "title"))
    found = {name: _filter(index.schema, searcher, name, values) for name, values in filters.items() if values}
    if value != (None, None):
        found["value"] = _within(index.schema, "value", FieldType.Float, *value)
    if open_at:
        found["open"] = _open(index.schema, open_at)
    anywhere = tuple((Occur.MustNot if clause.excluded else Occur.Must, text.query(clause)) for clause in clauses)
    in_title = tuple((Occur.Must, title.query(clause)) for clause in clauses if not clause.excluded)
    return Match(index, searcher, anywhere, in_title, found)


class _Words:
    """Turns clauses into queries over the terms that a field holds at all."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, field: str):
        self._schema = schema
        self._searcher = searcher
        self._field = field

    def query(self, clause: Clause) -> Query:
        if clause.prefix:
            return self._beginning(clause.words[0])
        if len(clause.words) == 1:
            return _any_of(self._terms(terms_asked(clause.words[0])))
        phrases = [
            Query.phrase_query(self._schema, self._field, list(phrase))
            for phrase in phrases_asked(clause.words)
            if all(map(self._frequency, phrase))
        ]
        # "e-post" and "epost", "202100-2932" and "2021002932".
        joined = terms_asked("".join(clause.words)) if len(clause.words) <= _JOINED else ()
        return _any_of([*phrases, *self._terms(joined)])

    def _beginning(self, word: str) -> Query:
        """Ask for words that begin so; those that are the word itself come first."""
        beginning = fold(word)
        exact = terms_asked(word)
        shorter = [term for term in exact if not term.startswith(beginning)]
        # A prefix by way of the fuzzy query, with no letter wrong: made in a hundredth of the time of a pattern.
        longer = Query.fuzzy_term_query(self._schema, self._field, beginning, distance=0, prefix=True)
        found = _any_of([longer, *self._terms(shorter)])
        first = [(Occur.Should, query) for query in self._terms(exact)]
        return Query.boolean_query([(Occur.Must, found), *first]) if first else found

    def _terms(self, terms: Iterable[str]) -> list[Query]:
        return [Query.term_query(self._schema, self._field, term, "freq") for term in terms if self._frequency(term)]

    def _frequency(self, term: str) -> int:
        return self._searcher.doc_freq(self._field, term)


def _filter(schema: tantivy.Schema, searcher: tantivy.Searcher, name: str, values: tuple[str, ...]) -> _Part:
    """Any of the values, which says nothing about relevance; a CPV code of no possible length finds nothing."""
    if name not in (*GROUPS, "procurement"):
        raise KeyError(f"there is no filter named {name}")
    if name in SINGLE and len(values) > 1 and (others := _fewer_others(searcher, name, values)) is not None:
        return Occur.MustNot, _any_of([Query.term_query(schema, name, value, "basic") for value in others])
    fields = [(f"cpv{len(value)}" if name == "cpv" else name, value) for value in dict.fromkeys(values)]
    known = [
        Query.term_query(schema, field, value, "basic")
        for field, value in fields
        if name != "cpv" or len(value) in CPV_LEVELS
    ]
    return Occur.Must, Query.const_score_query(_any_of(known), 0.0)


def _fewer_others(searcher: tantivy.Searcher, name: str, values: tuple[str, ...]) -> list[str] | None:
    """Return the other values of a group where fewer notices have them: leaving those out takes half the time."""
    frequencies = dict(searcher.terms_with_prefix(name, ""))
    chosen = sum(frequencies.pop(value, 0) for value in set(values))
    return list(frequencies) if sum(frequencies.values()) < chosen else None


def _within(schema: tantivy.Schema, field: str, kind: FieldType, low: float | None, high: float | None) -> _Part:
    return Occur.Must, Query.const_score_query(Query.range_query(schema, field, kind, low, high), 0.0)


def _open(schema: tantivy.Schema, at: datetime) -> _Part:
    """The last deadline is not before; of plans without any, only those that still cover today."""
    plan = Query.term_query(schema, "kind", Kind.PLANNING.value, "basic")
    _, endless = _within(schema, "deadline", FieldType.Integer, int(endless_from(at).timestamp()), None)
    _, over = _within(schema, "published", FieldType.Integer, None, covered_since(at).toordinal() - 1)
    outdated = _all_of([(Occur.Must, plan), (Occur.Must, endless), (Occur.Must, over)])
    required, answered = _within(schema, "deadline", FieldType.Integer, int(at.timestamp()), None)
    return required, Query.const_score_query(_all_of([(required, answered), (Occur.MustNot, outdated)]), 0.0)


def _any_of(queries: list[Query]) -> Query:
    if len(queries) <= 1:
        return queries[0] if queries else Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(parts: list[_Part]) -> Query:
    if all(occur == Occur.MustNot for occur, _ in parts):
        parts = [(Occur.Must, Query.all_query()), *parts]
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)
