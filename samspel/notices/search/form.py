"""What can be asked of the notices: read from an address, and written back as one."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake import cpv, nuts
from samspel.lake.search import Search
from samspel.lake.search.document import CPV_LEVELS

# What stands in the address again and again, once for each value: any of the values, all of the groups.
GROUPS = (
    "kind",
    "country",
    "region",
    "cpv",
    "mark",
    "rule",
    "procedure",
    "year",
    "buyer",
    "supplier",
    "source",
    "procurement",
)
SORTS = ("relevance", "date", "deadline", "value")
# The index reads no more; see samspel.lake.search.query.
MOST_LETTERS = 2_000
MOST_VALUES = 50
LONGEST_VALUE = 200
LARGEST_AMOUNT_DIGITS = 15


@dataclass(frozen=True)
class Asked:
    """A search that can be made: what its address says, once what cannot be read is left out."""

    text: str = ""
    groups: dict = field(default_factory=dict)  # group → values, never empty
    currency: str = ""
    low: float | None = None
    high: float | None = None
    open: bool = False
    sort: str = ""  # empty: relevance where there are words, else date
    page: str = ""

    @property
    def order(self):
        """The order in force."""
        return self.sort or ("relevance" if self.text else "date")

    def search(self, at: datetime, **more):
        """Return this as the index takes it; ``more`` are its offset, limit and what it counts."""
        return Search(
            text=self.text,
            filters={**self.groups, **({"currency": (self.currency,)} if self.currency else {})},
            value_from=self.low,
            value_to=self.high,
            open_at=at if self.open else None,
            sort=self.order,
            **more,
        )

    def values(self, group):
        """Return the values that are chosen in a group."""
        return self.groups.get(group, ())

    def choosing(self, group, *values):
        """Return this search with these values of a group instead of those it has."""
        groups = {name: found for name, found in self.groups.items() if name != group}
        return replace(self, groups={**groups, group: values} if values else groups, page="")

    def without(self, group, value):
        """Return this search without a value of a group."""
        return self.choosing(group, *(one for one in self.values(group) if one != value))

    def changed(self, **facts):
        """Return this search with other facts, on its first page."""
        return replace(self, **{"page": "", **facts})

    def query(self):
        """Return this as the end of an address, "?q=…", or nothing where everything is asked for."""
        # In one order, so that one search has one address.
        pairs = [("q", self.text)]
        pairs += [(group, value) for group in GROUPS for value in self.values(group)]
        pairs += [("currency", self.currency), ("min", amount(self.low)), ("max", amount(self.high))]
        pairs += [("open", "1" if self.open else ""), ("sort", self.sort), ("page", self.page)]
        said = urlencode([(name, value) for name, value in pairs if value])
        return f"?{said}" if said else ""

    def url(self):
        """Return the address of this search."""
        return _page_address() + self.query()


@cache
def _page_address():
    return reverse("notice-list")


def amount(number):
    """Write an amount as an address and a field have it: digits, with a point where there are decimals."""
    return "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")


def _as_it_is(value):
    return (value,)


def _year(value):
    return (value,) if re.fullmatch(r"[0-9]{4}", value) else ()


def _country(value):
    return (value.upper(),) if re.fullmatch(r"[A-Za-z]{2}", value) else ()


def _region(value):
    """Fold a code into today's: Viken is three fylker, a landsdel all of its own."""
    if not re.fullmatch(r"[A-Za-z]{2}[0-9A-Za-z]{0,3}", value):
        return ()
    return nuts.current(value.upper()) or (value.upper(),)


def cpv_values(value):
    """Cut a code to the level that the index has: 45000000-7 is 45, 45233140 is itself."""
    if not re.fullmatch(r"[0-9]{2,8}(-[0-9])?", value):
        return ()
    digits = cpv.prefix(value)
    return (digits if len(digits) in CPV_LEVELS else digits.ljust(8, "0"),)


class Values(forms.Field):
    """The values of a group. What cannot be one is left out and listed in ``SearchForm.left_out``."""

    widget = forms.MultipleHiddenInput

    def __init__(self, read=_as_it_is):
        super().__init__(required=False)
        self._read = read

    def read(self, value):
        """Return the values that one stated value means, none where it cannot be read."""
        stated = value.strip()
        return self._read(stated) if stated.isprintable() and len(stated) <= LONGEST_VALUE else ()

    def clean(self, value):
        """Return the values, each once."""
        stated = [one for one in value or () if one.strip()][:MOST_VALUES]
        return tuple(dict.fromkeys(code for one in stated for code in self.read(one)))


class AmountField(forms.CharField):
    """An amount as people write it in any of the languages, since an address is opened in all: 2 500 000, 8,4, 8.4."""

    def clean(self, value):
        typed = re.sub(r"[\s'’]", "", super().clean(value))
        if not typed:
            return None
        # Three digits after every comma or point are thousands: nobody states thousandths of a crown.
        if grouped := re.fullmatch(r"([0-9]{1,3}([.,])[0-9]{3}(?:\2[0-9]{3})*)([.,][0-9]{1,2})?", typed):
            typed = re.sub(r"[.,]", "", grouped[1]) + (grouped[3] or "")
        if not re.fullmatch(rf"[0-9]{{1,{LARGEST_AMOUNT_DIGITS}}}([.,][0-9]{{1,2}})?", typed):
            raise forms.ValidationError(_("Write an amount in digits, such as 500000."))
        return float(typed.replace(",", "."))


class SearchForm(forms.Form):
    """The search page's fields, always bound. What has an error is left out of the search, and stays as typed."""

    q = forms.CharField(required=False)
    kind = procedure = mark = rule = buyer = supplier = source = procurement = Values()
    country = Values(_country)
    region = Values(_region)
    cpv = Values(cpv_values)
    year = Values(_year)
    currency = forms.CharField(required=False)
    min = AmountField(required=False)
    max = AmountField(required=False)
    open = forms.BooleanField(required=False)
    sort = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def __init__(self, query):
        # No word holds a NUL; a page that repeats one is broken.
        data = query.copy()
        for name in query:
            data.setlist(name, [value.replace("\0", "") for value in query.getlist(name)])
        super().__init__(data)

    def clean_q(self):
        typed = self.cleaned_data["q"]
        if len(typed) > MOST_LETTERS:
            self.add_error("q", _most_letters(len(typed)))
        return typed[:MOST_LETTERS]

    def clean_currency(self):
        code = self.cleaned_data["currency"].upper()
        if code and not re.fullmatch(r"[A-Z]{3}", code):
            raise forms.ValidationError(_("Choose a currency by its three letters, such as SEK."))
        return code

    def clean_sort(self):
        sort = self.cleaned_data["sort"]
        if sort and sort not in SORTS:
            raise forms.ValidationError(_("The hits cannot be sorted so. Choose one of these:"))
        return sort

    def clean(self):
        said = super().clean()
        if said.get("currency") == "" and (said.get("min") is not None or said.get("max") is not None):
            self.add_error("currency", _("Choose a currency: amounts are compared within one."))
        if said.get("currency") == "" and said.get("sort") == "value":
            self.add_error("sort", _("Choose a currency first: amounts are compared within one."))
        low, high = said.get("min"), said.get("max")
        if low is not None and high is not None and low > high:
            self.add_error("max", _("The highest amount is lower than the lowest."))
        return said

    @cached_property
    def asked(self):
        """The search that can be made."""
        self.is_valid()
        said = self.cleaned_data
        order = said.get("sort", "")
        has_range = not {"currency", "min", "max"} & self.errors.keys()
        asked = Asked(
            text=said["q"],
            groups={name: values for name in GROUPS if (values := _narrowest(name, said[name]))},
            currency=said.get("currency", ""),
            low=said.get("min") if has_range else None,
            high=said.get("max") if has_range else None,
            open=said["open"],
            sort=order,
            page=said["page"],
        )
        # The usual order needs no mention.
        return replace(asked, sort="" if order == replace(asked, sort="").order else order)

    @cached_property
    def left_out(self):
        """What the address asks for in a group and cannot be read."""
        return [
            value[:40]
            for name in GROUPS
            for value in self.data.getlist(name)
            if value.strip() and not self.fields[name].read(value)
        ]

    @property
    def is_understood(self):
        """Whether the search that can be made is all that was asked for."""
        return not self.errors and not self.left_out

    def sentences(self):
        """Return what cannot be read, in words."""
        found = [str(error) for errors in self.errors.values() for error in errors]
        return found + ([_left_out(self.left_out)] if self.left_out else [])

    def said(self):
        """Return everything that was typed and chosen as the end of an address, also what cannot be read."""
        pairs = [(name, value) for name in self.fields for value in self.data.getlist(name) if value]
        return f"?{urlencode(pairs)}" if pairs else ""


def _most_letters(number):
    words = _("Only the first %(most)s letters are searched for; these are %(number)s.")
    return words % {"most": formats.count(MOST_LETTERS), "number": formats.count(number)}


def _left_out(values):
    words = ", ".join(map(formats.quoted, values[:3]))
    return _("The address asks for %(values)s, which the hub does not understand; it is left out.") % {"values": words}


def _narrowest(group, values):
    """Leave out a CPV code where one below it is chosen too: who goes down the tree wants less, not both."""
    if group != "cpv":
        return values
    return tuple(code for code in values if not any(other != code and other.startswith(code) for other in values))
