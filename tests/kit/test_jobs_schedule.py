import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from samspel.kit.jobs import Scheduled
from samspel.kit.jobs.due import enqueue_scheduled
from samspel.kit.models import Job, ScheduleMark
from samspel.kit.registry import Registry
from tests.kit import trial_jobs

NIGHT = Scheduled("night", trial_jobs.give_up, at="02:30")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def schedule(*items):
    registry = Registry()
    for item in items:
        registry.add(item)
    return registry


def enqueued():
    return list(Job.objects.order_by("run_after").values_list("run_after", flat=True))


def follow(begin, end, step, *items):
    """Look at the schedule again and again, as workers do."""
    registry, now = schedule(*items), begin
    while now <= end:
        enqueue_scheduled(now, registry)
        now += step


def test_a_schedule_says_when_or_how_often():
    for wrong in ({}, {"at": "02:30", "every": timedelta(hours=1)}):
        with pytest.raises(ValueError, match="one of the two"):
            Scheduled("wrong", trial_jobs.give_up, **wrong)


@pytest.mark.django_db
def test_a_daily_job_is_enqueued_once_a_day_at_the_hubs_own_time():
    follow(utc(2030, 6, 1, 12), utc(2030, 6, 3, 12), timedelta(minutes=7), NIGHT)

    assert enqueued() == [utc(2030, 6, 2, 0, 30), utc(2030, 6, 3, 0, 30)]


@pytest.mark.django_db
def test_the_night_the_clocks_go_forward_has_one_too():
    # Sweden, 31 March 2030: 02:30 does not exist; it is done at 03:30, which is 01:30 UTC.
    follow(utc(2030, 3, 30, 12), utc(2030, 4, 1, 12), timedelta(minutes=7), NIGHT)

    assert enqueued() == [utc(2030, 3, 31, 1, 30), utc(2030, 4, 1, 0, 30)]


@pytest.mark.django_db
def test_the_night_the_clocks_go_back_has_only_one():
    # Sweden, 27 October 2030: 02:30 comes twice, at 00:30 and 01:30 UTC.
    follow(utc(2030, 10, 26, 12), utc(2030, 10, 28, 12), timedelta(minutes=7), NIGHT)

    assert enqueued() == [utc(2030, 10, 27, 0, 30), utc(2030, 10, 28, 1, 30)]


@pytest.mark.django_db
def test_a_job_that_comes_every_so_often_keeps_its_beat():
    often = Scheduled("often", trial_jobs.give_up, every=timedelta(hours=6))

    follow(utc(2030, 6, 1, 1), utc(2030, 6, 2, 1), timedelta(minutes=11), often)

    assert enqueued() == [utc(2030, 6, 1, 6), utc(2030, 6, 1, 12), utc(2030, 6, 1, 18), utc(2030, 6, 2, 0)]


@pytest.mark.django_db
def test_what_was_due_while_no_worker_ran_is_done_once():
    enqueue_scheduled(utc(2030, 6, 1, 12), schedule(NIGHT))

    keys = enqueue_scheduled(utc(2030, 6, 8, 12), schedule(NIGHT))

    assert (keys, enqueued()) == (["night"], [utc(2030, 6, 8, 0, 30)])


@pytest.mark.django_db
def test_a_new_schedule_does_not_make_up_for_the_past():
    keys = enqueue_scheduled(utc(2030, 6, 1, 12), schedule(NIGHT))

    assert (keys, enqueued()) == ([], [])


@pytest.mark.django_db
def test_where_nothing_is_due_nothing_is_written(django_assert_num_queries):
    enqueue_scheduled(utc(2030, 6, 1, 12), schedule(NIGHT))

    with django_assert_num_queries(1):
        enqueue_scheduled(utc(2030, 6, 1, 13), schedule(NIGHT))


@pytest.mark.django_db(transaction=True)
def test_several_workers_enqueue_what_is_due_once():
    ScheduleMark.objects.create(key="night", due_at=utc(2030, 6, 1, 0, 30))
    start, faults = threading.Barrier(5), []

    def look():
        try:
            start.wait()
            enqueue_scheduled(utc(2030, 6, 2, 12), schedule(NIGHT))
        except Exception as fault:  # noqa: BLE001 (the test is about every kind)
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (faults, enqueued()) == ([], [utc(2030, 6, 2, 0, 30)])
