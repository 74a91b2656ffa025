"""What a search matches, in the index's own terms: the typed words and each filter as queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import tantivy
from tantivy import FieldType, Occur, Query

from samspel.lake.language import fold, phrases_asked, terms_asked
from samspel.lake.query import Clause
from samspel.lake.search_document import CPV_LEVELS, GROUPS

_JOINED = 5


@dataclass(frozen=True, slots=True)
class Match:
    """The parts a search is made of; filters are kept apart, because counts leave out their own."""

    schema: tantivy.Schema
    text: tuple[tuple[Occur, Query], ...]
    filters: Mapping[str, Query]
    is_ranked: bool  # something is asked for that notices can hold more or less of
    is_one_word: bool  # a single word, whose best hits are found without looking at them all

    def query(self, without: str | None = None) -> Query:
        """Return text and filters as one query, leaving out the filter of one group."""
        filters = [(Occur.Must, query) for name, query in self.filters.items() if name != without]
        return _all_of([*self.text, *filters])

    def only(self, name: str, value: str) -> Query:
        """Return text and filters as one query, with this one value in place of the filter of its group."""
        filters = {**self.filters, name: _filter(self.schema, name, (value,))}
        return replace(self, filters=filters).query()

    def text_query(self) -> Query:
        """Return the words alone."""
        return _all_of(list(self.text))


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
    words = _Words(index.schema, searcher)
    text = [(Occur.MustNot if clause.excluded else Occur.Must, words.query(clause)) for clause in clauses]
    is_ranked = any(not clause.excluded for clause in clauses)
    if text and not is_ranked:
        text.append((Occur.Must, Query.all_query()))
    found = {name: _filter(index.schema, name, values) for name, values in filters.items() if values}
    if value != (None, None):
        found["value"] = _within(index.schema, "value", FieldType.Float, *value)
    if open_at:
        found["open"] = _within(index.schema, "deadline", FieldType.Integer, int(open_at.timestamp()), None)
    is_one_word = is_ranked and len(clauses) == 1 and len(clauses[0].words) == 1 and not clauses[0].prefix
    return Match(index.schema, tuple(text), found, is_ranked, is_one_word)


class _Words:
    """Turns clauses into queries over the terms that are in the index at all."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher):
        self._schema = schema
        self._searcher = searcher

    def query(self, clause: Clause) -> Query:
        if clause.prefix:
            beginning = Query.regex_query(self._schema, "text", f"{fold(clause.words[0])}.*")
            return _any_of([beginning, *self._terms(terms_asked(clause.words[0]))])
        if len(clause.words) == 1:
            return _any_of(self._terms(terms_asked(clause.words[0])))
        phrases = [
            Query.phrase_query(self._schema, "text", list(phrase))
            for phrase in phrases_asked(clause.words)
            if all(map(self._is_known, phrase))
        ]
        # "e-post" and "epost", "202100-2932" and "2021002932".
        joined = terms_asked("".join(clause.words)) if len(clause.words) <= _JOINED else ()
        return _any_of([*phrases, *self._terms(joined)])

    def _terms(self, terms: Iterable[str]) -> list[Query]:
        return [Query.term_query(self._schema, "text", term, "freq") for term in terms if self._is_known(term)]

    def _is_known(self, term: str) -> bool:
        return bool(self._searcher.doc_freq("text", term))


def _filter(schema: tantivy.Schema, name: str, values: tuple[str, ...]) -> Query:
    """Any of the values, which says nothing about relevance; a CPV code of no possible length finds nothing."""
    if name not in (*GROUPS, "procurement"):
        raise KeyError(f"there is no filter named {name}")
    fields = [(f"cpv{len(value)}" if name == "cpv" else name, value) for value in dict.fromkeys(values)]
    known = [
        Query.term_query(schema, field, value, "basic")
        for field, value in fields
        if name != "cpv" or len(value) in CPV_LEVELS
    ]
    return Query.const_score_query(_any_of(known), 0.0)


def _within(schema: tantivy.Schema, field: str, kind: FieldType, low: float | None, high: float | None) -> Query:
    return Query.const_score_query(Query.range_query(schema, field, kind, low, high), 0.0)


def _any_of(queries: list[Query]) -> Query:
    if len(queries) <= 1:
        return queries[0] if queries else Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(queries: list[tuple[Occur, Query]]) -> Query:
    if not queries:
        return Query.all_query()
    return queries[0][1] if len(queries) == 1 else Query.boolean_query(queries)
