"""A body's page in words: who it is, what its notices add up to, and links that open every number."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import charts, formats
from samspel.notices import labels
from samspel.notices.bodies.items import item
from samspel.notices.bodies.lead import lead
from samspel.notices.bodies.parties import LISTED, Counterparties, Overview, Party
from samspel.notices.notice import sentences
from samspel.notices.notice.facts import Fact
from samspel.notices.search.page import FORMATS


@dataclass(frozen=True)
class Line:
    """A row of a small table: what, how many procurements, for how much; ``url`` opens them."""

    what: Any
    procurements: int
    url: str
    what_url: str = ""
    value: Any = ""


@dataclass(frozen=True)
class PartyPage:
    """What the template shows of a body. ``asked`` are the filters of the list, ``total`` how many pass them."""

    party: Party
    overview: Overview
    counterparties: Counterparties
    asked: dict
    rows: list
    total: int
    # What it calls itself in the hub, where it takes part.
    called: str = ""

    @property
    def name(self):
        """The body's name: its own word for itself, else the newest notice's, or another's where that one shouts."""
        if self.called:
            return self.called
        quiet = [name for name in self.overview.names if not name.isupper()]
        return quiet[0] if self.party.name.isupper() and quiet else self.party.name

    @property
    def url(self):
        return reverse(f"{self.party.role}-detail", args=[self.party.key])

    @property
    def other_pages(self):
        """The pages of the same body in its other roles."""
        return [reverse(f"{role}-detail", args=[self.party.key]) for role in self.party.other_roles]

    @cached_property
    def lead(self):
        """What the notices add up to, in two or three sentences; safe HTML."""
        return lead(self)

    @property
    def sums(self):
        """The stated amounts of the currencies that most procurements have, each with a link to those; safe HTML."""
        shown = self.overview.sums[:3]
        return sentences.listed(
            [self.link(formats.money(one.amount, one.currency), currency=one.currency) for one in shown]
        )

    @property
    def declared(self):
        """The share that is marked as innovation, as a sentence with its base; safe HTML."""
        if not self.overview.declared_base:
            return _("None of its procurements is in a format that can carry a mark for innovation.")
        words = ngettext(
            "{number} of the {base} procurement that can carry the mark is declared as innovation, {share}.",
            "{number} of the {base} procurements that can carry the mark are declared as innovation, {share}.",
            self.overview.declared_base,
        )
        number = formats.count(self.overview.declared)
        if self.overview.declared:
            number = format_html('<a class="ds-link" href="{}">{}</a>', self._opened(declared=1), number)
        share = formats.share(self.overview.declared / self.overview.declared_base)
        return format_html(words, number=number, base=formats.count(self.overview.declared_base), share=share)

    @cached_property
    def chart(self):
        """The number of procurements per year as a picture; empty where a single year says it better in words."""
        years = self.overview.years
        if len(years) < 2:
            return ""
        found = {int(one.of): one.procurements for one in years}
        points = [
            charts.Point(year, found.get(year), formats.count(found.get(year, 0)), self._opened(year=year))
            for year in range(min(found), max(found) + 1)
        ]
        return charts.bars(points, _("Procurements per year"))

    @property
    def years(self):
        return [Line(one.of, one.procurements, self._opened(year=one.of)) for one in self.overview.years]

    @property
    def divisions(self):
        return [
            Line(labels.cpv(one.of).html, one.procurements, self._opened(cpv=one.of))
            for one in self.overview.divisions[:LISTED]
        ]

    @property
    def others(self):
        role = "supplier" if self.party.role == "buyer" else "buyer"
        return [
            Line(
                one.name,
                one.procurements,
                self._opened(other=one.of),
                reverse(f"{role}-detail", args=[one.of]),
                formats.money(one.value.amount, one.value.currency) if one.value else "",
            )
            for one in self.counterparties.top
        ]

    @property
    def others_label(self):
        return _("Supplier") if self.party.role == "buyer" else _("Buyer")

    @property
    def others_have_value(self):
        return any(line.value for line in self.others)

    @property
    def others_left(self):
        return self.counterparties.total - len(self.counterparties.top)

    @property
    def others_url(self):
        """The address of this page with all of them."""
        return f"{self.url}?{urlencode({**self.asked, 'others': 'all'})}#others"

    @property
    def facts(self):
        party = self.party
        # The statistics give no numbers, so there is none to hide.
        hidden = (party.identifier != party.number or party.is_person) and not self.overview.in_statistics
        return [
            Fact(_("Country"), labels.country(party.country)),
            Fact(_("Town"), party.town),
            Fact(_("Region"), labels.place(party.nuts) if party.nuts and len(party.nuts) > 2 else ""),
            Fact(_("Registration number"), _("hidden: it is a person’s own") if hidden else party.number),
            Fact(_("Joined"), self._joined),
            Fact(_("Website"), _shown_address(party.website), url=_web_address(party.website)),
            Fact(_("Other names seen"), self._other_names()),
            Fact(_("Notices"), formats.count(party.notices)),
        ]

    @property
    def items(self):
        return [item(row, self.party.role) for row in self.rows]

    @property
    def filters(self):
        """The filters that are on, in words, each with the address without it."""
        return [
            {"words": _FILTERS[name](value), "url": self._address({k: v for k, v in self.asked.items() if k != name})}
            for name, value in self.asked.items()
        ]

    @property
    def downloads(self):
        query = f"?{urlencode(self.asked)}" if self.asked else ""
        return [
            {"name": name, "url": reverse(f"{self.party.role}-export", args=[self.party.key, kind]) + query}
            for kind, name in FORMATS.items()
        ]

    def _other_names(self):
        shown = {self.name.casefold()}
        return ", ".join(name for name in self.overview.names if name.casefold() not in shown)

    @property
    def _joined(self):
        """Say how notices were found to name the same body, where that is less certain than by its number."""
        if self.party.number:
            return ""
        if self.overview.in_statistics:
            return _("by name alone: the statistics give no organisation numbers")
        return _("by name alone: the notices give no number")

    def link(self, words, **asked):
        """Return words as a link to the procurements of these filters; safe HTML."""
        return format_html('<a class="ds-link" href="{}">{}</a>', self._opened(**asked), words)

    def _opened(self, **asked):
        return self._address(asked)

    def _address(self, asked):
        return f"{self.url}?{urlencode(asked)}#procurements" if asked else f"{self.url}#procurements"


def _shown_address(address):
    shown = (address or "").removeprefix("https://").removeprefix("http://").rstrip("/")
    # A long address may break after its dots.
    return format_html_join(mark_safe(".<wbr>"), "{}", ((part,) for part in shown.split(".")))


def _web_address(address):
    """Return an address that a browser may follow: the web's own, nothing that runs."""
    if not address:
        return ""
    full = address if "://" in address else f"https://{address}"
    try:
        return full if urlsplit(full).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


_FILTERS = {
    "year": str,
    "cpv": lambda code: labels.cpv(code).html,
    "other": lambda key: _("with %(key)s") % {"key": key},
    "currency": lambda code: _("value in %(currency)s") % {"currency": code},
    "declared": lambda _on: _("declared as innovation"),
    "named": lambda _on: _("who won is stated"),
    "unvalued": lambda _on: _("without a stated value of its own"),
}
