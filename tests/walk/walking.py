"""Asking for the pages of the table, as everybody and for every record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from samspel.kit.access import PUBLIC
from tests.walk.browser import NOT_FOUND, OPENS, answer
from tests.walk.records import Place, expected, places
from tests.walk.table import PAGES, SIGNED_IN, Page
from tests.walk.world import Visitor


@dataclass(frozen=True)
class Visit:
    """Somebody at an address, and what the page is to answer."""

    visitor: Visitor
    page: Page
    address: str
    relation: str
    answer: str
    data: Any = None

    def by(self, method):
        """Ask by a method and return the answer of the page."""
        return self.visitor.browser.send(method, self.address, self.data)

    def __str__(self):
        return f"{self.visitor}, {self.relation or 'no record'}: {self.address}"


def methods(page):
    """Return the methods that a page takes."""
    return (*(("GET",) if page.get else ()), *(("POST",) if page.post is not None else ()))


def visits(name, world, *, among=None) -> Iterator[Visit]:
    """Yield every visitor, or those among some, at every address of a page."""
    for visitor in among or world.visitors:
        yield from _visits_of(visitor, name, PAGES[name], world)


def opened(world, name) -> Iterator[Visit]:
    """Yield the visits of those to whom a page opens."""
    return (visit for visit in visits(name, world) if visit.answer == OPENS)


def first_opened(world) -> dict[str, Visit]:
    """Return one visit to each page that opens to somebody: a stranger's where everybody may read it."""
    found = {name: next(opened(world, name), None) for name in PAGES}
    return {name: visit for name, visit in found.items() if visit}


def wrong(visit, method):
    """Return what is not as it is to be when a page is asked for, or None."""
    response = visit.by(method)
    if (given := answer(response)) != visit.answer:
        return f"{method} by {visit} answers “{given}”, not “{visit.answer}”"
    may_write = _ALWAYS | ({*_BY_READING, *visit.page.writes} if visit.answer == OPENS else set())
    if (visit.answer != OPENS or method != "POST") and (written := response.wrote - may_write):
        return f"{method} by {visit} writes to {', '.join(sorted(written))}"
    return None


# The session of whoever asks, and the count of tries.
_ALWAYS = {"django_session", "usersessions_usersession", "cache"}
# What a person searched for, and that the programme looked at what is shared with it.
_BY_READING = {"notices_recentsearch", "kit_trailentry"}


def _visits_of(visitor, name, page, world):
    if page.model:
        for place in places(page.model, world, visitor):
            yield _visit(visitor, name, world, place)
        return
    if page.named is not None:
        yield _visit(visitor, name, world, None)
    for named in page.missing:
        yield Visit(visitor, page, reverse(name, kwargs=named), "nothing", NOT_FOUND, page.post)


def _visit(visitor, name, world, place: Place | None):
    page, known = PAGES[name], (world, place.record) if place and place.record else (world,)
    named, data = (one(*known) if callable(one) else one for one in (page.named, page.post))
    address = reverse(name, kwargs={**named, **({"pk": place.pk} if place else {})})
    return Visit(visitor, page, address, place.relation if place else "", _answer(visitor, page, place), data)


def _answer(visitor, page, place):
    if page.access == PUBLIC:
        return OPENS
    said = expected(visitor, None if page.access == SIGNED_IN else page.access, place)
    return NOT_FOUND if said == OPENS and place and place.relation in page.not_at else said
