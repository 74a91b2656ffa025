"""What is to be done again and again: each app says it in ``AppConfig.ready()``.

::

    jobs.schedule.add(jobs.Scheduled("notices-harvest", harvest, at="02:30"))
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from samspel.kit.registry import Registry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Scheduled:
    """A job that comes back: ``at`` a time of the hub's day ("02:30"), or ``every`` so often. ``key`` never changes."""

    key: str
    function: Any  # what jobs.job returns
    at: str = ""
    every: timedelta | None = None
    args: tuple = ()
    order: int = 100

    def __post_init__(self):
        if bool(self.at) == bool(self.every):
            message = f"“{self.key}” is scheduled at a time of the day or every so often, one of the two"
            raise ValueError(message)

    def newest_due(self, now):
        """Return the last time, up to now, at which the job was due.

        Each day has one, also the days when the clocks change: a time that the clock jumps over comes an hour later,
        of a time that it shows twice the first counts.
        """
        if self.every:
            return now - (now - _EPOCH) % self.every
        today = timezone.localdate(now, timezone.get_default_timezone())
        return next(due for due in (self._on(today), self._on(today - timedelta(days=1))) if due <= now)

    def _on(self, day):
        local = datetime.combine(day, time.fromisoformat(self.at), timezone.get_default_timezone())
        return local.astimezone(UTC)


schedule = Registry()  # Scheduled
