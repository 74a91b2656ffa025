"""The worker: does what is due, oldest first, until it is asked to end."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from samspel.kit.jobs.attempt import Stopped, attempt
from samspel.kit.jobs.due import enqueue_scheduled
from samspel.kit.jobs.tasks import LONG, SHORT
from samspel.kit.models import Job

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks, where nothing is due
AFTER_TROUBLE = 5.0  # seconds, where the database cannot be asked
GRACE = 10.0  # seconds that a job gets to come to its end when the worker is asked to


class Worker:
    """Does short jobs itself, and has a process of its own do the long ones, so that no mail waits for a harvest.

    ``queues`` says which jobs it does itself.
    """

    def __init__(self, queues=(SHORT,), clock=timezone.now):
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._queues, self._clock = queues, clock
        self._ended = threading.Event()
        self._beside = None
        # A long job is not over in so short a time.
        self._grace = GRACE if SHORT in queues else 0.1

    def run(self):
        """Work until asked to end, and let the job at hand come to its end first."""
        try:
            while not self._ended.is_set():
                self._ended.wait(self._look())
        except Stopped:
            logger.warning("A job was given back, to be done by another worker")
        finally:
            # No job is at hand that could be interrupted.
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._end_beside()

    def run_due(self):
        """Do all that is due, and return how many jobs were tried."""
        count = 0
        try:
            while not self._ended.is_set() and self.step():
                count += 1
        except Stopped:
            logger.warning("A job was given back, to be done by another worker")
        return count

    def step(self):
        """Enqueue what the schedule asks for, try the job that has been due longest, and say whether there was one."""
        now = self._clock()
        enqueue_scheduled(now)
        job = Job.objects.filter(queue_name__in=self._queues).take(self.name, now)
        if job is None:
            return False
        attempt(job, self._clock)
        return True

    def listen(self):
        """End when this process is asked to (SIGTERM, SIGINT)."""
        signal.signal(signal.SIGTERM, self._asked_to_end)
        signal.signal(signal.SIGINT, self._asked_to_end)
        signal.signal(signal.SIGALRM, _interrupt)

    def _look(self):
        """Do one job, and return the seconds to wait before the next look."""
        try:
            close_old_connections()
            if LONG not in self._queues:
                self._see_to_long_jobs()
            return 0 if self.step() else PAUSE
        except (OperationalError, InterfaceError):
            logger.exception("The database cannot be asked; the worker goes on when it can")
            connection.close()
            return AFTER_TROUBLE

    def _see_to_long_jobs(self):
        if self._beside is not None and self._beside.poll() is None:
            return
        self._beside = None
        if Job.objects.filter(queue_name=LONG).due(self._clock()).exists():
            self._beside = subprocess.Popen(command("--once", "--long"))  # noqa: S603 (fixed words)

    def _end_beside(self):
        if self._beside is None:
            return
        self._beside.terminate()
        try:
            self._beside.wait(GRACE + 5)
        except subprocess.TimeoutExpired:
            self._beside.kill()
            self._beside.wait()

    def _asked_to_end(self, number, frame):
        if not self._ended.is_set():
            self._ended.set()
            signal.setitimer(signal.ITIMER_REAL, self._grace)


def command(*options):
    """Return the words that start a worker which ends when this process does."""
    samspel = str(Path(sys.executable).with_name("samspel"))
    return [samspel, "work", "--beside", str(os.getpid()), *options]


def end_with(process):
    """Ask this process to end as soon as the one that started it is gone, however it went."""

    def watch():
        while os.getppid() == process:
            time.sleep(PAUSE)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _interrupt(number, frame):
    raise Stopped
