import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samspel.kit import jobs
from samspel.kit.jobs import actions
from samspel.kit.jobs.attempt import Stopped, attempt
from samspel.kit.jobs.waits import wait_after
from samspel.kit.jobs.worker import Worker
from samspel.kit.models import Job
from samspel.kit.models.job import LEASE
from tests import make
from tests.kit import trial_jobs

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)


def worker(at=NOON):
    return Worker(queues=("default", "long"), clock=lambda: at)


def states():
    return [(job.function, job.status, job.tries) for job in Job.objects.order_by("enqueued_at")]


def test_a_job_is_done_with_its_arguments_and_says_so():
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write, person.pk, "a")

    count = worker().run_due()

    person.refresh_from_db()
    (job,) = Job.objects.all()
    assert (count, person.name) == (1, "a")
    assert (job.status, job.finished_at, job.return_value, job.tries) == ("SUCCESSFUL", NOON, "a", 1)


def test_nothing_is_enqueued_where_the_transaction_is_rolled_back():
    with transaction.atomic():
        jobs.enqueue(trial_jobs.write, 1, "a")
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_what_was_due_first_is_done_first_and_what_is_not_due_waits():
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write, person.pk, "b", at=NOON - timedelta(minutes=1))
    jobs.enqueue(trial_jobs.write, person.pk, "c", at=NOON)
    jobs.enqueue(trial_jobs.write, person.pk, "a", at=NOON - timedelta(minutes=2))
    jobs.enqueue(trial_jobs.write, person.pk, "d", at=NOON + timedelta(seconds=1))

    worker().run_due()

    person.refresh_from_db()
    assert person.name == "abc"


def test_a_job_that_fails_leaves_nothing_and_is_tried_again_later():
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write_and_fail, person.pk, "a")

    worker().run_due()

    person.refresh_from_db()
    (job,) = Job.objects.all()
    assert (person.name, job.status, job.why) == ("", "READY", "ValueError: No more letters.")
    assert timedelta(seconds=30) <= job.run_after - NOON <= timedelta(seconds=36)


def test_after_the_last_try_the_job_is_failed_and_can_be_run_again():
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write_and_fail, person.pk, "a")

    for hours in (0, 1, 2, 3):
        worker(NOON + timedelta(hours=hours)).run_due()
    failed = states()
    actions.run_again([], at=NOON)

    assert failed == [("trial_jobs.write_and_fail", "FAILED", 3)]
    assert states() == [("trial_jobs.write_and_fail", "READY", 0)]


def test_a_job_that_gives_up_is_not_tried_again():
    jobs.enqueue(trial_jobs.give_up)

    worker().run_due()

    assert states() == [("trial_jobs.give_up", "FAILED", 1)]


def test_the_last_failure_is_told_to_the_app_whose_job_it_is():
    person = make.person(name="Kari")
    jobs.enqueue(trial_jobs.fail_and_tell, person.pk)

    worker().run_due()
    person.refresh_from_db()
    after_the_first = person.name
    worker(NOON + timedelta(hours=1)).run_due()

    person.refresh_from_db()
    assert (after_the_first, person.name) == ("Kari", "Kari (Out of ink.)")


def test_where_even_that_fails_the_job_is_failed_all_the_same():
    jobs.enqueue(trial_jobs.fail_and_tell, 0)

    worker().run_due()
    worker(NOON + timedelta(hours=1)).run_due()

    assert states() == [("trial_jobs.fail_and_tell", "FAILED", 2)]


def test_a_job_whose_function_is_gone_is_failed_and_says_why():
    jobs.enqueue(trial_jobs.give_up)
    Job.objects.update(task_path="tests.kit.trial_jobs.gone")

    worker().run_due()

    (job,) = Job.objects.failed()
    assert "gone" in job.why


def test_the_waits_grow_to_six_hours_and_are_spread_by_a_fifth():
    plain = [wait_after(tries, 0).total_seconds() for tries in range(1, 9)]

    assert plain == [30, 120, 480, 1920, 7680, 21600, 21600, 21600]
    assert wait_after(1, 1) == timedelta(seconds=36)
    assert wait_after(10_000, 0) == timedelta(hours=6)


def test_a_job_is_leased_and_taken_by_another_only_when_the_lease_has_run_out():
    jobs.enqueue(trial_jobs.give_up)

    first = Job.objects.take("one", NOON)
    too_early = Job.objects.take("two", NOON + LEASE - timedelta(seconds=1))
    second = Job.objects.take("two", NOON + LEASE)

    assert (first.pk, too_early, second.tries) == (second.pk, None, 2)


def test_a_worker_that_is_alive_keeps_its_lease():
    jobs.enqueue(trial_jobs.give_up)
    job = Job.objects.take("one", NOON)

    job.keep(NOON + LEASE / 2)

    assert Job.objects.take("two", NOON + LEASE) is None


def test_a_worker_that_lost_its_lease_changes_nothing():
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write, person.pk, "a")
    lost = Job.objects.take("one", NOON)
    Job.objects.take("two", NOON + LEASE)

    attempt(lost, lambda: NOON)

    person.refresh_from_db()
    assert (person.name, states()) == ("", [("trial_jobs.write", "RUNNING", 2)])


def test_a_job_that_kills_its_workers_is_failed_in_the_end():
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write, person.pk, "a")
    for times in range(3):
        Job.objects.take("one", NOON + times * LEASE)

    worker(NOON + 3 * LEASE).run_due()

    (job,) = Job.objects.failed()
    person.refresh_from_db()
    assert (person.name, job.why.partition(": ")[2]) == ("", "Each worker that began the job died before it was done.")


def test_a_job_that_was_interrupted_is_given_back_as_if_it_had_not_begun(monkeypatch):
    person = make.person(name="")
    jobs.enqueue(trial_jobs.write, person.pk, "a")
    job = Job.objects.take("one", NOON)

    def interrupted(person_id, letter):
        raise Stopped

    monkeypatch.setattr(trial_jobs, "add", interrupted)
    with pytest.raises(Stopped):
        attempt(job, lambda: NOON)

    assert states() == [("trial_jobs.write", "READY", 0)]


def test_done_jobs_are_deleted_after_thirty_days_and_failed_ones_kept():
    person = make.person(name="")
    for _ in range(2):
        jobs.enqueue(trial_jobs.write, person.pk, "a")
    jobs.enqueue(trial_jobs.give_up)
    worker(timezone.now() + timedelta(minutes=1)).run_due()
    old = timezone.now() - timedelta(days=31)
    Job.objects.failed().update(finished_at=old)
    Job.objects.filter(pk=Job.objects.done().first().pk).update(finished_at=old)

    actions.delete_done.func()

    assert sorted(states()) == [("trial_jobs.give_up", "FAILED", 1), ("trial_jobs.write", "SUCCESSFUL", 1)]


def test_only_failed_jobs_are_run_again_or_dismissed():
    waiting = jobs.enqueue(trial_jobs.give_up)

    for number in (waiting.id, "nonsense"):
        with pytest.raises(actions.NotFailed, match=f"No job with the number {number} has failed"):
            actions.run_again([number])
        with pytest.raises(actions.NotFailed):
            actions.dismiss([number])
    worker().run_due()
    count = actions.dismiss([waiting.id])

    assert (count, states()) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_several_workers_do_each_job_once():
    person = make.person(name="")
    for number in range(40):
        jobs.enqueue(trial_jobs.write, person.pk, chr(ord("A") + number))
    start, faults = threading.Barrier(4), []

    def work():
        try:
            start.wait()
            worker().run_due()
        except Exception as fault:  # noqa: BLE001 (the test is about every kind)
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    done = Job.objects.done()
    assert (faults, sorted(job.return_value for job in done)) == ([], [chr(ord("A") + number) for number in range(40)])
    assert {job.tries for job in done} == {1}
