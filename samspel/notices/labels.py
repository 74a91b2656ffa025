"""The official names of CPV codes, regions and countries, in the language of the page or visibly in another."""

from dataclasses import dataclass

from babel import Locale
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake import nuts
from samspel.lake.codelists import CodeLists

# Codes that the names of countries have for their own use.
_NO_COUNTRY = frozenset({"ZZ", "XA", "XB"})


@dataclass(frozen=True)
class Label:
    """A code with its name. ``language`` is empty where the name is in the language of the page."""

    code: str
    text: str = ""
    language: str = ""

    @property
    def html(self):
        """The code, its name, and in words which language the name is in where it is another than the page's."""
        if not self.text:
            return format_html('{} <span class="quiet">({})</span>', self.code, _("no name known"))
        if not self.language:
            return format_html("{} {}", self.code, self.text)
        return format_html(
            '{} <span lang="{}">{}</span> <span class="quiet">({})</span>',
            self.code,
            self.language,
            self.text,
            formats.language_name(self.language),
        )


def cpv(code):
    """Return a CPV code with its name; of a division's two digits, the division's."""
    page = _page_language()
    found = CodeLists(settings.HOME.codes).label("cpv", code.ljust(8, "0"), page)
    if found is None:
        return Label(code)
    return Label(code, found.text, "" if found.language == page else found.language)


def place(code):
    """Return the name of a NUTS region, with its country where the region itself has no name; else the code."""
    # A country without regions is one by itself, LU000, and has a name in every language.
    name = nuts.name(code) if code[2:].strip("0") else None
    if name:
        return name
    return country(nuts.country(code)) or nuts.name(code) or code


def cpv_name(code):
    """Return a CPV code with its name as HTML, None where it has none: what samspel.organisations asks for."""
    label = cpv(code)
    return label.html if label.text else None


def region_name(code):
    """Return the name of a NUTS region or a country's part of the list, None where the code is not known."""
    return nuts.name(code) or (country(nuts.country(code)) if len(code) == 2 else None)


def regions(code):
    """Return today's NUTS 3 regions of a Nordic country; none of another, whose lists are too long to choose from."""
    if code not in nuts.NORDIC:
        return []
    return [region for digit in "0123456789" for region in nuts.current(f"{code}{digit}")]


def country(code):
    """Return the name of a country by its ISO 3166 code, or None."""
    if code in _NO_COUNTRY:
        return None
    return Locale.parse(formats.LOCALES.get(_page_language(), "en_GB")).territories.get(code or "")


def _page_language():
    return (get_language() or "en").split("-")[0]
