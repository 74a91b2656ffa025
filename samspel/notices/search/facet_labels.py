"""What the values of the search's filters are called, in the language of the page.

A search page writes hundreds of them, so what is the same on every page is remembered.
"""

import unicodedata
from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake import cpv, nuts
from samspel.lake.search import Search
from samspel.notices import labels
from samspel.notices.lake import current_lake
from samspel.notices.notice.marks import RULE_NAMES
from samspel.notices.words import SOURCE_NAMES, word

LEGENDS = {
    "kind": gettext_lazy("Kind of notice"),
    "country": gettext_lazy("The buyer’s country"),
    "region": gettext_lazy("The buyer’s region"),
    "mark": gettext_lazy("Marked by the buyer"),
    "rule": gettext_lazy("Counted by the hub"),
    "procedure": gettext_lazy("Procedure"),
    "year": gettext_lazy("Year"),
    "buyer": gettext_lazy("Buyer"),
    "supplier": gettext_lazy("Supplier"),
    "source": gettext_lazy("Source"),
    "cpv": gettext_lazy("What is bought (CPV)"),
    "procurement": gettext_lazy("Procurement"),
}
ORDERS = {
    "relevance": gettext_lazy("how well they fit"),
    "date": gettext_lazy("date"),
    "deadline": gettext_lazy("last day"),
    "value": gettext_lazy("amount"),
}
# The marks a list tells of, in the words of the index (samspel.lake.search.document.marked).
MARKS = {
    "innovation": gettext_lazy("Innovation"),
    "environment": gettext_lazy("Environment"),
    "social": gettext_lazy("Social aims"),
    "accessibility": gettext_lazy("Accessibility"),
    "transport": gettext_lazy("Clean vehicles"),
}
# A body is called what most of its newest notices say it is, without looking at all of them.
_LOOKED_AT = 5


class Names:
    """What values are called, for one page; bodies by the names that the notices of ``index`` give them."""

    def __init__(self, index):
        self._index = index
        self._generation = current_lake().manifest.generation

    def of(self, group, value):
        """Return the name of a value; safe HTML where it is in another language than the page."""
        if group in {"buyer", "supplier"}:
            return _party(self._index, self._generation, group, value) or value
        name = _NAMES.get(group, _itself)(value)
        # A lazy text would be translated again at every look.
        return name if isinstance(name, str) else str(name)


def counted(number):
    """Write a number as ``kit.formats.count`` does, quicker."""
    return f"{number:,}".replace(",", _thousands(get_language()))


@lru_cache(8)
def _thousands(language):
    return formats.count(1000)[1:-3]


def _itself(value):
    return value


def _procurement(value):
    return _("Procurement %(identifier)s") % {"identifier": value}


def kind(value):
    """Return the name of a kind of notice."""
    return word("kind", value).text


def procedure(value):
    """Return the name of a procedure."""
    # Doffin's eForms say so in words.
    return _("Not stated") if value == "unknown" else word("BT-105", value).text


def country(code):
    """Return the name of a country, its code where it has none."""
    return _country_name(code, get_language())


@lru_cache(1_000)
def _country_name(code, language):
    return labels.country(code) or code


def _region(value):
    return _region_name(value, get_language())


@lru_cache(5_000)
def _region_name(code, language):
    """Name a region; a country that is one region by its name here, one in other letters with its country."""
    name, of = labels.place(code), nuts.country(code)
    if code.endswith("000"):
        return country(of) if of else name
    return name if not of or all(map(_is_latin, name)) else f"{name}, {country(of)}"


def _is_latin(letter):
    return not letter.isalpha() or unicodedata.name(letter, "").startswith("LATIN")


def _cpv(value):
    folder = settings.HOME.codes
    # Lists that are loaded meanwhile are seen at once.
    return _cpv_name(value, get_language(), folder.stat().st_mtime_ns if folder.exists() else 0)


@lru_cache(20_000)
def _cpv_name(code, language, changed_at):
    label = labels.cpv(code)
    name = format_html('{} <span lang="{}">{}</span>', code, label.language, label.text)
    if not label.language:
        name = f"{code} {label.text}".strip()
    # 450 under 45: the notice says no more than 45.
    if len(cpv.prefix(code)) < len(code) < len("45000000"):
        return format_html(_("{}, not stated more closely"), name)
    return name


_NAMES = {
    "kind": kind,
    "country": country,
    "region": _region,
    "cpv": _cpv,
    "mark": lambda value: MARKS.get(value, value),
    "rule": lambda value: RULE_NAMES.get(value, value),
    "procedure": procedure,
    "procurement": _procurement,
    "source": lambda value: SOURCE_NAMES.get(value, value),
}


@lru_cache(20_000)
def _party(index, generation, role, key):
    """Return a body's name as its newest notices give it, rather not in capitals; None where none is found."""
    hits = index.search(Search(filters={role: (key,)}, sort="date", limit=_LOOKED_AT, counted=False)).hits
    names = [name for hit in hits for found, name in hit.card.get(f"{role}s", ()) if found == key]
    return next((name for name in names if not name.isupper()), names[0] if names else None)
