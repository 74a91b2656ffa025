"""Builders for tests of the lake. Each makes the smallest valid thing; pass only what the test is about."""

from datetime import UTC, date, datetime
from itertools import count

from samspel.lake import load
from samspel.lake.notice import Buyer, Kind, Notice, Text
from samspel.lake.store import Lake

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_number = count(1)


def notice(**fields):
    """A competition published by an invented buyer, numbered so that no two are the same."""
    n = next(_number)
    defaults = {
        "source": "ted",
        "identifier": f"00000000-0000-4000-8000-{n:012d}",
        "version": "01",
        "format": "eforms-sdk-1.13",
        "kind": Kind.COMPETITION,
        "published_on": date(2025, 1, 1),
        "language": "sv",
        "title": (Text("sv", f"Upphandling {n}"),),
        "buyers": (Buyer("Lillånäs kommun", "2120001234", "SE"),),
    }
    return Notice(**defaults | fields)


def lake(folder, *notices):
    """A lake that holds these notices."""
    made = Lake(folder)
    load.load_records(made, notices, at=NOW)
    return made


def day(text):
    return date.fromisoformat(text)
