"""What notices know of bodies. They belong to an app after this one, which adds itself when the hub starts::

    notices.add(NoticedBodies())

Without it no organisation has a page of notices, and every organisation's page is its own.
"""

from dataclasses import dataclass
from typing import Protocol

from samspel.kit.registry import Registry


@dataclass(frozen=True)
class Dealings:
    """What a body did in one role: how many procurements, from when to when, and what the newest were called."""

    role: str  # buyer, supplier
    procurements: int
    first_year: int | None
    last_year: int | None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A body that notices name. ``has_number`` says whether they give it a registration number of its own."""

    key: str
    name: str
    country: str | None
    url: str
    town: str | None = None
    number: str | None = None
    has_number: bool = False
    dealings: tuple[Dealings, ...] = ()


class Notices(Protocol):
    """What the app of the notices answers."""

    key: str
    order: int

    def key_by_number(self, country: str, number: str) -> str:
        """Return the key of the body with a registration number; "" where it is a person's own."""

    def url(self, key: str, role: str) -> str | None:
        """Return the address of a body's page, in this role where it has it; None where no notice names the body."""

    def body(self, key: str) -> Body | None:
        """Return what notices say of a body."""

    def named(self, name: str, country: str) -> list[Body]:
        """Return the bodies whose name could be meant by this one, those named most often first."""


notices = Registry()


def known():
    """Return what answers for the notices, None where no app does."""
    return next(iter(notices), None)


def url_of(organisation):
    """Return the address of the page that notices have of an organisation, None where its page is its own."""
    answering = known()
    if answering is None or not organisation.body:
        return None
    return answering.url(organisation.body, "supplier" if organisation.is_supplier else "buyer")
