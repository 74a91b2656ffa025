"""The worker as a process of its own, killed and asked to end."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from samspel.kit import jobs
from samspel.kit.jobs.worker import Worker
from samspel.kit.models import Job
from samspel.kit.models.job import LEASE
from tests import make
from tests.kit import trial_jobs

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
SAMSPEL = Path(sys.executable).with_name("samspel")


def environment():
    """Let a process use this test's database."""
    facts = connection.settings_dict
    url = f"sqlite:///{facts['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**{**facts, "PORT": facts["PORT"] or 5432})
    plain = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT), "SAMSPEL_ENV_FILE": os.devnull}
    return {**plain, "DJANGO_SETTINGS_MODULE": "samspel.settings"}


@contextmanager
def process(*words):
    started = subprocess.Popen([str(SAMSPEL), "work", *words], env=environment(), cwd=ROOT)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def until(true, seconds=90):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def name_of(person):
    person.refresh_from_db()
    return person.name


def later():
    return Worker(queues=("default", "long"), clock=lambda: timezone.now() + LEASE + timedelta(seconds=1))


@pytest.mark.parametrize("job", [trial_jobs.write_and_hang_once, trial_jobs.hang_once_and_write])
def test_a_job_whose_worker_is_killed_half_way_is_found_again_and_done_once(tmp_path, job):
    person, begun = make.person(name=""), tmp_path / "begun"
    jobs.enqueue(job, person.pk, str(begun))
    with process("--once") as killed:
        until(begun.exists)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    after_the_kill, in_the_lease = name_of(person), Worker(queues=("default", "long")).run_due()

    until(lambda: later().run_due() == 1)

    (done,) = Job.objects.all()
    assert (after_the_kill, in_the_lease, name_of(person)) == ("", 0, "x")
    assert (done.status, done.tries) == ("SUCCESSFUL", 2)


def test_a_worker_that_is_asked_to_end_lets_its_job_come_to_an_end(tmp_path):
    person, begun = make.person(name=""), tmp_path / "begun"
    jobs.enqueue(trial_jobs.write_slowly, person.pk, str(begun))

    with process() as worker:
        until(begun.exists)
        worker.terminate()
        code = worker.wait(30)

    assert (code, name_of(person)) == (0, "x")
    assert [job.status for job in Job.objects.all()] == ["SUCCESSFUL"]


def test_a_long_job_does_not_keep_the_short_ones_waiting_and_is_given_back_in_the_end(tmp_path):
    person, begun = make.person(name=""), tmp_path / "begun"
    jobs.enqueue(trial_jobs.hang_once_and_write, person.pk, str(begun))

    with process() as worker:
        until(begun.exists)
        jobs.enqueue(trial_jobs.write, person.pk, "a")
        until(lambda: name_of(person) == "a")
        worker.terminate()
        code = worker.wait(60)

    (given_back,) = Job.objects.filter(queue_name="long")
    assert (code, given_back.status, given_back.tries) == (0, "READY", 0)


def test_a_worker_ends_with_the_process_it_runs_beside():
    starts = "import os, subprocess, sys, time; "
    starts += "worker = subprocess.Popen([sys.argv[1], 'work', '--beside', str(os.getpid())]); "
    starts += "print(worker.pid, flush=True); time.sleep(600)"
    server = subprocess.Popen(
        [sys.executable, "-c", starts, str(SAMSPEL)], env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with server:
        worker = int(server.stdout.readline())
        is_there = runs(worker)
        server.kill()

    assert is_there
    until(lambda: not runs(worker))


def runs(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
