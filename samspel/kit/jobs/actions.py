"""What people do with failed jobs: run them again, or dismiss them. And how long the others are kept."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kit.jobs.tasks import job
from samspel.kit.models import Job

KEPT = timedelta(days=30)


class NotFailed(Exception):
    """There is no failed job of this number. The message is fit to show."""


@transaction.atomic
def run_again(numbers, *, at=None):
    """Put failed jobs in the queue again, with all their tries, and return how many; all where none is named."""
    failed = _failed(numbers)
    for one in failed:
        one.run_again(at or timezone.now())
    return len(failed)


@transaction.atomic
def dismiss(numbers):
    """Delete failed jobs that need not be done, and return how many; all where none is named."""
    failed = _failed(numbers)
    for one in failed:
        one.delete()
    return len(failed)


@job(tries=3)
def delete_done():
    """Delete the jobs that were done long ago; failed ones stay until somebody has seen to them."""
    Job.objects.done().filter(finished_at__lt=timezone.now() - KEPT).delete()


def _failed(numbers):
    failed = Job.objects.failed().select_for_update()
    if not numbers:
        return list(failed)
    found = {str(one.pk): one for one in failed.filter(pk__in=filter(None, map(_number, numbers)))}
    for number in numbers:
        if str(_number(number)) not in found:
            raise NotFailed(_("No job with the number %(number)s has failed.") % {"number": number})
    return list(found.values())


def _number(text):
    try:
        return UUID(str(text))
    except ValueError:
        return None
