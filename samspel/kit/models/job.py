"""Jobs as they stand in the queue: the rows of django-tasks-db, with what it lacks.

A job that is being done is leased: ``run_after`` is then the time from which another worker may take it. Each claim has
a name of its own, the last of ``worker_ids``; their number is the number of tries.
"""

from datetime import timedelta
from traceback import format_exception

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from samspel.kit.personal_data import NOTHING

# A worker that has not been heard of for so long is taken to be dead.
LEASE = timedelta(minutes=2)


class Lost(Exception):
    """The job is no longer this worker's: another took it when the lease had run out."""


class JobQuerySet(models.QuerySet):
    def due(self, at=None):
        """Narrow to what is to be done, and what a worker that died was doing; what was due first comes first."""
        reached = self.unfinished().filter(run_after__lte=at or timezone.now())
        return reached.order_by("-priority", "run_after", "enqueued_at")

    def unfinished(self):
        return self.filter(status__in=[Status.READY, Status.RUNNING])

    def failed(self):
        """Narrow to what was tried for the last time, newest first: it waits for somebody to run or dismiss it."""
        return self.filter(status=Status.FAILED).order_by("-finished_at")

    def done(self):
        return self.filter(status=Status.SUCCESSFUL)

    def take(self, worker, at):
        """Claim the job that has been due longest and return it, or None.

        Looks before it takes the lock that writing needs. Two workers never get the same: SQLite lets one write at a
        time, PostgreSQL passes over rows that another one holds.
        """
        if not self.due(at).exists():
            return None
        with transaction.atomic():
            job = self.due(at).select_for_update(skip_locked=True).first()
            if job:
                job.claim(worker, at)
        return job


class Job(DBTaskResult):
    """Something the hub does later."""

    objects = JobQuerySet.as_manager()
    # Arguments are ids. A traceback may quote a value; it goes with the job.
    personal = NOTHING

    class Meta:
        proxy = True

    @property
    def function(self):
        """The name of the function, without the package it is in."""
        return ".".join(self.task_path.split(".")[-2:])

    @property
    def tries(self):
        return len(self.worker_ids)

    @property
    def why(self):
        """The last line of what went wrong."""
        return (self.traceback.strip().splitlines() or [""])[-1]

    def claim(self, worker, at):
        """Lease the job to a worker; a try is counted when it begins, so that a job that kills its worker ends too."""
        self.status, self.started_at, self.run_after = Status.RUNNING, at, at + LEASE
        self.worker_ids = [*self.worker_ids, f"{worker}:{get_random_string(8)}"]
        self.save(update_fields=["status", "started_at", "run_after", "worker_ids"])

    def keep(self, at):
        """Say that the worker is alive."""
        held = Job.objects.filter(pk=self.pk, status=Status.RUNNING, worker_ids=self.worker_ids)
        held.update(run_after=at + LEASE)

    def hold(self):
        """Keep every other worker from the job until the transaction ends; raises Lost."""
        now = Job.objects.select_for_update().filter(pk=self.pk).first()
        if now is None or now.status != Status.RUNNING or now.worker_ids != self.worker_ids:
            raise Lost

    def finish(self, at, returned=None):
        self._end(Status.SUCCESSFUL, at, error=None, returned=returned)

    def fail(self, at, error):
        self._end(Status.FAILED, at, error=error)

    def put_off(self, until, error):
        """Let the job be tried again."""
        self.status, self.run_after = Status.READY, until
        self._note(error)
        self.save(update_fields=["status", "run_after", "exception_class_path", "traceback"])

    def let_go(self, at):
        """Give the job back as if it had not been begun: the worker was asked to end."""
        self.status, self.run_after, self.worker_ids = Status.READY, at, self.worker_ids[:-1]
        self.save(update_fields=["status", "run_after", "worker_ids"])

    def run_again(self, at):
        """Give a failed job all its tries again."""
        self.status, self.run_after, self.finished_at, self.worker_ids = Status.READY, at, None, []
        self.save(update_fields=["status", "run_after", "finished_at", "worker_ids"])

    def _end(self, status, at, *, error, returned=None):
        self.status, self.finished_at, self.return_value = status, at, returned
        self._note(error)
        self.save(update_fields=["status", "finished_at", "return_value", "exception_class_path", "traceback"])

    def _note(self, error):
        kind = type(error)
        self.exception_class_path = f"{kind.__module__}.{kind.__qualname__}" if error else ""
        self.traceback = "".join(format_exception(error)) if error else ""
