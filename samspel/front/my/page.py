"""What My page shows of a person, put together from what each app adds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats, registry
from samspel.notices.models import NoRecentSearches, RecentSearch, SavedSearch
from samspel.notices.saved.page import named, new_hits, rows

# What is new is shown for so long, so much of it, and so many of the other lists.
NEW_FOR = timedelta(days=14)
_NEW_SHOWN = 10
_LISTED = 10


@dataclass(frozen=True)
class Recent:
    """A search made lately."""

    number: int
    words: Any
    url: str


class MyPage:
    """What the template shows to an actor at a time."""

    def __init__(self, actor, at):
        self.actor = actor
        self._at = at

    @cached_property
    def waiting(self):
        """What waits for the person: by the day it is due or the time it began to wait, the oldest first."""
        found = [item for waiting in registry.waiting for item in waiting.items(self.actor, self._at)]
        return sorted((self._dated(item) for item in found), key=lambda item: item["day"])

    @property
    def heading(self):
        number = len(self.waiting)
        if not number:
            return _("Nothing waits for you")
        late = sum(item["days_late"] > 0 for item in self.waiting)
        words = ngettext("%(number)s thing waits for you", "%(number)s things wait for you", number)
        said = words % {"number": formats.count(number)}
        if not late:
            return said
        is_late = ngettext("%(number)s is late", "%(number)s are late", late) % {"number": formats.count(late)}
        return f"{said}, {is_late}"

    @cached_property
    def _new(self):
        return new_hits(self.actor, after=self._at - NEW_FOR, number=_NEW_SHOWN)

    @property
    def number_new(self):
        return self._new[0]

    @property
    def new(self):
        return self._new[1]

    @property
    def number_new_left(self):
        return self.number_new - len(self.new)

    @cached_property
    def drafts(self):
        return self._of(registry.drafts)

    @cached_property
    def coming_events(self):
        return self._of(registry.coming_events)

    @cached_property
    def _kept(self):
        return rows(SavedSearch.objects.visible_to(self.actor).select_related("known"), self.actor)

    @property
    def _searches(self):
        return [row for row in self._kept if not row.search.follows]

    @property
    def searches(self):
        return self._searches[:_LISTED]

    @property
    def number_of_searches(self):
        return len(self._searches)

    @property
    def following(self):
        return [row for row in self._kept if row.search.follows]

    @cached_property
    def recent(self):
        return [
            Recent(one.pk, named(one.query), f"{reverse('notice-list')}?{one.query}")
            for one in RecentSearch.objects.visible_to(self.actor)
        ]

    @cached_property
    def keeps_recent(self):
        return not NoRecentSearches.objects.filter(person_id=self.actor.person_id).exists()

    @property
    def is_new_here(self):
        """Whether there is nothing yet: then the page says what to do first."""
        return not (self.waiting or self._kept or self.drafts or self.coming_events)

    def _of(self, listed):
        found = [item for one in listed for item in one.items(self.actor, self._at)]
        return sorted(found, key=lambda item: item["at"])

    def _dated(self, item):
        day = item.get("due") or timezone.localdate(item["since"])
        days_late = (timezone.localdate(self._at) - item["due"]).days if item.get("due") else 0
        return {**item, "day": day, "days_late": max(days_late, 0)}
