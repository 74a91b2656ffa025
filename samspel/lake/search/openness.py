"""What "open" means where a form wants a date and the buyer has none: people write 1 January 2099."""

from __future__ import annotations

from datetime import date, datetime, timedelta

# A deadline so far ahead stands for none.
ENDLESS_YEARS = 10
# A prior information notice covers twelve months (Directive 2014/24/EU art. 48(2), 2014/25/EU art. 67(2)).
_COVERED = timedelta(days=365)


def endless_from(at: datetime) -> datetime:
    """Return the moment from which on a deadline stands for none, as seen at a moment."""
    return datetime(at.year + ENDLESS_YEARS, 1, 1, tzinfo=at.tzinfo)


def is_endless(day: date, at: datetime) -> bool:
    """Return whether a deadline's day stands for none, as seen at a moment."""
    return day >= endless_from(at).date()


def covered_since(at: datetime) -> date:
    """Return the earliest day of publication of a plan that says something of today where it states no deadline."""
    return at.date() - _COVERED
