"""Puts what the schedule asks for in the queue: each time once, by whichever worker sees it first."""

from django.db import transaction

from samspel.kit.jobs.scheduled import schedule
from samspel.kit.jobs.tasks import enqueue
from samspel.kit.models import ScheduleMark


def enqueue_scheduled(now, scheduled=schedule):
    """Enqueue what has become due, and return the keys. What was due several times while no worker ran is done once.

    Looks before it takes the lock that writing needs: nearly always nothing is due.
    """
    marks = dict(ScheduleMark.objects.values_list("key", "due_at"))
    seen = [item for item in scheduled if item.key not in marks or marks[item.key] < item.newest_due(now)]
    return [item.key for item in seen if _enqueued(item, now)]


def _enqueued(item, now):
    with transaction.atomic():
        # Due from now on: what was due before anybody asked for it is not made up for.
        mark, is_new = ScheduleMark.objects.select_for_update().get_or_create(
            key=item.key, defaults={"due_at": item.newest_due(now)}
        )
        due_at = item.newest_due(now)
        if is_new or mark.due_at >= due_at:
            return False
        enqueue(item.function, *item.args, at=due_at)
        mark.due_at = due_at
        mark.save(update_fields=["due_at"])
        return True
