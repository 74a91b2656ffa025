"""The filters of the indicator pages in words: those in force, and what can be chosen."""

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from samspel.notices import labels
from samspel.notices.indicators import counting
from samspel.notices.indicators.form import EVERYWHERE, Asked
from samspel.notices.notice.sentences import listed
from samspel.notices.words import BUYER_KINDS, SOURCE_NAMES


@dataclass(frozen=True)
class Chip:
    """A filter in force, in words, with the address without it."""

    words: Any
    url: str


@dataclass(frozen=True)
class Field:
    """A choice among values: name in the address, label, options (value, words, is chosen)."""

    name: str
    label: Any
    options: list
    any: Any


def chips(asked, url, *, year=False):
    """Return the filters in force; ``url`` makes an address of a changed question. ``year``: the year too."""
    given = {
        "countries": countries(asked.countries),
        "everywhere": _("All countries") if asked.everywhere else "",
        "region": labels.place(asked.region) if asked.region else "",
        "buyer_kind": BUYER_KINDS.get(asked.buyer_kind, ""),
        "cpv": labels.cpv(asked.cpv).html if asked.cpv else "",
        "source": SOURCE_NAMES.get(asked.source, ""),
        "first": _("from %(year)s") % {"year": asked.first} if asked.first else "",
        "last": _("to %(year)s") % {"year": asked.last} if asked.last else "",
        "year": str(asked.year) if year and asked.year else "",
    }
    empty = Asked()
    return [Chip(words, url(asked.changed(**{name: getattr(empty, name)}))) for name, words in given.items() if words]


def countries(codes):
    """Name countries in the language of the page: Norway and Sweden."""
    return listed([labels.country(code) or code for code in codes]) if codes else ""


def source_names(joined):
    """Name the sources that the lake joins by a plus: TED + Doffin."""
    return " + ".join(str(SOURCE_NAMES.get(one, one)) for one in joined.split("+"))


def fields(form, held, shown):
    """Return what can be chosen, with what is; a value in force stands in its list also where the lake has it not.

    The year that is ``shown`` is chosen, whoever chose it: another filter leaves it as it is.
    """
    asked = form.asked
    home = counting.home(held)
    country = EVERYWHERE if asked.everywhere else ",".join(asked.countries)
    years = sorted({*held.years, *(one for one in (asked.first, asked.last, asked.year, shown) if one)}, reverse=True)
    span = [(str(one), str(one)) for one in years]
    return [
        _field(form, "country", _countries(held, asked, home), country, countries(home) or _("All countries")),
        _field(form, "region", _counties(held, asked), asked.region, _("All counties")),
        _field(form, "buyer_kind", _kinds(held, asked), asked.buyer_kind, _("All kinds")),
        _field(form, "cpv", _divisions(held, asked), asked.cpv, _("Everything")),
        _field(form, "source", _sources(held, asked), asked.source, _("All sources")),
        _field(form, "from", span, str(asked.first or ""), _("First")),
        _field(form, "to", span, str(asked.last or ""), _("Last")),
        _field(form, "year", span, str(asked.year or shown or ""), _("Latest with enough to judge")),
    ]


def _field(form, name, options, chosen, every):
    listed = [(value, words, value == chosen) for value, words in options]
    return Field(name, form.fields[name].label, listed, every)


def _countries(held, asked, home):
    codes = {*held.countries, *(asked.countries if len(asked.countries) == 1 else ())}
    ours = [code for code in home if code in codes]
    others = sorted(((labels.country(code) or code, code) for code in codes - {*ours}), key=lambda pair: pair[0])
    chosen = [",".join(asked.countries)] if len(asked.countries) > 1 else []
    return [
        *((pair, countries(pair.split(","))) for pair in chosen),
        *([(EVERYWHERE, _("All countries"))] if home else []),
        *((code, labels.country(code) or code) for code in ours),
        *((code, name) for name, code in others),
    ]


def _counties(held, asked):
    wanted = asked.countries or settings.HOME_COUNTRIES
    codes = {code for country, code in held.regions if country in wanted}
    codes |= {asked.region} if asked.region else set()
    return sorted(((code, labels.place(code)) for code in codes), key=lambda pair: pair[1])


def _kinds(held, asked):
    found = {*held.buyer_kinds, asked.buyer_kind}
    return [(kind, words) for kind, words in BUYER_KINDS.items() if kind in found]


def _divisions(held, asked):
    codes = sorted({*held.divisions, *([asked.cpv] if asked.cpv else [])})
    # The official names are sentences; the first words tell divisions apart.
    return [(code, shorten(f"{code} {labels.cpv(code).text}", 40, placeholder="…")) for code in codes]


def _sources(held, asked):
    found = {*held.sources, asked.source}
    return [(source, words) for source, words in SOURCE_NAMES.items() if source in found]
