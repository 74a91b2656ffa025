"""A load: documents in, rows out, and a report of what became of every notice.

The run can be killed at any moment. What was committed stays, what was not is read again by the next run, and a
document whose bytes the lake already holds is not read twice.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from samspel.lake import compaction, formats, held, procurements, statistics, uhm
from samspel.lake.documents import Document, Table, Trouble, documents
from samspel.lake.notice import Notice, SetAside, Unreadable
from samspel.lake.rows import RAW_SCHEMA, SCHEMA, digest, row_of
from samspel.lake.store import Lake, trim_memory

Progress = Callable[[int, str], None]

# One commit holds at most so much: small enough for the memory, large enough that flushing to disk does not dominate.
COMMIT_ROWS = 2000
COMMIT_BYTES = 8 * 1024 * 1024
# One worker's errand.
ERRAND_DOCUMENTS = 100
ERRAND_BYTES = 1024 * 1024
IN_FLIGHT = 3
# What DuckDB may take for the tables of a lake that its usual bound is too small for.
LARGE_LAKE = "4GB"
# A report lists so many unreadable documents by name; all are counted.
LISTED = 10_000
# What stands in place of a document's digest where a notice was not read from one.
NO_DOCUMENT = bytes(16)
NOT_STORABLE = "It holds a number or a text that cannot be kept."


@dataclass
class Report:
    """What became of what was read, counted in notices: read = new + changed + unchanged + set_aside + unreadable."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    unreadable_total: int = 0
    unreadable: list[dict[str, str]] = field(default_factory=list)
    unknown_codes: Counter[str] = field(default_factory=Counter)
    ignored: int = 0

    @property
    def read(self) -> int:
        return self.new + self.changed + self.unchanged + self.set_aside + self.unreadable_total

    def note_unreadable(self, path: str, why: str) -> None:
        self.unreadable_total += 1
        if len(self.unreadable) < LISTED:
            self.unreadable.append({"file": path, "why": why})

    def as_dict(self) -> dict[str, Any]:
        """Return the report as it is printed in JSON."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "set_aside": self.set_aside,
            "unreadable": self.unreadable,
            "unreadable_total": self.unreadable_total,
            "unknown_codes": dict(sorted(self.unknown_codes.items())),
            "ignored": self.ignored,
        }


class Stopped(Exception):
    """A load could not go on. The message is fit to show; what was committed is kept, and the next load goes on."""


@dataclass
class Errand:
    """What a worker brings back from some documents: rows as an Arrow batch, and what did not become a row."""

    rows: pa.RecordBatch
    unreadable: list[tuple[str, str]]
    set_aside: int


def load(lake: Lake, paths: Iterable[Path], *, at: datetime, progress: Progress | None = None) -> Report:
    """Load what the paths hold into the lake and bring its tables up to date.

    Raises Busy when somebody else is loading, and OSError (a full disk) with the lake as it was at the last commit.
    """
    trim_memory()
    with lake.writing():
        run = _Run(lake, at, progress)
        with _reading() as pool:
            run.read(run.fresh_documents(paths), pool)
        run.read_statistics()
        run.finish()
        return run.report


def reread(lake: Lake, *, at: datetime, progress: Progress | None = None) -> Report:
    """Read every kept document anew, as after a reader or a rule has changed, and replace the rows that differ.

    A document that can no longer be read keeps the row it has, and one whose notice a newer document has replaced gives
    nothing. The tables are made anew, whatever state they are in.
    """
    trim_memory()
    with lake.writing():
        run = _Run(lake, at, progress, anew=True)
        with _reading() as pool:
            run.read(_errands(lake.documents()), pool)
        run.tables = statistics.kept(lake.folder / "statistics")
        run.read_statistics()
        run.finish()
        return run.report


def load_records(lake: Lake, notices: Iterable[Notice], *, at: datetime) -> Report:
    """Put records that were made, not read, into the lake: the sample, and what tests and benchmarks build."""
    with lake.writing():
        run = _Run(lake, at, None)
        run.add_records(notices, "records")
        run.finish()
        return run.report


def _workers() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    # Imported once, before the workers part: they start faster and share that memory.
    context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(2, mp_context=context, initializer=_begin_worker, initargs=(os.getpid(),))


@contextmanager
def _reading() -> Iterator[ProcessPoolExecutor]:
    """Have workers, and after them no longer the process that they came from, which would keep its 60 MB.

    Raises Stopped where one of them ends before its time: it was killed, or there was no memory left for it.
    """
    try:
        with _workers() as pool:
            yield pool
    except (BrokenProcessPool, BrokenPipeError, EOFError) as error:
        raise Stopped("A process that read notices has ended: it was killed, or the memory was full.") from error
    finally:
        with suppress(OSError, EOFError):
            forkserver._forkserver._stop()  # type: ignore[attr-defined]


def _begin_worker(loader: int) -> None:
    trim_memory()
    threading.Thread(target=_end_with, args=(loader,), daemon=True).start()


def _end_with(loader: int) -> None:
    """End this worker when the process that it reads for is gone: one that is killed cannot say so."""
    while True:
        time.sleep(1)
        try:
            os.kill(loader, 0)
        except ProcessLookupError:
            os._exit(1)


def _errands(found: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield documents some at a time: as many as one worker takes on one errand."""
    batch: list[Document] = []
    size = 0
    for document in found:
        batch.append(document)
        size += len(document.data)
        if len(batch) >= ERRAND_DOCUMENTS or size >= ERRAND_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Run:
    """One run. ``anew`` reads the documents that the lake keeps, instead of new ones."""

    def __init__(self, lake: Lake, at: datetime, progress: Progress | None, *, anew: bool = False) -> None:
        self.lake = lake
        self.at = lake.begin(at)
        self.progress = progress
        self.anew = anew
        self.report = Report()
        self.rows: list[pa.RecordBatch] = []
        self.raw: dict[bytes, dict[str, Any]] = {}
        self.raw_bytes = 0
        self.tables: list[Path] = []

    @cached_property
    def _documents_held(self) -> held.Documents:
        return held.Documents((gave for (gave,) in self.lake.columns("document")), self.lake.kept_documents())

    @cached_property
    def _notices_held(self) -> held.Notices:
        return held.Notices((keys, digests) for keys, digests in self.lake.columns("key", "digest"))

    @cached_property
    def _came_from(self) -> held.Notices:
        """The document that each notice was read from, where it was read from one."""
        return held.Notices(_from_documents(*columns) for columns in self.lake.columns("key", "document"))

    def read(self, errands: Iterable[list[Document]], pool: ProcessPoolExecutor) -> None:
        """Have the workers read these documents, and keep the bytes of those that became notices."""
        waiting: deque[tuple[list[Document], Future[Errand]]] = deque()
        for errand in errands:
            waiting.append((errand, pool.submit(run_errand, errand, self.at)))
            if len(waiting) > IN_FLIGHT:
                self._take(*waiting.popleft())
        while waiting:
            self._take(*waiting.popleft())
        self._commit()

    def fresh_documents(self, paths: Iterable[Path]) -> Iterator[list[Document]]:
        """Yield the documents that the lake does not hold yet, some at a time; note everything else on the way."""
        for errand in _errands(self._documents(paths)):
            stamps = [digest(document.data) for document in errand]
            gave = self._documents_held.held(stamps)
            self.report.unchanged += sum(gave.get(stamp, 0) for stamp in stamps)
            yield [document for document, stamp in zip(errand, stamps, strict=True) if stamp not in gave]

    def _documents(self, paths: Iterable[Path]) -> Iterator[Document]:
        spool = self.lake.folder / "work" / "spool"
        spool.mkdir(parents=True, exist_ok=True)
        for path in paths:
            for item in documents(path, spool=spool):
                if isinstance(item, Document):
                    yield item
                elif isinstance(item, Table):
                    self.tables.append(item.file)
                elif isinstance(item, Trouble):
                    self.report.note_unreadable(item.path, item.why)
                else:
                    self.report.ignored += 1

    def _take(self, batch: list[Document], future: Future[Errand]) -> None:
        errand = future.result()
        self.report.set_aside += errand.set_aside
        for path, why in errand.unreadable:
            self.report.note_unreadable(path, why)
        rows = self._not_replaced(errand.rows)
        if not self.anew:
            self._keep(batch, set(rows.column("document").to_pylist()))
        self._add(rows, batch[-1].path if batch else "")

    def _keep(self, batch: list[Document], read: set[bytes]) -> None:
        """Keep the bytes of the documents that were read, each once."""
        for document in batch:
            stamp = digest(document.data)
            if stamp in read and stamp not in self.raw:
                self.raw[stamp] = {"document": stamp, "path": document.path, "data": document.data}
                self.raw_bytes += len(document.data)

    def _not_replaced(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Leave out the notices for which a later document has been read: an older text never replaces a newer one."""
        documents = rows.column("document").to_pylist()
        if self.anew:
            came_from = self._came_from.same(rows.column("key").to_pylist(), documents)
            replaced = [same is False for same in came_from]
        else:
            # Read ahead before the same document, further up, was committed.
            gave = self._documents_held.held(documents)
            replaced = [document in gave for document in documents]
        self.report.unchanged += sum(replaced)
        return rows.filter(pa.array([not one for one in replaced], pa.bool_()))

    def read_statistics(self) -> None:
        """Read the Swedish tables together with those of earlier loads: a procurement's facts lie in four of them."""
        if not self.tables:
            return
        kept, refused = statistics.keep(self.lake.folder / "statistics", self.tables)
        for why in refused:
            self.report.note_unreadable("statistics", str(why))
        self.add_records(self._readable(uhm.notices(kept, spool=self.lake.folder / "work")), "statistics")

    def add_records(self, notices: Iterable[Notice], path: str) -> None:
        """Take in notices that are not read from one document each."""
        for some in _chunks(notices, COMMIT_ROWS // 4):
            rows, refused = storable([row_of(notice, NO_DOCUMENT, self.at) for notice in some])
            for key in refused:
                self.report.note_unreadable(key, NOT_STORABLE)
            self._add(rows, path)
        self._commit()

    def _readable(self, found: Iterable[Notice | Unreadable]) -> Iterator[Notice]:
        for item in found:
            if isinstance(item, Notice):
                yield item
            else:
                self.report.note_unreadable("statistics", str(item))

    def _add(self, rows: pa.RecordBatch, path: str) -> None:
        self.rows.append(rows)
        if sum(batch.num_rows for batch in self.rows) >= COMMIT_ROWS or self.raw_bytes >= COMMIT_BYTES:
            self._commit()
        if self.progress:
            self.progress(self.report.read + sum(batch.num_rows for batch in self.rows), path)

    def _commit(self) -> None:
        """Write what has been gathered: rows that are new or differ from the lake's own, each key once."""
        table = pa.Table.from_batches(self.rows, SCHEMA)
        keys, digests = table.column("key").to_pylist(), table.column("digest").to_pylist()
        chosen: dict[str, int] = {}
        replacing = []
        seen: set[tuple[str, bytes]] = set()
        documents = table.column("document").to_pylist()
        for index, (key, as_held) in enumerate(zip(keys, self._notices_held.same(keys, digests), strict=True)):
            same = digests[chosen[key]] == digests[index] if key in chosen else as_held
            is_again = documents[index] != NO_DOCUMENT and (key, documents[index]) in seen
            seen.add((key, documents[index]))
            if same or is_again:
                self.report.unchanged += 1
                continue
            if same is None:
                self.report.new += 1
            else:
                self.report.changed += 1
                if key not in chosen:
                    replacing.append(key)
            chosen[key] = index
        if chosen:
            fresh = table.take(pa.array(sorted(chosen.values())))
            self.report.unknown_codes.update(
                code for codes in fresh.column("unknown_codes").to_pylist() for code in codes or ()
            )
            raw = pa.Table.from_pylist(list(self.raw.values()), RAW_SCHEMA)
            self.lake.append(fresh, raw, replacing=replacing)
            self._notices_held.set(list(chosen), [digests[index] for index in chosen.values()])
            self._documents_held.add(fresh.column("document").to_pylist(), raw.column("document").to_pylist())
        self.rows, self.raw, self.raw_bytes = [], {}, 0
        trim_memory()

    def finish(self) -> None:
        try:
            try:
                self._make_tables()
            except duckdb.OutOfMemoryException:
                # Not all of it can spill to disk: better more memory than no tables.
                self.lake.allow(LARGE_LAKE)
                self._make_tables()
        except duckdb.IOException as error:
            raise OSError(str(error)) from error
        shutil.rmtree(self.lake.folder / "work", ignore_errors=True)
        trim_memory()

    def _make_tables(self) -> None:
        compaction.compact(self.lake)
        procurements.build(self.lake, anew=self.anew)


def run_errand(batch: list[Document], at: datetime) -> Errand:
    """Read some documents, in a worker."""
    unreadable: list[tuple[str, str]] = []
    set_aside = 0
    rows: list[dict[str, Any]] = []
    for document in batch:
        stamp = digest(document.data)
        for item in formats.read(document):
            if isinstance(item, Notice):
                rows.append(row_of(item, stamp, at))
            elif isinstance(item, SetAside):
                set_aside += 1
            else:
                unreadable.append((document.path, str(item)))
    batch_of_rows, refused = storable(rows)
    return Errand(batch_of_rows, [*unreadable, *((key, NOT_STORABLE) for key in refused)], set_aside)


def storable(rows: list[dict[str, Any]]) -> tuple[pa.RecordBatch, list[str]]:
    """Return the rows as Arrow takes them, and the keys of those it refuses: strangers wrote what they hold."""
    try:
        return pa.RecordBatch.from_pylist(rows, SCHEMA), []
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        if len(rows) == 1:
            return pa.RecordBatch.from_pylist([], SCHEMA), [str(rows[0]["key"])]
    middle = len(rows) // 2
    first, refused_first = storable(rows[:middle])
    second, refused_second = storable(rows[middle:])
    table = pa.Table.from_batches([first, second], SCHEMA).combine_chunks()
    merged = table.to_batches()[0] if table.num_rows else first
    return merged, [*refused_first, *refused_second]


def _from_documents(keys: list[str], documents: list[bytes]) -> tuple[list[str], list[bytes]]:
    read = [index for index, document in enumerate(documents) if document != NO_DOCUMENT]
    return [keys[index] for index in read], [documents[index] for index in read]


def _chunks(notices: Iterable[Notice], size: int) -> Iterator[list[Notice]]:
    found = iter(notices)
    while some := list(islice(found, size)):
        yield some
