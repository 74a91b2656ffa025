"""Which functions can be jobs, by Django's Tasks interface, and how a job is put in the queue."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

SHORT, LONG = "default", "long"


class GaveUp(Exception):
    """Raised by a job that no further try would help. The message says why, without names and addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task):
    """A function that can be a job, and how it is to be run.

    ``atomic``: it runs in a transaction together with the mark that it is done. One that waits for a network must not,
    since a transaction in SQLite keeps all others from writing; it has to bear being run twice. ``after_last`` is
    called with the same arguments and ``why``, in the transaction that marks the job as failed.
    """

    tries: int = 1
    atomic: bool = True
    after_last: Callable[..., None] | None = None


class Jobs(DatabaseBackend):
    """The queue in the hub's own database."""

    task_class = JobTask

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> Any:
        """Write the job's row in the caller's transaction. A job for no certain time is due now."""
        return DatabaseBackend.enqueue(self, task.using(run_after=task.run_after or timezone.now()), args, kwargs)


def job(*, tries=1, atomic=True, long=False, after_last=None):
    """Make a function of a module a job.

    ``long``: it takes minutes, so it runs outside a transaction, and beside the short ones, in a process of its own.
    """
    queue = LONG if long else SHORT
    return task(queue_name=queue, tries=tries, atomic=atomic and not long, after_last=after_last)


def enqueue(function, *args, at=None):
    """Put a job in the queue, in the caller's transaction, to be done at a time or as soon as can be."""
    return function.using(run_after=at).enqueue(*args)
