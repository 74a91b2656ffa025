from datetime import UTC, date, datetime

import pytest

from samspel.lake.notice import Deadline, Kind
from samspel.notices.notice.deadlines import acting_due, dues
from tests import make


def due(at):
    (found,) = dues([Deadline("tenders", at)])
    return found


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2025-04-22T10:00:00+01:00", "Tue 22 Apr 2025 at 11:00 (Central European Summer Time)"),
        ("2025-01-22T10:00:00Z", "Wed 22 Jan 2025 at 11:00 (Central European Standard Time)"),
        ("2025-04-22T10:00:00", "Tue 22 Apr 2025 at 10:00 (time zone not stated)"),
        ("2025-04-22", "22 Apr 2025"),
        ("2025-04-22+02:00", "22 Apr 2025"),
    ],
)
def test_a_moment_is_written_as_exactly_as_it_is_stated(at, words):
    assert due(at).words == words


@pytest.mark.parametrize(
    ("at", "now", "is_open"),
    [
        ("2025-04-22T10:00:00+02:00", datetime(2025, 4, 22, 7, 59, 59, tzinfo=UTC), True),
        ("2025-04-22T10:00:00+02:00", datetime(2025, 4, 22, 8, 0, 0, tzinfo=UTC), False),
        ("2025-04-22T10:00:00", datetime(2025, 4, 22, 7, 59, 59, tzinfo=UTC), True),
        ("2025-04-22T10:00:00", datetime(2025, 4, 22, 8, 0, 0, tzinfo=UTC), False),
        # A day lasts to its end in the hub's zone, two hours before midnight UTC in summer.
        ("2025-04-22", datetime(2025, 4, 22, 21, 59, tzinfo=UTC), True),
        ("2025-04-22", datetime(2025, 4, 22, 22, 0, tzinfo=UTC), False),
    ],
)
def test_a_deadline_is_open_until_it_is_reached(at, now, is_open):
    assert due(at).is_open(now) is is_open


def test_what_is_no_time_is_left_out():
    assert dues([Deadline("tenders", "soon"), Deadline("tenders", ""), Deadline("tenders", "2025-13-45")]) == []


def test_what_one_waits_for_depends_on_the_kind_and_is_the_last_of_it():
    deadlines = (
        Deadline("answers", "2025-01-01"),
        Deadline("interest", "2025-02-01"),
        Deadline("tenders", "2025-03-01"),
        Deadline("tenders", "2025-04-01"),
        Deadline("questions", "2025-05-01"),
    )

    found = {kind: acting_due(make.notice(kind=kind, deadlines=deadlines)) for kind in Kind}

    assert found[Kind.CONSULTATION].at == date(2025, 1, 1)
    assert found[Kind.PLANNING].at == date(2025, 2, 1)
    assert found[Kind.COMPETITION].at == date(2025, 4, 1)
    assert acting_due(make.notice(deadlines=deadlines[4:])) is None


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_that_the_zone_of_the_hub_cannot_show_is_left_out(at):
    assert dues([Deadline("tenders", at)]) == []
