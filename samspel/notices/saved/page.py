"""What the pages show of saved searches: their words, how often mails come, what they found."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from samspel.notices.lake import current_index, real_index, real_lake
from samspel.notices.links import search_url
from samspel.notices.models import Alert, HowOften, SavedHit, SavedSearch
from samspel.notices.saved import preview, words
from samspel.notices.saved.asked import asked_of, name_of
from samspel.notices.saved.following import page_of
from samspel.notices.saved.standing import Standing

# So much of what a search would have sent is shown; all of it is counted.
SHOWN = 20


@dataclass(frozen=True)
class Row:
    """A saved search in a list."""

    search: SavedSearch
    how_often: Any
    url: str


def rows(searches, actor):
    """Return saved searches as a list shows them; costs one more query, whatever their number."""
    found = list(searches)
    chosen = dict(
        Alert.objects.with_choice()
        .filter(person_id=actor.person_id, search__in=[search.pk for search in found])
        .values_list("search_id", "chosen")
    )
    return [
        Row(
            search,
            HowOften(chosen[search.pk]).label if search.pk in chosen else _("No mails"),
            page_of(search) if search.follows else search.get_absolute_url(),
        )
        for search in found
    ]


@dataclass(frozen=True)
class SavedSearchPage:
    """What the template shows of one saved search."""

    search: SavedSearch
    actor: Any
    at: Any

    @cached_property
    def alert(self):
        """The reader's own choice, or None."""
        return Alert.objects.with_choice().filter(search=self.search, person_id=self.actor.person_id).first()

    @property
    def how_often(self):
        return self.alert.chosen if self.alert else HowOften.NEVER

    @property
    def has_said_no(self):
        """Whether the reader has unsubscribed in a mail from what was chosen here."""
        return bool(self.alert) and self.alert.chosen != self.alert.how_often

    @property
    def words(self):
        return name_of(asked_of(self.search.query), current_index())

    @property
    def url(self):
        """Where it is asked now."""
        return page_of(self.search) if self.search.follows else f"{search_url()}?{self.search.query}"

    @property
    def may_manage(self):
        return self.search.is_managed_by(self.actor)

    @cached_property
    def _sent(self):
        lake = real_lake()
        # The sample never alerts.
        return [] if lake.is_empty() else preview.preview(self.search, lake, real_index(), at=self.at)

    @property
    def number_sent(self):
        return len(self._sent)

    @property
    def sent(self):
        """What it would have sent lately, the newest first."""
        return [words.told(one.news, Standing.of(one.before)) for one in self._sent[:SHOWN]]


def new_hits(actor, *, after, number):
    """Return what the searches an actor hears of found since then, each procurement once, and of how many in all."""
    hits = (
        SavedHit.objects.filter(search__in=SavedSearch.objects.heard_by(actor), found_at__gt=after)
        .select_related("news", "before", "search")
        .newest_first()
    )
    by_procurement = {}
    for hit in hits:
        by_procurement.setdefault(hit.news.procurement, []).append(hit)
    shown = list(by_procurement.values())[:number]
    return len(by_procurement), [
        words.told(
            found[0].news,
            Standing.of(found[0].before),
            tuple(sorted({str(hit.search.reason) for hit in found})),
        )
        for found in shown
    ]


def named(query):
    """Return the name of a recent search."""
    return name_of(asked_of(query), current_index())
