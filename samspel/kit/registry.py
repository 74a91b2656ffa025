"""Places where later apps add to earlier pages.

Imports run one way along the life of a purchase, so a page that gathers from all apps cannot import them. It goes
through a registry instead, and each app adds its part in ``AppConfig.ready()``::

    registry.navigation.add(Link("notices", _("Notices"), "notice_search", order=40))

A registry keeps its items in the order of their ``order``, then in the order they came. A key stands once: adding the
same key again is a mistake and is refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


class AlreadyRegistered(Exception):
    """Two apps gave the same key to one registry."""


class Registry:
    """An ordered list that apps add to while the hub starts, and pages read afterwards."""

    def __init__(self):
        self._items = {}

    def add(self, item):
        """Add an item that has ``key`` and ``order``, and return it."""
        if item.key in self._items:
            raise AlreadyRegistered(f"“{item.key}” is already registered")
        self._items[item.key] = item
        # Sorting is stable: items of the same order stay as they came.
        self._items = dict(sorted(self._items.items(), key=lambda pair: pair[1].order))
        return item

    def remove(self, key):
        """Take an item out again; for tests."""
        del self._items[key]

    def get(self, key):
        """Return the item of a key, or None."""
        return self._items.get(key)

    def __iter__(self):
        return iter(tuple(self._items.values()))

    def __len__(self):
        return len(self._items)


@dataclass(frozen=True)
class Link:
    """A link at the top or the bottom of every page. ``label`` is translated lazily."""

    key: str
    label: Any
    url_name: str
    order: int = 100
    # Other pages that belong under this link: addresses that begin so mark it as the current one.
    under: tuple[str, ...] = ()

    @property
    def url(self):
        """The address, looked up when the page is made."""
        return reverse(self.url_name)

    def current(self, path):
        """Return "page" on the link's own page, "true" on pages under it, "" elsewhere (for ``aria-current``)."""
        if path == self.url:
            return "page"
        # Every page is under the first one, which says nothing.
        below = () if self.url == "/" else (self.url.rstrip("/") + "/",)
        return "true" if path.startswith((*below, *self.under)) else ""


@dataclass(frozen=True)
class SearchKind:
    """A kind of thing that the search over everything finds.

    ``find(words, limit, request)`` returns ``(total, hits)``; a hit is a dictionary with ``title``, ``url`` and
    ``meta`` (one line of text). It finds only what the person may see.
    """

    key: str
    label: Any
    find: Callable[..., tuple[int, list[dict]]]
    order: int = 100


@dataclass(frozen=True)
class Step:
    """Where one record stands in one stage of the red thread. ``when`` is words; ``url`` is empty where one stands."""

    state: str  # done, here, next, missing
    what: Any
    url: str = ""
    when: Any = ""


@dataclass(frozen=True)
class Stage:
    """A stage of the red thread: need, group, dialogue, procurement, effect.

    ``step(record)`` returns the :class:`Step` of a record of any app, or None where the stage knows nothing of it.
    """

    key: str
    label: Any
    step: Callable[[Any], Step | None]
    order: int = 100


@dataclass(frozen=True)
class Waiting:
    """Something that can wait for a person on My page.

    ``items(actor, at)`` returns dictionaries with ``title``, ``url`` and ``since`` (a time), and where there is one
    ``due`` (a day by which it is to be done) and ``text``. It tells all that waits for the person, for whichever
    organisation.
    """

    key: str
    items: Callable[..., Iterable[dict]]
    order: int = 100


@dataclass(frozen=True)
class Mine:
    """Things of a person that My page lists: drafts that are not finished, events to come.

    ``items(actor, at)`` returns dictionaries with ``title``, ``url`` and ``at`` (a time).
    """

    key: str
    items: Callable[..., Iterable[dict]]
    order: int = 100


@dataclass(frozen=True)
class AfterLoad:
    """A job that runs when notices have been loaded.

    ``run(report)`` gets the load's report, and ``is_reread``: whether what was here was only read again. It can run
    twice.
    """

    key: str
    run: Callable[[dict], None]
    order: int = 100


@dataclass(frozen=True)
class Section:
    """A section of an organisation's page.

    ``context(request, *, organisation, body)`` returns what ``template`` takes, or None where there is nothing to show.
    ``organisation`` is the hub's own record and ``body`` what notices say (samspel.notices.bodies.parties.Party); where
    the two are not tied one of them is None.
    """

    key: str
    label: Any
    template: str
    context: Callable[..., dict | None]
    order: int = 100


@dataclass(frozen=True)
class Sample:
    """Tells whether an app holds invented records.

    ``state()`` returns None (it holds none), "shown" (they are on the pages) or "kept" (they lie beside real ones and
    are neither shown nor counted). It is asked on every page, so it must be quick.
    """

    key: str
    state: Callable[[], str | None]
    order: int = 100


@dataclass(frozen=True)
class Part:
    """A part of every page's header; the template gets ``actor``, ``address`` (of the page) and ``csrf_token``."""

    key: str
    template: str
    order: int = 100


@dataclass(frozen=True)
class Handover:
    """Things that a person has in an organisation and that somebody else gets when the person leaves.

    ``count(person, organisation)`` tells how many there are. ``hand_over(giver, taker, organisation, by)`` moves all of
    them in the transaction it is called in, writes the trail, and can run twice; ``by`` is an actor.
    """

    key: str
    label: Any
    count: Callable[..., int]
    hand_over: Callable[..., None]
    order: int = 100


navigation = Registry()  # Link: the top of every page
tools = Registry()  # Link: search and the like, at the right of the top
footer = Registry()  # Link: the bottom of every page
search_kinds = Registry()  # SearchKind
stages = Registry()  # Stage
waiting = Registry()  # Waiting
drafts = Registry()  # Mine: what somebody has begun to write
coming_events = Registry()  # Mine: what somebody has registered for
after_load = Registry()  # AfterLoad
organisation_sections = Registry()  # Section
samples = Registry()  # Sample
account = Registry()  # Part: signing in, or the menu of who is signed in, at the right of the top
header = Registry()  # Part: the header of every page, under its links
handover = Registry()  # Handover


def thread(record):
    """Return the red thread of a record for ``kit/_thread.html``: one dictionary a stage, ``key``, ``label``, ``step``.

    A stage that knows nothing of the record is missing.
    """
    missing = Step("missing", "")
    return [{"key": stage.key, "label": stage.label, "step": stage.step(record) or missing} for stage in stages]


def sample_state():
    """Return "shown" where invented records are on the pages, "kept" where they only lie beside real ones, or None."""
    states = {sample.state() for sample in samples}
    return next((state for state in ("shown", "kept") if state in states), None)
