"""Mails with what is new: one for each person, each procurement once, with every saved search that found it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from samspel.kit import jobs
from samspel.notices.models import Alert, HowOften, News, SavedHit, SavedSearch, Told
from samspel.notices.saved import emails
from samspel.notices.saved.due import due_until
from samspel.notices.saved.standing import Standing, changes
from samspel.organisations.models import Person

# What could not be told for so long is no news any more; it stands on My page.
TOLD_WITHIN = timedelta(days=30)
_MAILED = (HowOften.AT_ONCE, HowOften.DAILY, HowOften.WEEKLY)


@dataclass(frozen=True)
class Item:
    """A procurement that is news to a person: how it stands, how it stood when last told of, and who found it."""

    news: News
    before: Standing | None
    searches: tuple[SavedSearch, ...]

    @property
    def changes(self):
        return changes(self.before, Standing.of(self.news)) if self.before else []


def items(person, at):
    """Return what is to be told to a person now, the newest first.

    What is told names every saved search of the person that found it, also those whose own mail is due later.
    """
    waiting = list(_due(at, of=person).order_by("-found_at", "-pk"))
    if not waiting:
        return []
    told = {
        told.procurement: Standing.of(told)
        for told in Told.objects.filter(person=person, procurement__in={hit.news.procurement for hit in waiting})
    }
    by_procurement = defaultdict(list)
    for hit in waiting:
        by_procurement[hit.news.procurement].append(hit)
    searches = _searches(person, by_procurement, at)
    found = (_item(hits, told, searches) for hits in by_procurement.values())
    return [item for item in found if item.before is None or item.changes]


@transaction.atomic
def tell(person, *, at):
    """Write the mail with what is new, where there is anything, note what it tells, and return it."""
    # One at a time for each person: two jobs would tell the same.
    person = Person.objects.select_for_update().get(pk=person.pk)
    new = items(person, at)
    mail = emails.send(person, new, at=at) if new else None
    if mail:
        _note(person, new, at)
    return mail


@jobs.job(tries=5)
def tell_person(person_id):
    """Tell a person what is new; where it was told already there is no mail."""
    if person := Person.objects.filter(pk=person_id).first():
        tell(person, at=timezone.now())


@jobs.job(tries=5)
def tell_all():
    """Every morning: a job for each person whose alerts have found something that is due."""
    for person_id in waiting_people(timezone.now(), _MAILED):
        jobs.enqueue(tell_person, person_id)


def enqueue_at_once(at):
    """Put a job in the queue for each person who wants to be told at once and for whom something was found."""
    for person_id in waiting_people(at, (HowOften.AT_ONCE,)):
        jobs.enqueue(tell_person, person_id)


def waiting_people(at, how_often):
    """Return the numbers of the people for whom something was found that is due and perhaps not told."""
    hits = _due(at, how_often).filter(found_at__gt=at - _looked_back(how_often))
    # The join that the alerts were chosen by gives the person too.
    return list(hits.values_list("search__alerts__person_id", flat=True).distinct().order_by())


def _due(at, how_often=_MAILED, *, of=None):
    """Return the hits of alerts in force, once for each alert, that are to be told up to now; of all, or ``of`` one."""
    is_due = Q()
    for often in how_often:
        is_due |= Q(search__alerts__how_often=often, found_at__lte=due_until(often, at))
    return SavedHit.objects.filter(
        is_due,
        # In one call: each would look at alerts of its own.
        search__alerts__in=Alert.objects.in_force().filter(**({"person": of} if of else {})),
        search__alerts__since__lte=F("found_at"),
        found_at__gt=at - TOLD_WITHIN,
    ).select_related("news", "before")


def _looked_back(how_often):
    # A worker that stood still for a day or two catches up.
    return timedelta(days=2) if how_often == (HowOften.AT_ONCE,) else timedelta(days=10)


def _searches(person, procurements, at):
    """Return by procurement the saved searches of a person that found it lately, in the order of their names."""
    found = defaultdict(dict)
    hits = SavedHit.objects.filter(
        search__alerts__in=Alert.objects.in_force().filter(person=person),
        news__procurement__in=list(procurements),
        found_at__gt=at - TOLD_WITHIN,
        found_at__lte=at,
    )
    for hit in hits.select_related("search", "news").order_by("search__name", "search_id"):
        found[hit.news.procurement][hit.search_id] = hit.search
    return {procurement: tuple(one.values()) for procurement, one in found.items()}


def _item(hits, told, searches):
    newest, oldest = hits[0], hits[-1]
    procurement = newest.news.procurement
    # Who was never told by mail may have seen it on My page.
    before = told.get(procurement) or Standing.of(oldest.before)
    return Item(newest.news, before, searches[procurement])


def _note(person, new, at):
    Told.objects.bulk_create(
        [
            Told(
                person=person,
                procurement=item.news.procurement,
                stage=item.news.stage,
                deadline=item.news.deadline,
                at=at,
            )
            for item in new
        ],
        update_conflicts=True,
        unique_fields=["person", "procurement"],
        update_fields=["stage", "deadline", "at"],
    )
