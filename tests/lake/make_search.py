"""Builders for tests of the search: the smallest notice that can be indexed, an index of some, what is found in it."""

from datetime import date

from samspel.lake.notice import Buyer, Kind, Notice, Text
from samspel.lake.search import Entry, Index, Search, build
from samspel.lake.search.language import Words

WORDS = Words.learn([Text("sv", "sjukhus utrustning vinter väg hållning")] * 3)


def entry(identifier, words="Utrustning", language="sv", *, entry=(), **fields):
    """Make the smallest notice with this identifier and these words as its title ready for the index."""
    defaults = {
        "source": "ted",
        "version": "01",
        "format": "eforms-sdk-1.13",
        "kind": Kind.COMPETITION,
        "published_on": date(2025, 1, 1),
        "language": language,
        "title": (Text(language, words),),
        "buyers": (Buyer("Lillånäs kommun", "2120001234", "SE"),),
    }
    return Entry(Notice(identifier=identifier, **defaults | fields), **dict(entry))


def index(folder, *entries):
    """Build an index of entries and open it."""
    build(folder, entries, words=WORDS)
    return Index(folder)


def found(index, text="", **asked):
    """Return the identifiers of what is found, in order, and check that the total agrees."""
    answer = index.search(Search(text, **asked))
    identifiers = [hit.key.split("/")[1] for hit in answer.hits]
    assert answer.total == len(identifiers)
    return identifiers
