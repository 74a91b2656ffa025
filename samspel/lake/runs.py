"""What was run and how it went, one line per run, and what those lines say about days that are missing.

The lines stand in ``runs.jsonl``. A process killed while it writes leaves a broken last line; it is skipped when read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

FILE = "runs.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """One harvest or load, from start to end."""

    source: str  # ted, doffin, uhm; "files" for a load of files from several sources
    started_at: datetime  # with its zone
    ended_at: datetime
    outcome: str  # complete · partial (something was missed) · stopped (before the end)
    counts: Mapping[str, int] = field(default_factory=dict)
    message: str = ""
    scope: str = ""  # what was asked for, "NO,SE": only runs of one scope can be compared
    days: Mapping[date, int] = field(default_factory=dict)  # the source's own number of notices per day
    kind: str = "harvest"  # harvest · load


@dataclass(frozen=True, slots=True)
class Gap:
    """A day with far fewer notices than its weekday usually has, or one nobody asked for."""

    source: str
    scope: str
    day: date
    notices: int | None  # None: never asked for
    usual: float


def append(folder: Path, run: Run) -> None:
    """Add one run to the folder's list, durably."""
    folder.mkdir(parents=True, exist_ok=True)
    record = asdict(run) | {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat(),
        "days": {day.isoformat(): number for day, number in sorted(run.days.items())},
    }
    line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
    with (folder / FILE).open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        is_torn = size > 0 and file.read(1) != b"\n"
        file.write(b"\n" + line if is_torn else line)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> tuple[Run, ...]:
    """Return the folder's runs, oldest first; lines that are no runs are skipped."""
    if not (folder / FILE).exists():
        return ()
    lines = (folder / FILE).read_bytes().splitlines()
    return tuple(run for line in lines if (run := _run(line)) is not None)


def _run(line: bytes) -> Run | None:
    try:
        record = json.loads(line)
        moments = {name: datetime.fromisoformat(record[name]) for name in ("started_at", "ended_at")}
        days = {date.fromisoformat(day): int(number) for day, number in record["days"].items()}
        return Run(**(record | moments | {"days": days}))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def per_day(runs: Iterable[Run]) -> dict[tuple[str, str], dict[date, int]]:
    """Return per source and scope the number of notices of each day, as the latest run that asked found it."""
    found: dict[tuple[str, str], dict[date, int]] = {}
    for run in sorted(runs, key=lambda run: run.started_at):
        if run.days:
            found.setdefault((run.source, run.scope), {}).update(run.days)
    return found


def usual(runs: Iterable[Run]) -> dict[tuple[str, str, int], float]:
    """Return per source, scope and weekday (Monday 0) the median number of notices."""
    numbers: dict[tuple[str, str, int], list[int]] = {}
    for (source, scope), days in per_day(runs).items():
        for day, number in days.items():
            numbers.setdefault((source, scope, day.weekday()), []).append(number)
    return {key: float(median(found)) for key, found in numbers.items()}


def gaps(runs: Iterable[Run], until: date, *, below: float = 0.5, least: float = 5.0) -> tuple[Gap, ...]:
    """Return the days from each source's first to ``until`` that are missing or far below usual, in order.

    A day is far below when it has less than ``below`` of what is usual on its weekday. Weekdays on which fewer than
    ``least`` notices are usual (weekends) are never a gap, nor are those no run has seen yet.
    """
    runs = tuple(runs)
    is_usual = usual(runs)
    found = []
    for (source, scope), days in sorted(per_day(runs).items()):
        for day in _days(min(days), until):
            expected = is_usual.get((source, scope, day.weekday()), 0.0)
            number = days.get(day)
            if expected >= least and (number is None or number < below * expected):
                found.append(Gap(source, scope, day, number, expected))
    return tuple(found)


def _days(since: date, until: date) -> Iterable[date]:
    return (since + timedelta(days=n) for n in range((until - since).days + 1))
