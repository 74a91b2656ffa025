"""When mails with what is new go out: at once, every morning, every Monday morning, by the hub's clock."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from samspel.notices.models import HowOften

HOUR = "07:00"


def due_until(how_often, at):
    """Return the time of the last mail that was due up to ``at``: what was found until then is to be told now.

    A mail that no worker sent on the Monday is so sent on the Tuesday, and holds what it would have held.
    """
    if how_often == HowOften.AT_ONCE:
        return at
    local = timezone.localtime(at, timezone.get_default_timezone())
    day = local.date() - timedelta(days=local.weekday() if how_often == HowOften.WEEKLY else 0)
    due = _morning(day)
    return due if due <= at else _morning(day - timedelta(days=7 if how_often == HowOften.WEEKLY else 1))


def _morning(day):
    return datetime.combine(day, time.fromisoformat(HOUR), timezone.get_default_timezone())
