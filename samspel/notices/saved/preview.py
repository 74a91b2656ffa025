"""What a saved search would have sent lately, had it been there: the loads of 30 days, gone through as they came."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from samspel.lake.search import Search
from samspel.notices.models import News, SavedSearch
from samspel.notices.saved.asked import asked_of
from samspel.notices.saved.day import news_of
from samspel.notices.saved.fresh import fresh, loads, members
from samspel.notices.saved.matching import judged

LOOKED_BACK = timedelta(days=30)
# The newest of what is found; more than a month brings to any search that a person reads.
_MOST = 3_000


@dataclass(frozen=True)
class Sent:
    """News that would have been sent, and what the search knew of the procurement before."""

    news: News
    before: News | None


def preview(search: SavedSearch, lake, index, *, at):
    """Return what a search would have sent, the newest first."""
    came = _came(lake, at)
    if not came:
        return []
    found = {until: _found(search, index, keys, until) for until, keys in came.items()}
    held = _held(lake, index, {procurement for one in found.values() for procurement in one})
    knew, sent = {}, []
    for until, keys in came.items():
        news = held.as_of(until, keys)
        for one, before in list(judged(search, found[until] & news.keys(), news, knew)):
            knew[one.procurement] = one
            sent.append(Sent(one, before))
    return sent[::-1]


def _came(lake, at):
    """Return by load the keys of the notices that it brought and that were news then, the oldest load first."""
    came, after = {}, at - LOOKED_BACK
    for until in loads(lake, after=after):
        if until <= at and (keys := fresh(lake, after=after, until=until)):
            came[until] = keys
        after = until
    return came


def _found(search, index, keys, until):
    """Return the procurements that the search finds among the notices with these keys."""
    asked = asked_of(search.query).changed(sort="date").search(until)
    return {card["procurement"] for card in index.cards(asked, most=_MOST) if card["key"] in keys}


@dataclass(frozen=True)
class _Held:
    """The notices of some procurements, with when they came."""

    by_procurement: dict
    notices: dict
    cards: dict

    def as_of(self, until, keys):
        """Return by procurement the news that a load brought, as all that had come by then says it."""
        news = {}
        for procurement, held in self.by_procurement.items():
            here = [one.key for one in held if one.loaded_at <= until and one.key in self.notices]
            if cards := {key: self.cards[key] for key in here if key in keys and key in self.cards}:
                notices = [self.notices[key] for key in here]
                news[procurement] = news_of(procurement, notices, cards, at=until)
        return news


def _held(lake, index, procurements):
    by_procurement = defaultdict(list)
    for member in members(lake, procurements) if procurements else ():
        by_procurement[member.procurement].append(member)
    keys = [member.key for held in by_procurement.values() for member in held]
    notices = {notice.key: notice for notice in lake.notices(keys)}
    cards = {
        card["key"]: card
        for card in index.cards(Search(filters={"procurement": tuple(sorted(procurements))}, sort="date"), most=10**6)
    }
    return _Held(by_procurement, notices, cards)
