"""The searches that a person made lately: kept for the person alone, unless the person wants none kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from samspel.notices.models import NoRecentSearches, RecentSearch
from samspel.notices.models.recent_search import MOST
from samspel.notices.saved.asked import query_of

# A search that is refined takes the place of what it was: ten filters ticked one by one are one search.
REFINED_WITHIN = timedelta(minutes=5)


def note(actor, asked, *, at=None):
    """Keep a search that somebody signed in made, the last ten of each person. Asking for everything is no search."""
    query = query_of(asked)
    if not actor.is_signed_in or not query:
        return
    at = at or timezone.now()
    newest = RecentSearch.objects.visible_to(actor).first()
    if newest and newest.query == query:
        return
    if NoRecentSearches.objects.filter(person_id=actor.person_id).exists():
        return
    with transaction.atomic():
        if newest and at - newest.at < REFINED_WITHIN and _is_refined(newest.query, query):
            newest.delete()
        RecentSearch.objects.update_or_create(person_id=actor.person_id, query=query, defaults={"at": at})
        kept = RecentSearch.objects.visible_to(actor).values_list("pk", flat=True)[:MOST]
        RecentSearch.objects.visible_to(actor).exclude(pk__in=list(kept)).delete()


def forget(actor, pk=None):
    """Delete one of a person's recent searches, or all."""
    own = RecentSearch.objects.visible_to(actor)
    (own if pk is None else own.filter(pk=pk)).delete()


@transaction.atomic
def keep_none(actor, *, at=None):
    """Delete a person's recent searches and keep no more."""
    forget(actor)
    NoRecentSearches.objects.get_or_create(person_id=actor.person_id, defaults={"at": at or timezone.now()})


def keep(actor):
    """Keep a person's recent searches from now on."""
    NoRecentSearches.objects.filter(person_id=actor.person_id).delete()


def _is_refined(before, after):
    """Whether one search narrows or widens the other: all that one asks for stands in the other."""
    old, new = set(before.split("&")), set(after.split("&"))
    return old < new or new < old
