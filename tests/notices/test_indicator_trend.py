from datetime import date

import pytest

from samspel.lake.notice import Marks
from tests import make
from tests.notices.indicator_lake import MARKED, text_of


def bought(year, marked, base):
    return [
        make.notice(marks=MARKED if place < marked else Marks(), published_on=date(year, 3, 1)) for place in range(base)
    ]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (((1, 40), (20, 40)), "Yes, as a share: 2.5 per cent in 2023, 50 per cent in 2024."),
        (((20, 40), (1, 40)), "No, as a share it falls: 50 per cent in 2023, 2.5 per cent in 2024."),
        (((4, 20), (5, 20)), "No more than chance can explain: 20 per cent in 2023, 25 per cent in 2024."),
        (((0, 20), (0, 20)), "No: 0 per cent in 2023 and 0 per cent in 2024."),
        (((4, 19), (5, 20)), "That cannot be said: fewer than two whole years have a base of 20 or more."),
    ],
)
def test_a_page_says_whether_it_grows(client, home, time_machine, counts, words):
    time_machine.move_to("2026-01-15T12:00:00Z")
    make.lake(home.lake, *bought(2023, *counts[0]), *bought(2024, *counts[1]), *bought(2026, 30, 30))

    assert f"Is it growing? {words}" in text_of(client.get("/indicators/declared/"))


def test_years_before_a_break_are_not_compared_with_those_after_it(client, home, time_machine):
    time_machine.move_to("2026-01-15T12:00:00Z")
    make.lake(home.lake, *bought(2022, 1, 20), *bought(2023, 20, 20))

    page = text_of(client.get("/indicators/declared/"))

    assert (
        "Is it growing? That cannot be said: since the break at 2023, fewer than two whole years have a base of 20 or "
        "more."
    ) in page
