"""What can be asked of the indicators: read from an address, and written back as one."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.lake.indicators import TABLE, Where
from samspel.notices.words import BUYER_KINDS, SOURCE_NAMES

INNOVATION = ("declared", "procedure", "wording")
FIRST_YEAR, LAST_YEAR = 1990, 2200
# What can be counted by, and what a group of it is called in an address; "none" is the group that is not known.
KEYS = {
    "country": lambda rows: rows.country,
    # A region is a county (NUTS 3): what is only known to be in a country has none.
    "region": lambda rows: (rows.region.length() == 5).ifelse(rows.region, None),
    "buyer_kind": lambda rows: rows.buyer_kind,
    "cpv_division": lambda rows: rows.cpv.substr(0, 2),
    "source": lambda rows: rows.source,
    "channel": lambda rows: rows.channel,
    "buyer": lambda rows: rows.buyer,
    "uncounted": lambda rows: rows.uncounted,
    "declared": lambda rows: rows.declared_1.ifelse("yes", "no"),
}
UNKNOWN = "none"
EVERYWHERE = "all"
_GROUP = re.compile(r"[\w.,+:&/ -]{1,60}")


@dataclass(frozen=True)
class Asked:
    """A count that can be made: what its address says, once what cannot be read is left out."""

    countries: tuple[str, ...] = ()
    everywhere: bool = False  # said so; who says nothing gets the hub's own countries where a page has a default
    region: str = ""
    buyer_kind: str = ""
    cpv: str = ""
    source: str = ""
    first: int | None = None
    last: int | None = None
    year: int | None = None  # the year that is looked at; the years around it stay in the picture
    rule: str = ""  # whose map is shown; empty: declared

    @property
    def where(self):
        """Which procurements are asked about, over all years in question."""
        years = (self.first or FIRST_YEAR, self.last or LAST_YEAR) if self.first or self.last else None
        return self._where(years)

    @property
    def where_in_year(self):
        """Which procurements are asked about, in the year that is looked at, where one is."""
        return self._where((self.year, self.year)) if self.year else self.where

    @property
    def mapped(self):
        """The rule whose map is shown."""
        return self.rule or INNOVATION[0]

    @property
    def spelled(self):
        """This, for a page with a default: without a country it says that every country is meant."""
        return self if self.countries or self.region else self.changed(everywhere=True)

    def changed(self, **facts):
        """Return this with other facts."""
        return replace(self, **facts)

    def pairs(self):
        """Return this as names and values of an address, in one order."""
        stated = (
            ("country", EVERYWHERE if self.everywhere else ",".join(self.countries)),
            ("region", self.region),
            ("buyer_kind", self.buyer_kind),
            ("cpv", self.cpv),
            ("source", self.source),
            ("from", self.first),
            ("to", self.last),
            ("year", self.year),
            ("rule", self.rule),
        )
        return [(name, str(value)) for name, value in stated if value]

    def query(self, *more):
        """Return this as the end of an address, with more pairs."""
        said = urlencode([*self.pairs(), *((name, value) for name, value in more if value)], safe=",")
        return f"?{said}" if said else ""

    def url(self, name="indicator-list", *arguments):
        """Return the address of this on a page of the indicators."""
        return reverse(name, args=arguments) + self.query()

    def _where(self, years):
        return Where(
            countries=self.countries,
            regions=(self.region,) if self.region else (),
            buyer_kinds=(self.buyer_kind,) if self.buyer_kind else (),
            cpv=(self.cpv,) if self.cpv else (),
            sources=(self.source,) if self.source else (),
            years=years,
        )


@dataclass(frozen=True)
class Opened:
    """Which procurements behind which number: its indicator, whether its base, and the group it stands for."""

    indicator: str
    asked: Asked = Asked()
    is_base: bool = False
    by: str = ""
    group: str = ""

    @property
    def table(self):
        """The procurements of the group."""
        if not self.by:
            return TABLE
        key = KEYS[self.by](TABLE)
        return TABLE.filter(key.isnull() if self.group == UNKNOWN else key == self.group)

    @property
    def url(self):
        """The address where the procurements stand."""
        return reverse("indicator-evidence", args=[self.indicator]) + self.query()

    def query(self, **more):
        """Return this as the end of an address."""
        return self.asked.changed(rule="").query(*self._pairs(), *more.items())

    def _pairs(self):
        return (("part", "base" if self.is_base else ""), ("by", self.by), ("group", self.group))


class IndicatorForm(forms.Form):
    """The filters of the indicator pages, always bound. What has an error is left out of the count and told."""

    country = forms.RegexField(
        rf"^({EVERYWHERE}|[A-Z]{{2}}(,[A-Z]{{2}}){{0,9}})$", required=False, label=gettext_lazy("Country")
    )
    region = forms.RegexField(r"^[A-Z]{2}[0-9A-Z]{0,3}$", required=False, label=gettext_lazy("County"))
    buyer_kind = forms.ChoiceField(choices=[*BUYER_KINDS.items()], required=False, label=gettext_lazy("Kind of buyer"))
    cpv = forms.RegexField(r"^[0-9]{2,8}$", required=False, label=gettext_lazy("What is bought"))
    source = forms.ChoiceField(choices=[*SOURCE_NAMES.items()], required=False, label=gettext_lazy("Source"))
    year = forms.IntegerField(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False, label=gettext_lazy("Year in focus")
    )
    rule = forms.ChoiceField(
        choices=[(name, name) for name in INNOVATION], required=False, label=gettext_lazy("Rule on the map")
    )
    part = forms.ChoiceField(choices=[("base", "base")], required=False, label=gettext_lazy("Part"))
    by = forms.ChoiceField(choices=[(name, name) for name in KEYS], required=False, label=gettext_lazy("Counted by"))
    group = forms.RegexField(rf"^{_GROUP.pattern}$", required=False, label=gettext_lazy("Group"))

    def __init__(self, query):
        # No word holds a NUL, and what is longer than any value is repeated to its sender only in part.
        super().__init__({name: value.replace("\0", "")[:60] for name, value in query.items()})
        for field in self.fields.values():
            field.error_messages = dict.fromkeys((*field.error_messages, "invalid", "min_value", "max_value"), "")

    def clean(self):
        said = super().clean()
        if said.get("from") and said.get("to") and said["from"] > said["to"]:
            self.add_error("to", "")
        first, last = said.get("from") or FIRST_YEAR, said.get("to") or LAST_YEAR
        if said.get("year") and not first <= said["year"] <= last:
            self.add_error("year", "")
        if bool(said.get("by")) != bool(said.get("group")):
            self.add_error("by" if said.get("group") else "group", "")
        return said

    @cached_property
    def asked(self):
        """The count that can be made."""
        self.is_valid()
        said = self.cleaned_data
        everywhere = said.get("country") == EVERYWHERE
        return Asked(
            countries=tuple(sorted(set(said["country"].split(",")))) if said.get("country") and not everywhere else (),
            everywhere=everywhere,
            region=said.get("region", ""),
            buyer_kind=said.get("buyer_kind", ""),
            cpv=said.get("cpv", ""),
            source=said.get("source", ""),
            first=said.get("from"),
            last=said.get("to"),
            year=said.get("year"),
            rule=said.get("rule", ""),
        )

    def opened(self, indicator):
        """Return which procurements behind a number of the indicator are asked for."""
        asked = self.asked
        by, group = (self.cleaned_data.get(name, "") for name in ("by", "group"))
        return Opened(
            indicator, asked, self.cleaned_data.get("part") == "base", by if group else "", group if by else ""
        )

    @property
    def refusals(self):
        """What the address asks for and cannot be read, a sentence each."""
        self.is_valid()
        return [_refusal(self.fields[name].label, self.data.get(name, "")) for name in self.errors]


# "from" is a word of Python's own.
for _name, _label in (("from", gettext_lazy("From year")), ("to", gettext_lazy("To year"))):
    IndicatorForm.base_fields[_name] = forms.IntegerField(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False, label=_label
    )


def _refusal(label, value):
    if not value:
        return _("%(field)s is missing.") % {"field": label}
    words = _("%(field)s: “%(value)s” cannot be read.")
    return words % {"field": label, "value": value}
