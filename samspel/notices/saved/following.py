"""What can be followed from its page: a procurement by one of its notices, a buyer, a supplier."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samspel.lake.search import Hit, Search
from samspel.notices.bodies import parties
from samspel.notices.lake import current_index, current_lake
from samspel.notices.links import notice_url
from samspel.notices.models import Followed, SavedSearch
from samspel.notices.notice import records
from samspel.notices.saved import actions
from samspel.notices.saved.asked import asked_of
from samspel.notices.saved.day import news_of
from samspel.notices.search.hits import title_of


@dataclass(frozen=True)
class Subject:
    """Something to follow. ``known`` is how a procurement stands now."""

    kind: str
    key: str
    name: str
    known: Any = None


@dataclass(frozen=True)
class Button:
    """The button on a page: what it follows, and the search by which the actor follows it already, or None."""

    kind: str
    key: str
    search: SavedSearch | None


def button(actor, kind, key, *, procurement=None):
    """Return the button of a page for an actor. A notice's is to follow its procurement, which it knows."""
    query = actions.followed_query(kind, procurement or key)
    return Button(kind, key, actions.followed(actor, query) if actor.is_signed_in else None)


def subject(kind, key):
    """Return what stands behind a kind and a key, or None. A procurement is named by any of its notices."""
    if not key.isprintable():
        return None
    if kind != Followed.PROCUREMENT:
        body = parties.party(current_lake(), kind, key)
        return body and Subject(kind, key, body.name)
    record = records.find(current_lake(), key)
    return _procurement(record, timezone.now()) if record and record.procurements else None


def page_of(search):
    """Return the address of what is followed."""
    if search.follows != Followed.PROCUREMENT:
        return reverse(f"{search.follows}-detail", args=[_key(search)])
    return notice_url(search.known.notice) if search.known else search.get_absolute_url()


def _key(search):
    return asked_of(search.query).values(search.follows)[0]


def _procurement(record, at):
    procurement = record.procurements[0]
    notices = [member.notice for member in record.members]
    found = current_index().cards(Search(filters={"procurement": (procurement,)}, sort="date"), most=len(notices))
    cards = {card["key"]: card for card in found}
    if not any(notice.key in cards for notice in notices):
        return None
    known = news_of(procurement, notices, cards, at=at)
    name = title_of(Hit(known.notice, (), (), known.card))
    return Subject(Followed.PROCUREMENT, procurement, name, known)
