"""An organisation in words, for everybody: on its own page, or as a section of the page that notices have of it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.organisations.actors import Actor
from samspel.organisations.details import names
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, can
from samspel.organisations.who_may.sentences import who_may

# More of a group than these are found on its own page.
LISTED = 50


@dataclass(frozen=True)
class Fact:
    """A line of the facts; without a value it is left out."""

    label: Any
    value: Any
    url: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Door:
    """A page on which the actor can do something with the organisation."""

    words: Any
    url: str


@dataclass(frozen=True)
class OrganisationPage:
    """What a page shows of an organisation, and what the actor can do there."""

    organisation: Organisation
    actor: Actor

    @property
    def facts(self):
        one = self.organisation
        return [
            Fact(_("Kind"), one.get_kind_display()),
            Fact(_("Country"), names.named(names.COUNTRY, one.country)),
            Fact(_("Region"), names.named(names.REGION, one.region)),
            Fact(_("Registration number"), self._number()),
            Fact(_("Size"), one.get_size_display() if one.size else ""),
            Fact(_("Inhabitants"), "" if one.inhabitants is None else formats.count(one.inhabitants)),
            Fact(_("Website"), _shown_address(one.website), url=one.website),
        ]

    @property
    def interests(self):
        """What it buys or sells, code by code in words."""
        return [names.named(names.CPV, code) for code in self.organisation.cpv]

    @cached_property
    def children(self):
        return list(self.organisation.children.filter(successor=None)[:LISTED])

    @cached_property
    def predecessors(self):
        return list(self.organisation.predecessors.order_by("succeeded_on", "name")[:LISTED])

    @property
    def who_sees(self):
        return who_may(self.organisation, Permission.READ_ORGANISATION, Permission.CHANGE_ORGANISATION)

    @property
    def doors(self):
        """What the actor can do, in the order it is most often done."""
        pk = self.organisation.pk
        return [
            Door(words, reverse(name, args=[pk]))
            for words, name, permission in _doors()
            if can(self.actor, permission, self.organisation)
        ]

    def _number(self):
        one = self.organisation
        return _("hidden: it is a person’s own") if one.shown_number != one.number else one.number


def _doors():
    change = Permission.CHANGE_ORGANISATION
    return (
        (_("Members"), "member-list", Permission.READ_MEMBERS),
        (_("Change the details"), "organisation-details", change),
        (_("The group it belongs to"), "organisation-group", change),
        (_("Its page of notices"), "organisation-body", change),
        (_("History"), "organisation-trail", Permission.READ_TRAIL),
        (_("Became part of another"), "organisation-succession", Permission.MERGE_ORGANISATIONS),
    )


def _shown_address(address):
    shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    # A long address may break after its dots.
    return format_html_join(_BREAK, "{}", ((part,) for part in shown.split(".")))


_BREAK = mark_safe(".<wbr>")
