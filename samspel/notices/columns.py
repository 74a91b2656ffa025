"""The columns of the files people open in a spreadsheet: their headings, what they hold, and the words for their codes.

CSV and JSON name columns and values alike in every language, for programs. Excel says both in the reader's, with the
codes in columns of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import formats
from samspel.notices import labels
from samspel.notices.search.facet_labels import MARKS, country, kind, procedure
from samspel.notices.words import BUYER_KINDS, SOURCE_NAMES


@dataclass(frozen=True)
class Column:
    """A column for people. ``words`` says a code in words, where the column holds codes."""

    heading: Any
    what: Any = ""
    words: Callable | None = None


def column(name):
    """Return the column of a name; one that nobody has described is headed by its name."""
    return COLUMNS.get(name) or Column(name)


def headings(names):
    """Return the headings of columns, each with codes followed by that of its codes."""
    found = []
    for one in map(column, names):
        found += [str(one.heading), _("%(heading)s (code)") % {"heading": one.heading}] if one.words else [one.heading]
    return [str(heading) for heading in found]


class InWords:
    """Says the values of columns in the language of the page; what was said once is remembered, for one file."""

    def __init__(self, names):
        self._columns = [column(name) for name in names]
        self._said = {}

    def values(self, row):
        """Yield the values of a row in the order of ``headings``: codes in words, then as they are."""
        for place, (one, value) in enumerate(zip(self._columns, row, strict=True)):
            if one.words:
                yield self._words(place, value)
            yield value

    def _words(self, place, value):
        if isinstance(value, list | tuple):
            return [self._words(place, code) for code in value]
        if value in (None, ""):
            return None
        if (place, value) not in self._said:
            self._said[place, value] = str(self._columns[place].words(value))
        return self._said[place, value]


def _named(names, code):
    return names.get(code, code)


def _cpv(code):
    return labels.cpv(code).text or code


_AS_STATED = gettext_lazy("As the notice states it. Without VAT where the source says so.")

COLUMNS = {
    "notice": Column(gettext_lazy("The notice in this hub"), gettext_lazy("Its address.")),
    "title": Column(gettext_lazy("Title"), gettext_lazy("In the language the notice was written in.")),
    "language": Column(gettext_lazy("Language"), gettext_lazy("Of the title."), formats.language_name),
    "kind": Column(gettext_lazy("Kind of notice"), gettext_lazy("The stage the notice tells of."), kind),
    "published_on": Column(gettext_lazy("Published on"), gettext_lazy("Where that is not stated: sent on.")),
    "advertised_on": Column(
        gettext_lazy("Advertised on"),
        gettext_lazy("Instead, where the source dates what came of it by the advertisement."),
    ),
    "deadline": Column(
        gettext_lazy("Deadline"), gettext_lazy("The last day by which somebody can answer, as the notice states it.")
    ),
    "buyers": Column(gettext_lazy("Buyers"), gettext_lazy("All who buy, with semicolons between.")),
    "buyer_numbers": Column(gettext_lazy("Buyers’ numbers"), gettext_lazy("Registration numbers, in the same order.")),
    "buyer_countries": Column(gettext_lazy("Buyers’ countries"), gettext_lazy("Each country once."), country),
    "suppliers": Column(gettext_lazy("Suppliers"), gettext_lazy("Those who won.")),
    "supplier_numbers": Column(
        gettext_lazy("Suppliers’ numbers"),
        gettext_lazy("Registration numbers, in the same order; those of sole traders are masked."),
    ),
    "supplier_countries": Column(gettext_lazy("Suppliers’ countries"), gettext_lazy("Each country once."), country),
    "estimated_value": Column(gettext_lazy("Estimated value"), _AS_STATED),
    "estimated_currency": Column(gettext_lazy("Currency of the estimate"), gettext_lazy("Three letters, ISO 4217.")),
    "awarded_value": Column(gettext_lazy("Awarded value"), _AS_STATED),
    "awarded_currency": Column(gettext_lazy("Currency of the award"), gettext_lazy("Three letters, ISO 4217.")),
    "tenders": Column(gettext_lazy("Tenders"), gettext_lazy("How many came, over all lots.")),
    "tenders_from_sme": Column(
        gettext_lazy("Tenders from SMEs"), gettext_lazy("How many of them came from small and medium-sized firms.")
    ),
    "procedure": Column(
        gettext_lazy("Procedure"),
        gettext_lazy("How the buyer chooses; the codes are those of eForms."),
        procedure,
    ),
    "cpv": Column(gettext_lazy("CPV"), gettext_lazy("What is bought, the main code."), _cpv),
    "more_cpv": Column(gettext_lazy("More CPV"), gettext_lazy("Further codes, those of the lots among them."), _cpv),
    "places": Column(
        gettext_lazy("Places"), gettext_lazy("Where it is done or delivered; the codes are NUTS."), labels.place
    ),
    "marks": Column(
        gettext_lazy("Marked by the buyer"), gettext_lazy("What the buyer says it promotes."), partial(_named, MARKS)
    ),
    "procurement": Column(
        gettext_lazy("Procurement"), gettext_lazy("The same for all notices of one procurement: count these.")
    ),
    "source": Column(gettext_lazy("Source"), gettext_lazy("Where it was published."), partial(_named, SOURCE_NAMES)),
    "publication_number": Column(gettext_lazy("Publication number"), gettext_lazy("The number the source gave it.")),
    "original": Column(gettext_lazy("The original"), gettext_lazy("Its address at the source.")),
    # Of the files of buyers, suppliers and indicators.
    "first_on": Column(gettext_lazy("First notice on")),
    "year": Column(gettext_lazy("Year")),
    "buyer_name": Column(gettext_lazy("Buyer’s name")),
    "buyer_kind": Column(gettext_lazy("Kind of buyer"), words=partial(_named, BUYER_KINDS)),
    "country": Column(gettext_lazy("Country"), words=country),
    "region": Column(gettext_lazy("Region"), words=labels.place),
    "amount": Column(gettext_lazy("Value"), _AS_STATED),
    "currency": Column(gettext_lazy("Currency")),
    "amount_is": Column(gettext_lazy("What the value is")),
    "number_of_suppliers": Column(gettext_lazy("Number of suppliers")),
    "own_amount": Column(gettext_lazy("Value of what it alone won"), _AS_STATED),
    "own_currency": Column(gettext_lazy("Currency of what it alone won")),
}
