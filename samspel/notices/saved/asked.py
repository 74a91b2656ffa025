"""The search behind a saved one: read from the end of an address, written back in one way, and named in words."""

import re
from dataclasses import replace
from html import unescape

from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.notices.search import filters
from samspel.notices.search.facet_labels import Names
from samspel.notices.search.form import SearchForm

# What a name is made of: more of it stands in the search itself.
_NAMED = 4
_LONGEST = 120


def asked_of(query):
    """Return the search of a query, "q=sjukhus&country=SE"; what cannot be read is left out."""
    return SearchForm(QueryDict(query)).asked


def query_of(asked):
    """Return a search as it is kept: what it asks for, not its order and its page."""
    return replace(asked, sort="", page="").query().removeprefix("?")


def name_of(asked, index):
    """Name a search in words, from what is typed and what is chosen."""
    words = [formats.quoted(asked.text)] if asked.text else []
    words += [_chosen(chip.words) for chip in filters.chips(replace(asked, sort=""), Names(index))]
    if not words:
        return _("All notices")
    shown = ", ".join(words[:_NAMED]) + (" …" if len(words) > _NAMED else "")
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1].rstrip()}…"


def _chosen(words):
    """Return a choice as text; of a CPV code its name."""
    text = unescape(strip_tags(words)) if hasattr(words, "__html__") else str(words)
    return re.sub(r"^[0-9]{2,8} (?=\D)", "", text)
