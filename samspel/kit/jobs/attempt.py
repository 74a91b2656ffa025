"""One try of one job."""

import logging
import random
import threading
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tasks.utils import normalize_json

from samspel.kit.jobs.tasks import GaveUp
from samspel.kit.jobs.waits import wait_after
from samspel.kit.models.job import LEASE, Lost

logger = logging.getLogger(__name__)

# Workers that may die over one job, also where it is tried but once: a kill is seldom the job's own fault.
DEATHS = 3


class Stopped(BaseException):
    """The worker was asked to end, and the job did not come to its end in time."""


class WorkerDied(Exception):
    """The job was begun again and again by workers that did not live to end it."""


def attempt(job, clock=timezone.now):
    """Do a job that was claimed, and settle what became of it: done, to be tried again, or failed."""
    try:
        task = job.task
        _refuse_deadly(job, task)
        if task.atomic:
            _in_one_transaction(job, task, clock)
        else:
            _outside_a_transaction(job, task, clock)
    except Lost:
        logger.warning("%s (%s) took longer than its lease and was taken over", job.function, job.pk)
    except Stopped:
        _give_back(job, clock())
        raise
    except Exception as error:  # noqa: BLE001 (whatever a job raises is the job's end, not the worker's)
        _settle(job, error, clock())


def _refuse_deadly(job, task):
    if job.tries > max(task.tries, DEATHS):
        raise WorkerDied("Each worker that began the job died before it was done.")


def _in_one_transaction(job, task, clock):
    with transaction.atomic():
        job.hold()
        job.finish(clock(), _called(job, task))


def _outside_a_transaction(job, task, clock):
    with _kept(job, clock):
        returned = _called(job, task)
    with transaction.atomic():
        job.hold()
        job.finish(clock(), returned)


def _called(job, task):
    return normalize_json(task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"]))


@contextmanager
def _kept(job, clock):
    """Renew the lease from a thread for as long as the job takes."""
    ended = threading.Event()
    renewer = threading.Thread(target=_renew, args=(job, clock, ended), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        ended.set()
        renewer.join()


def _renew(job, clock, ended):
    while not ended.wait(LEASE.total_seconds() / 6):
        try:
            job.keep(clock())
        except DatabaseError:
            logger.warning("The lease of %s (%s) could not be renewed", job.function, job.pk, exc_info=True)
    connection.close()


def _give_back(job, at):
    try:
        with transaction.atomic():
            job.hold()
            job.let_go(at)
    except Lost:
        pass


def _settle(job, error, at):
    """Put a job off, or mark it as failed where it was the last try or none would help."""
    task = _task(job)
    try:
        with transaction.atomic():
            job.hold()
            if task and job.tries < task.tries and not isinstance(error, GaveUp):
                until = at + wait_after(job.tries, random.random())  # noqa: S311 (chance spreads, and guards nothing)
                job.put_off(until, error)
                logger.warning("%s (%s) failed and is tried again at %s: %s", job.function, job.pk, until, error)
            else:
                _tell(job, task, error)
                job.fail(at, error)
                logger.error("%s (%s) failed for the last time", job.function, job.pk, exc_info=error)
    except Lost:
        logger.warning("%s (%s) failed, but another worker had taken it over", job.function, job.pk)


def _task(job):
    """Return what the job is to do, or None: the function may be gone with an earlier version of the hub."""
    try:
        return job.task
    except Exception:  # noqa: BLE001 (a path that leads nowhere fails in many ways)
        return None


def _tell(job, task, error):
    """Let the job's own app note that it failed. Where even that fails, the job is failed all the same."""
    if task is None or task.after_last is None:
        return
    try:
        with transaction.atomic():
            task.after_last(*job.args_kwargs["args"], why=str(error))
    except Exception:
        logger.exception("What follows the failure of %s (%s) failed too", job.function, job.pk)
