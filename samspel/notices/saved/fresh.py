"""Which of the notices that a load brought are news: what was published lately, not what fills up old years."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# Sources publish late, and a hub that stood still catches up. What is older was no news when it came.
LATELY = timedelta(days=45)
_FAR_BACK = datetime(1970, 1, 1, tzinfo=UTC)

# Counted from the newest day that had come, so that a hub that is not fed every day has news too.
_FRESH = """
WITH seen AS (
    SELECT key, loaded_at, coalesce(published_on, dispatched_on) AS seen_on FROM notices WHERE loaded_at <= $until
), newest AS (
    SELECT max(seen_on) AS day FROM seen WHERE seen_on <= $today
)
SELECT key FROM seen, newest
WHERE loaded_at > $after AND seen_on > newest.day - INTERVAL {days} DAY AND seen_on <= $today
"""
_LOADS = "SELECT DISTINCT loaded_at FROM notices WHERE loaded_at > $after ORDER BY loaded_at"
_MEMBERS = """
WITH place AS (
    SELECT key, arg_min(procurement, stage = 'planning') AS procurement FROM members GROUP BY key
)
SELECT key, procurement, loaded_at FROM place JOIN notices USING (key)
WHERE procurement IN (SELECT unnest($procurements))
"""


@dataclass(frozen=True)
class Member:
    """A notice of a procurement, and when it was loaded."""

    key: str
    procurement: str
    loaded_at: datetime


def newest_load(lake):
    """Return when the newest notice was loaded, None in an empty lake."""
    if lake.is_empty():
        return None
    found = lake.connection().execute("SELECT max(loaded_at) FROM notices").fetchone()
    return found[0] and found[0].replace(tzinfo=UTC)


def fresh(lake, *, after, until):
    """Return the keys of the notices that came after one load, until another, and were news then."""
    asked = {"after": _plain(after or _FAR_BACK), "until": _plain(until), "today": date.fromordinal(until.toordinal())}
    rows = lake.connection().execute(_FRESH.format(days=LATELY.days), asked).fetchall()
    return {key for (key,) in rows}


def loads(lake, *, after):
    """Return the times of the loads since then whose notices the lake still has as they brought them."""
    if lake.is_empty():
        return []
    rows = lake.connection().execute(_LOADS, {"after": _plain(after)}).fetchall()
    return [at.replace(tzinfo=UTC) for (at,) in rows]


def members(lake, procurements):
    """Return the notices of these procurements."""
    rows = lake.connection().execute(_MEMBERS, {"procurements": sorted(procurements)}).fetchall()
    return [Member(key, procurement, at.replace(tzinfo=UTC)) for key, procurement, at in rows]


def _plain(moment):
    """Return a moment as the lake writes it: UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
