"""What people keep of the notices. The notices themselves lie in the lake."""

from samspel.notices.models.alert import Alert, HowOften
from samspel.notices.models.news import LoadMark, News, SavedHit, Stage, Told
from samspel.notices.models.recent_search import NoRecentSearches, RecentSearch
from samspel.notices.models.saved_search import Followed, SavedSearch

__all__ = [
    "Alert",
    "Followed",
    "HowOften",
    "LoadMark",
    "News",
    "NoRecentSearches",
    "RecentSearch",
    "SavedHit",
    "SavedSearch",
    "Stage",
    "Told",
]
