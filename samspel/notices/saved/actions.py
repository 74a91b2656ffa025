"""What people do with saved searches: save, change, hear of them, delete, follow, hand over."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import mail, trail
from samspel.kit.models import Unsubscription
from samspel.notices.models import Alert, Followed, HowOften, SavedSearch
from samspel.notices.models.alert import SUBSCRIPTION
from samspel.notices.saved.asked import query_of
from samspel.notices.search.form import Asked
from samspel.organisations.models import Person
from samspel.organisations.permissions import Permission, Refused, require

VERBS = [
    trail.Verb("saved_search.saved", gettext_lazy("saved the search")),
    trail.Verb("saved_search.changed", gettext_lazy("changed the saved search")),
    trail.Verb("saved_search.given", gettext_lazy("gave the saved search to the team")),
    trail.Verb("saved_search.deleted", gettext_lazy("deleted the saved search")),
    trail.Verb("saved_search.followed", gettext_lazy("began to follow")),
    trail.Verb("saved_search.unfollowed", gettext_lazy("ceased to follow")),
    trail.Verb("saved_search.handed_over", gettext_lazy("handed over the saved search")),
    trail.Verb("alert.changed", gettext_lazy("changed how often mails come")),
]
# Nobody reads mails of more; it keeps one person from filling the hub.
MOST = 500


@transaction.atomic
def save(*, by, name, query, how_often=HowOften.DAILY, is_team=False, at=None):
    """Keep a search, a person's own or the team's, and return it. Saving the same twice is one. Raises Refused."""
    # One at a time for each person, so that a double click finds what the first one did.
    Person.objects.select_for_update().get(pk=by.person_id)
    search = SavedSearch(
        name=name,
        query=query,
        organisation_id=by.organisation_id,
        person_id=None if is_team else by.person_id,
        saved_at=at or timezone.now(),
        saved_by_id=by.person_id,
    )
    _require_manager(by, search)
    same = {"name": name, "query": query, "person_id": search.person_id, "organisation_id": search.organisation_id}
    if again := SavedSearch.objects.searches().filter(**same).first():
        return again
    _require_room(by)
    search.save()
    trail.record("saved_search.saved", search, by=by)
    hear(search, by=by, how_often=how_often, at=at)
    return search


@transaction.atomic
def change(search, *, by, name, is_team=False):
    """Rename a saved search, or give one's own to the team; what is the team's stays so. Raises Refused."""
    held = _held(search, by)
    _require_manager(by, held)
    before = trail.state(held)
    held.name = name
    given = is_team and not held.is_of_team
    if given:
        held.organisation_id, held.person_id = by.organisation_id, None
        _require_manager(by, held)
    held.save()
    trail.record("saved_search.given" if given else "saved_search.changed", held, by=by, before=before)
    return held


@transaction.atomic
def hear(search, *, by, how_often, at=None):
    """Choose how often to get mails of a saved search, and return the choice. What was found before is no news.

    Who had said no in a mail has so said yes again, to this search alone. Raises Refused.
    """
    held = _held(search, by)
    require(by, Permission.READ_SAVED_SEARCHES, held)
    alert = Alert.objects.with_choice().filter(search=held, person_id=by.person_id).first()
    at = at or timezone.now()
    if alert is None:
        return _heard_first(held, by, how_often, at)
    if alert.chosen == how_often:
        return alert
    before = trail.state(alert)
    if alert.chosen == HowOften.NEVER:
        alert.since = at
        _say_yes(alert, by)
    alert.how_often = how_often
    alert.save()
    trail.record("alert.changed", alert, by=by, before=before)
    return alert


@transaction.atomic
def delete(search, *, by):
    """Delete a saved search with what it has found. Deleting it twice does no harm. Raises Refused."""
    held = SavedSearch.objects.visible_to(by).filter(pk=search.pk).first()
    if held is None:
        return
    _require_manager(by, held)
    trail.record("saved_search.unfollowed" if held.follows else "saved_search.deleted", held, by=by)
    held.delete()


@transaction.atomic
def follow(*, by, kind, key, name, known=None, at=None):
    """Follow a procurement, a buyer or a supplier, and return the search for it; following twice is one.

    ``known`` is how a procurement stands now (News, not written down): only what differs is told. Raises Refused.
    """
    Person.objects.select_for_update().get(pk=by.person_id)
    query = followed_query(kind, key)
    if again := followed(by, query):
        return again
    search = SavedSearch(
        name=name,
        query=query,
        follows=Followed(kind),
        organisation_id=by.organisation_id,
        person_id=by.person_id,
        saved_at=at or timezone.now(),
        saved_by_id=by.person_id,
    )
    _require_manager(by, search)
    _require_room(by)
    if known:
        known.save()
        search.known = known
    search.save()
    trail.record("saved_search.followed", search, by=by)
    hear(search, by=by, how_often=HowOften.DAILY, at=at)
    return search


def followed(actor, query):
    """Return what an actor follows with this query, or None."""
    return SavedSearch.objects.visible_to(actor).following().filter(query=query).first()


def followed_query(kind, key):
    """Return the search that finds what is followed."""
    return query_of(Asked(groups={str(kind): (key,)}))


def count_of_member(person, organisation):
    """Return how many saved searches and alerts a member has in an organisation, for who leaves it."""
    alerts = Alert.objects.filter(person=person, search__in=SavedSearch.objects.of_team(organisation))
    return SavedSearch.objects.of_member(person, organisation).count() + alerts.count()


def hand_over(giver, taker, organisation, by):
    """Give a leaver's saved searches to a colleague, and the mails of the team's that only the leaver got."""
    for search in SavedSearch.objects.of_member(giver, organisation):
        if search.follows and SavedSearch.objects.of_member(taker, organisation).filter(query=search.query).exists():
            search.delete()
            continue
        before = trail.state(search)
        search.person = taker
        search.save()
        trail.record("saved_search.handed_over", search, by=by, before=before)
    alerts = Alert.objects.filter(person=giver, search__organisation=organisation)
    alerts.filter(search__alerts__person=taker).delete()
    alerts.update(person=taker)


def _heard_first(search, by, how_often, at):
    alert = Alert.objects.create(search=search, person_id=by.person_id, how_often=how_often, since=at)
    if not search.follows:
        trail.record("alert.changed", alert, by=by)
    alert.chosen = how_often
    return alert


def _say_yes(alert, by):
    """Take back a no that was said in a mail. A no to all mails becomes a no to each of the others."""
    mail.resubscribe(by.person, alert.subscription)
    if Unsubscription.objects.filter(person_id=by.person_id, key=SUBSCRIPTION).exists():
        Alert.objects.filter(person_id=by.person_id).exclude(pk=alert.pk).update(how_often=HowOften.NEVER)
        mail.resubscribe(by.person, SUBSCRIPTION)


def _held(search, by):
    """Return the saved search as it is now; raises Refused where it is gone, or not to be seen by this actor."""
    held = SavedSearch.objects.visible_to(by).select_for_update().filter(pk=search.pk).first()
    if held is None:
        raise Refused(_("The saved search has been deleted meanwhile."))
    return held


def _require_manager(by, search):
    if search.is_of_team and search.organisation_id is None:
        raise Refused(_("You act for no organisation that could own it."))
    require(by, Permission.MANAGE_SAVED_SEARCHES, search)


def _require_room(by):
    if SavedSearch.objects.filter(saved_by_id=by.person_id).count() >= MOST:
        raise Refused(_("You have saved %(most)s searches. Delete some first.") % {"most": MOST})
