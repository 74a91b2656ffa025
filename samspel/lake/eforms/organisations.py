"""The organisations of an eForms notice, and which of them buy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from samspel.lake.eforms.paths import BUYER, ORGANISATION, Facts, gather, tree
from samspel.lake.eforms.values import Values
from samspel.lake.notice import Buyer
from samspel.registration_numbers import cleaned, is_personal_number

_ORGANISATION = tree(ORGANISATION)
_BUYER = tree(BUYER)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that the notice names, whatever its part in it."""

    name: str
    identifier: str | None
    country: str | None
    nuts: str | None
    town: str | None
    website: str | None
    size: str | None
    is_leader: bool | None
    is_person: bool


class Organisations:
    """The organisations by the technical identifiers (ORG-0001, TPO-0001) that other parts of the notice refer to.

    One is read when it is asked for: most notices also name review bodies, information points and senders.
    """

    __slots__ = ("_facts", "_read", "_values")

    def __init__(self, elements: Iterable[etree._Element], values: Values):
        self._values = values
        self._read: dict[str, Organisation | None] = {}
        self._facts: dict[str, Facts] = {}
        for element in elements:
            facts = gather(element, _ORGANISATION)
            # A buyer may refer to its touch point, a department with an address of its own, instead of to itself.
            for reference in values.all(facts, "OPT-200") + values.all(facts, "OPT-201"):
                self._facts[reference] = facts

    def get(self, reference: str) -> Organisation | None:
        """Return the organisation, if the notice gives it a name."""
        if reference not in self._read:
            facts = self._facts.get(reference)
            self._read[reference] = _organisation(facts, self._values) if facts else None
        return self._read[reference]


def _organisation(facts: Facts, values: Values) -> Organisation | None:
    names = values.texts(facts, "BT-500")
    if not names:
        return None
    stated, country = values.text(facts, "BT-501"), values.country(facts, "BT-514")
    return Organisation(
        name=names[0].text,
        identifier=cleaned(stated, country),
        country=country,
        nuts=values.text(facts, "BT-507"),
        town=values.text(facts, "BT-513"),
        website=values.text(facts, "BT-505"),
        size=values.code(facts, "BT-165"),
        is_leader=values.yes(facts, "OPP-050"),
        # The flag is often forgotten; the number tells.
        is_person=values.yes(facts, "BT-633") or is_personal_number(stated, country),
    )


def read_buyers(elements: Iterable[etree._Element], organisations: Organisations, values: Values) -> tuple[Buyer, ...]:
    """Return the buyers, each once, in the order of the notice."""
    buyers: dict[Organisation, Buyer] = {}
    for element in elements:
        facts = gather(element, _BUYER)
        for reference in values.all(facts, "OPT-300"):
            if organisation := organisations.get(reference):
                buyers.setdefault(organisation, _buyer(organisation, facts, values))
    return tuple(buyers.values())


def _buyer(organisation: Organisation, facts: Facts, values: Values) -> Buyer:
    return Buyer(
        name=organisation.name,
        identifier=organisation.identifier,
        country=organisation.country,
        nuts=organisation.nuts,
        town=organisation.town,
        website=organisation.website or values.text(facts, "BT-508"),
        legal_type=values.code(facts, "BT-11", "buyer-legal-type"),
        activity=values.code(facts, "BT-10", "authority-activity") or values.code(facts, "BT-10", "entity-activity"),
        is_leader=organisation.is_leader,
    )
