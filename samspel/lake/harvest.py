"""Fetch what a source published and the hub does not have yet: resumable, never half a day, never a document twice.

Each day has a file in the state folder that says which documents are kept and whether the day is complete. It is
written after a document was handed to ``keep``, by rename: a run that is killed goes on where it was. Killed between
the two, it fetches that one document again.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from samspel.lake import runs
from samspel.lake.sources import Document, Listing, Missed, Source, Stopped

Keep = Callable[[str, bytes], None]
Progress = Callable[[date, int, int], None]  # the day, documents kept of it, documents it has


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be fetched, and why."""

    identifier: str
    why: str


@dataclass(slots=True)
class HarvestReport:
    """What a harvest did. ``asked`` = fetched + skipped + failed, and what a stopped run did not reach."""

    source: str
    since: date
    until: date
    scope: str  # "NO,SE"; "all"
    days: int = 0  # days that are complete now
    asked: int = 0  # documents the source lists on the days asked for
    fetched: int = 0
    skipped: int = 0  # kept by an earlier run
    failed: list[Failed] = field(default_factory=list)
    per_day: dict[date, int] = field(default_factory=dict)  # documents the source lists, for each day asked for
    not_whole: list[date] = field(default_factory=list)  # the source announced more than it listed
    outcome: str = "complete"  # complete · partial · stopped
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON knows it."""
        return asdict(self) | {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "per_day": {day.isoformat(): number for day, number in self.per_day.items()},
            "not_whole": [day.isoformat() for day in self.not_whole],
        }


class _Day:
    """What is done of one day."""

    def __init__(self, folder: Path, day: date) -> None:
        self.day = day
        self._path = folder / f"{day}.json"
        try:
            state = json.loads(self._path.read_bytes())
            self.kept: set[str] = set(state["kept"])
            self._complete: dict[str, str] = dict(state["complete"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            self.kept, self._complete = set(), {}  # keeping again what was kept does no harm

    def is_settled(self, scope: str, settles: int) -> bool:
        """Whether the day was complete at a time when its list no longer grew."""
        completed_on = self._complete.get(scope)
        return completed_on is not None and date.fromisoformat(completed_on) > self.day + timedelta(days=settles)

    def add(self, identifier: str) -> None:
        self.kept.add(identifier)
        # Not forced to the disk: after a power cut the day is fetched again, which does no harm.
        self._write(durably=False)

    def complete(self, scope: str, today: date) -> None:
        self._complete[scope] = today.isoformat()
        self._write(durably=True)

    def _write(self, *, durably: bool) -> None:
        part = self._path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"kept": list(self.kept), "complete": self._complete}))
            if durably:
                file.flush()
                os.fsync(file.fileno())
        part.replace(self._path)


def harvest(
    source: Source,
    *,
    since: date,
    until: date,
    countries: Sequence[str],
    keep: Keep,
    state: Path,
    progress: Progress | None = None,
    span: int = 31,
    misses: int = 10,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> HarvestReport:
    """Fetch every document of the days from ``since`` to ``until`` that is not kept yet, and append a run.

    ``countries`` are ISO 3166 alpha-2, none means all. ``keep`` gets a name ("123456-2026.xml") and the bytes, and
    returns when they are stored durably. ``span`` days are listed at a time; ``misses`` documents missed in a row end
    the run. A source that stops, or a full disk, ends the run with outcome "stopped" and the reason; whatever else goes
    wrong is raised after the run was appended. Days whose list still grows are asked for again by every run, days to
    come by none.
    """
    scope = ",".join(sorted(set(countries))) or "all"
    report = HarvestReport(source.name, since, until, scope)
    work = _Harvest(source, countries, keep, state / source.name, report, progress or _silent, misses, now)
    started_at = now()
    report.outcome, report.message = "stopped", "The run was interrupted."
    try:
        with _alone(work.folder):
            for start, end in _spans(since, min(until, started_at.date()), span):
                work.span(start, end)
        report.outcome, report.message = _verdict(report)
    except Stopped as stopped:
        report.message = str(stopped)
    except OSError as error:
        report.message = f"A notice could not be stored: {error.strerror or error}."
    finally:
        runs.append(state, _run(report, started_at, now()))
    return report


def keep_file(path: Path, data: bytes) -> None:
    """Write a document so that it is there, whole, when this returns: the simplest ``keep``.

    It is written beside the folder first, so that whoever reads the folder never meets half a document.
    """
    part = path.parent.with_name(f"{path.parent.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _silent(day: date, kept: int, documents: int) -> None:
    """Show nothing."""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; a lock of a killed process is gone with it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stopped("Another harvest of this source is running.") from error
        for left in folder.glob("harvest-*"):
            shutil.rmtree(left)
        yield


def _spans(since: date, until: date, span: int) -> Iterator[tuple[date, date]]:
    while since <= until:
        end = min(until, since + timedelta(days=span - 1))
        yield since, end
        since = end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Harvest:
    """A harvest under way."""

    source: Source
    countries: Sequence[str]
    keep: Keep
    folder: Path
    report: HarvestReport
    progress: Progress
    misses: int
    now: Callable[[], datetime]

    def span(self, start: date, end: date) -> None:
        """List the days that are not settled yet and fetch what is missing of them."""
        all_days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        days = {day: _Day(self.folder, day) for day in all_days}
        kept = set[str]().union(*(done.kept for done in days.values()))
        wanted = [day for day in all_days if not days[day].is_settled(self.report.scope, self.source.settles)]
        self.report.days += len(all_days) - len(wanted)
        if not wanted:
            return
        for listing in self.source.listings(wanted[0], wanted[-1], self.countries):
            if listing.day in wanted and self._day(listing, days[listing.day], kept):
                days[listing.day].complete(self.report.scope, self.now().date())
                self.report.days += 1

    def _day(self, listing: Listing, done: _Day, kept: set[str]) -> bool:
        """Fetch what is missing of one day; return whether the day is complete."""
        missing = [document for document in listing.documents if document.identifier not in kept]
        self.report.per_day[listing.day] = len(listing.documents)
        self.report.asked += len(listing.documents)
        self.report.skipped += len(listing.documents) - len(missing)
        in_a_row = 0
        for document, result in self._fetched(missing):
            if isinstance(result, Missed):
                in_a_row += 1
                self._miss(document, result, in_a_row)
                continue
            in_a_row = 0
            self.keep(f"{document.identifier}.xml", result)
            done.add(document.identifier)
            kept.add(document.identifier)
            self.report.fetched += 1
            self.progress(listing.day, len(done.kept), len(listing.documents))
        if not listing.is_whole:
            self.report.not_whole.append(listing.day)
        return listing.is_whole and all(document.identifier in kept for document in listing.documents)

    def _fetched(self, missing: Sequence[Document]) -> Iterator[tuple[Document, bytes | Missed]]:
        if missing:
            with tempfile.TemporaryDirectory(prefix="harvest-", dir=self.folder) as scratch:
                yield from self.source.fetch(missing, Path(scratch))

    def _miss(self, document: Document, missed: Missed, in_a_row: int) -> None:
        self.report.failed.append(Failed(document.identifier, str(missed)))
        if in_a_row >= self.misses:
            raise Stopped(f"{in_a_row} notices in a row could not be fetched, the last one because {missed}.")


def _verdict(report: HarvestReport) -> tuple[str, str]:
    if report.failed:
        return "partial", f"{len(report.failed)} notices could not be fetched; the next run tries them again."
    if report.not_whole:
        return "partial", f"{len(report.not_whole)} days were listed with fewer notices than announced."
    return "complete", ""


def _run(report: HarvestReport, started_at: datetime, ended_at: datetime) -> runs.Run:
    counts = {
        "days": report.days,
        "asked": report.asked,
        "fetched": report.fetched,
        "skipped": report.skipped,
        "failed": len(report.failed),
    }
    # A listing is the source's own count only where it was whole.
    days = {day: number for day, number in report.per_day.items() if day not in report.not_whole}
    return runs.Run(report.source, started_at, ended_at, report.outcome, counts, report.message, report.scope, days)
