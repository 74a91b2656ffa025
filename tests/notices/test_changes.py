from dataclasses import replace

import pytest

from samspel.lake.notice import Deadline
from samspel.notices.notice.changes import changes
from tests import make

BEFORE = make.notice(
    deadlines=(Deadline("tenders", "2025-04-12T10:00:00+02:00"),),
    estimated_value=make.money(8_000_000),
    framework="none",
    lots=(make.lot(), make.lot("LOT-0002")),
)
AT_TEN = "at 10:00 (Central European Summer Time)"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        (
            {"deadlines": (Deadline("tenders", "2025-04-22T10:00:00+02:00"),)},
            [f"Last day for tenders: now Tue 22 Apr 2025 {AT_TEN}, 10 days later."],
        ),
        (
            {"deadlines": (Deadline("tenders", "2025-04-11T10:00:00+02:00"),)},
            [f"Last day for tenders: now Fri 11 Apr 2025 {AT_TEN}, 1 day earlier."],
        ),
        (
            {"deadlines": (Deadline("tenders", "2025-04-12T12:00:00+02:00"),)},
            ["Last day for tenders: now Sat 12 Apr 2025 at 12:00 (Central European Summer Time), on the same day."],
        ),
        ({"deadlines": ()}, [f"Last day for tenders: Sat 12 Apr 2025 {AT_TEN} is no longer stated."]),
        (
            {"deadlines": (*BEFORE.deadlines, Deadline("questions", "2025-04-01"))},
            ["Last day for questions: 1 Apr 2025 is new."],
        ),
        ({"title": make.title("Nattillsyn")}, ["Title: now “Nattillsyn”, before “Digital nattillsyn”."]),
        ({"estimated_value": make.money(9_000_000)}, ["Estimated value: now SEK 9 million, before SEK 8 million."]),
        # one krona stands where a value must stand
        ({"estimated_value": make.money(1)}, ["Estimated value: no longer stated."]),
        ({"awarded_value": make.money(0)}, []),
        ({"framework": "fa"}, ["Kind of agreement: now Framework agreement, before No framework agreement."]),
        ({"estimated_value": None}, ["Estimated value: no longer stated."]),
        ({"awarded_value": make.money(500)}, ["Value: now SEK 500."]),
        ({"procedure": "open"}, ["Procedure: now Open procedure, before Negotiated, with a call for competition."]),
        ({"description": make.title("Longer")}, ["Description: reworded."]),
        ({"lots": (make.lot(),)}, ["Lots: now 1, before 2."]),
        ({"publication_number": "1-2025", "version": "02"}, []),
    ],
)
def test_what_changed_is_told_in_words(changed, words):
    assert [str(change).replace("\xa0", " ") for change in changes(BEFORE, replace(BEFORE, **changed))] == words
