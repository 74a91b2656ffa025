"""Jobs to try the worker with; the processes that tests start import them too."""

import time
from pathlib import Path

from samspel.kit import jobs
from samspel.organisations.models import Person


def add(person_id, letter):
    person = Person.objects.get(pk=person_id)
    person.name += letter
    person.save(update_fields=["name"])


@jobs.job()
def write(person_id, letter):
    add(person_id, letter)
    return letter


@jobs.job(tries=3)
def write_and_fail(person_id, letter):
    add(person_id, letter)
    raise ValueError("No more letters.")


@jobs.job(tries=3)
def give_up():
    raise jobs.GaveUp("There is nothing to do.")


def note_failure(person_id, why):
    add(person_id, f" ({why})")


@jobs.job(tries=2, after_last=note_failure)
def fail_and_tell(person_id):
    raise ValueError("Out of ink.")


@jobs.job()
def write_and_hang_once(person_id, file):
    """Write, and the first time hang in the middle of it."""
    add(person_id, "x")
    _hang_once(file)


@jobs.job(long=True)
def hang_once_and_write(person_id, file):
    _hang_once(file)
    add(person_id, "x")


@jobs.job(atomic=False)
def write_slowly(person_id, file):
    Path(file).touch()
    time.sleep(1)
    add(person_id, "x")


def _hang_once(file):
    if not Path(file).exists():
        Path(file).touch()
        time.sleep(600)
