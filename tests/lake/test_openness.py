from datetime import UTC, date, datetime, timedelta

import pytest

from samspel.lake.notice import Deadline, Kind
from samspel.lake.search.openness import is_endless
from tests.lake.make_search import entry, found, index

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FAR = (Deadline("interest", "2099-01-01T12:00:00Z"),)


@pytest.mark.parametrize("day, answer", [(date(2035, 12, 31), False), (date(2036, 1, 1), True)])
def test_a_deadline_ten_years_ahead_stands_for_none(day, answer):
    assert is_endless(day, NOW) == answer


@pytest.mark.parametrize("kind", [Kind.COMPETITION, Kind.CONSULTATION, Kind.PLANNING])
def test_only_a_plan_without_a_deadline_closes_after_a_year(tmp_path, kind):
    year = timedelta(days=365)
    reader = index(
        tmp_path,
        entry("new", kind=kind, published_on=NOW.date() - year, deadlines=FAR),
        entry("old", kind=kind, published_on=NOW.date() - year - timedelta(days=1), deadlines=FAR),
        entry("undated", kind=kind, published_on=None, deadlines=FAR),
        entry("stated", kind=kind, published_on=date(2020, 1, 1), deadlines=(Deadline("interest", "2027-01-01"),)),
        entry("none", kind=kind),
    )

    still_open = sorted(found(reader, open_at=NOW))

    assert still_open == sorted({"new", "undated", "stated"} | ({"old"} if kind is not Kind.PLANNING else set()))
