"""What a load brought, made ready to be asked: a small index of its notices, and how their procurements stand."""

import tempfile
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

from samspel.lake import indexing
from samspel.lake.search import Search
from samspel.lake.search.standing import FewNotices
from samspel.notices.models import News
from samspel.notices.saved.asked import asked_of
from samspel.notices.saved.standing import standing

# The description stands on the notice's page; a list does without.
_LEFT_OUT = ("text", "text_language", "key")


class Day:
    """Notices that came together. ``news`` has their procurements as they now stand, not written down yet."""

    def __init__(self, index, news):
        self._index = index
        self.news = news

    def found(self, query, at):
        """Return the procurements that a saved search finds."""
        return frozenset(card["procurement"] for card in self._index.cards(asked_of(query).search(at)))


@contextmanager
def day(lake, keys, *, at):
    """Give the day of the notices with these keys, which came with a load at this time."""
    found = defaultdict(list)
    for entry in indexing.entries(lake, keys=sorted(keys)):
        found[entry.procurement].append(entry)
    with tempfile.TemporaryDirectory(prefix="samspel-alerts-") as folder:
        came = [entry for entries in found.values() for entry in entries if entry.notice.key in keys]
        index = FewNotices(Path(folder), came, like=lake.folder / "index")
        cards = {card["key"]: card for card in index.cards(Search())}
        news = {
            procurement: news_of(procurement, [entry.notice for entry in entries], cards, at=at)
            for procurement, entries in found.items()
        }
        yield Day(index, news)


def news_of(procurement, notices, cards, *, at):
    """Return how a procurement stands by its notices. ``cards`` are those of the notices that came, by their keys."""
    came = (notice for notice in notices if notice.key in cards)
    newest = max(came, key=lambda notice: (str(notice.first_seen_on), notice.version, notice.key))
    stands = standing(notices)
    card = {name: value for name, value in cards[newest.key].items() if name not in _LEFT_OUT}
    return News(
        procurement=procurement,
        notice=newest.key,
        stage=stands.stage,
        deadline=stands.deadline,
        card=card,
        found_at=at,
    )
