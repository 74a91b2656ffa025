"""Where the lake lies on disk: Parquet parts, and a manifest that says which of them count.

Nothing is changed in place. New files are written beside the old and flushed, then the manifest is replaced by
rename; whatever it does not name does not exist. A process that dies at any moment leaves the lake as it was at the
last rename. Files that a newer manifest no longer names stay until the next load begins, for those who still read them.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from samspel.lake.documents import Document
from samspel.lake.notice import Notice
from samspel.lake.rows import RULE_FIELDS, SCHEMA
from samspel.lake.schema import NOTICE_FIELDS, from_row

# Rows that are read together to find one: small, so that one notice is found in milliseconds.
ROW_GROUP = 2048


class Damaged(Exception):
    """What lies in the lake's folder cannot be read. The message says what to do, and is fit to show an operator."""


class Busy(Exception):
    """Somebody else is writing to this lake. The message is fit to show."""


@dataclass(frozen=True)
class Part:
    """A Parquet file of notices, with the raw documents they were read from beside it."""

    file: str
    rows: int
    first_month: int
    last_month: int
    # A part that holds all there is of its months, sorted by key; the others were appended by a load.
    compacted: bool = False


@dataclass(frozen=True)
class Manifest:
    """What the lake consists of. ``tables`` are made from the parts, and are as new as ``tables_generation``."""

    generation: int = 0
    parts: tuple[Part, ...] = ()
    raw: tuple[str, ...] = ()
    tables: dict[str, str] = field(default_factory=dict)
    tables_generation: int = 0
    # When the newest of the loads began, which orders what was loaded whatever the clock said.
    loaded_at: str | None = None

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


class Lake:
    """The notices under one folder. Reading needs no lock; writing takes one (``writing``)."""

    def __init__(self, folder: Path, *, memory: str = "200MB") -> None:
        self.folder = folder
        self._memory = memory
        self._writes = False
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._connected_to: Manifest | None = None
        self._manifest = Manifest()
        self._manifest_stamp: tuple[int, int] | None = None

    @property
    def manifest(self) -> Manifest:
        """The manifest as it is on disk now; read again only when the file was replaced."""
        try:
            status = (self.folder / "lake.json").stat()
        except FileNotFoundError:
            self._refuse_to_begin_anew()
            return Manifest()
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._manifest_stamp:
            self._manifest, self._manifest_stamp = self._read_manifest(), stamp
        return self._manifest

    def _read_manifest(self) -> Manifest:
        try:
            stored = json.loads((self.folder / "lake.json").read_text())
            parts = tuple(Part(**part) for part in stored.pop("parts"))
            return Manifest(parts=parts, raw=tuple(stored.pop("raw")), **stored)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = "The lake's list of files, lake.json, cannot be read. Put it back from a backup."
            raise Damaged(message) from error

    def is_empty(self) -> bool:
        return not self.manifest.parts

    # Reading

    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection with the views notices, procurements, awards of the lake as it is now."""
        manifest = self.manifest
        if self._connection is None or self._connected_to != manifest:
            if self._connection is not None:
                self._connection.close()
            self._connection = open_duckdb(self.folder / "work", memory=self._memory, keep=not self._writes)
            is_whole = self._define_views(self._connection, manifest)
            # A table that is missing may be there again at the next question.
            self._connected_to = manifest if is_whole else None
        return self._connection

    def allow(self, memory: str) -> None:
        """Let DuckDB take so much from now on."""
        self._memory = memory
        self._connected_to = None

    def notice(self, key: str) -> Notice | None:
        """Return the notice with this key (source/identifier/version), or None."""
        found = self.notices([key])
        return found[0] if found else None

    def notices(self, keys: list[str]) -> list[Notice]:
        """Return the notices with these keys, the oldest first; keys that are not in the lake are left out."""
        if self.is_empty() or not keys:
            return []
        columns = ", ".join(f'"{column.name}"' for column in NOTICE_FIELDS)
        rows = self.connection().sql(
            f"SELECT {columns} FROM notices WHERE key IN (SELECT unnest(?)) "
            "ORDER BY coalesce(published_on, dispatched_on), version, key",
            params=[keys],
        )
        table: pa.Table = rows.to_arrow_table()
        return [from_row(row) for row in table.to_pylist()]

    def all_rows(self, *, batch: int = 2048) -> Iterator[list[dict[str, Any]]]:
        """Yield every row of the lake, in batches, as the store keeps it (notice fields and store fields)."""
        for part in self.manifest.parts:
            with pq.ParquetFile(self.folder / "notices" / part.file) as file:
                for rows in file.iter_batches(batch):
                    yield rows.to_pylist()

    def document(self, key: str) -> bytes | None:
        """Return the raw document that a notice was read from, for the programme's eyes only."""
        if self.is_empty():
            return None
        found = self.connection().execute("SELECT document FROM notices WHERE key = ?", [key]).fetchone()
        files = [str(self.folder / "raw" / name) for name in self.manifest.raw]
        if found is None or not files:
            return None
        raw = self.connection().execute("SELECT data FROM read_parquet(?) WHERE document = ?", [files, found[0]])
        row = raw.fetchone()
        return row[0] if row else None

    def documents(self) -> Iterator[Document]:
        """Yield every raw document that the lake keeps, some in memory at a time."""
        for name in self.manifest.raw:
            with pq.ParquetFile(self.folder / "raw" / name) as file:
                for rows in file.iter_batches(64, columns=["path", "data"]):
                    for row in rows.to_pylist():
                        yield Document(row["path"], row["data"])

    def _define_views(self, connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> bool:
        """Define a view of each table, and return whether all of them are there."""
        if manifest.parts:
            files = ", ".join(quoted(self.folder / "notices" / part.file) for part in manifest.parts)
            source = f"read_parquet([{files}], union_by_name=true)"
            connection.execute(f"CREATE VIEW notices AS SELECT *{_missing(connection, source)} FROM {source}")
        missing = 0
        for name, file in manifest.tables.items():
            path = quoted(self.folder / "tables" / file)
            # A damaged table must not stop the command that makes it anew.
            try:
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({path})")
            except duckdb.Error:
                missing += 1
        return not missing

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lake's only write lock; raise Busy at once when somebody else holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = "Somebody else is loading notices into this lake. Try again when that has ended."
                raise Busy(message) from error
            self._writes = True
            self._begin()
            self._sweep()
            yield

    def _begin(self) -> None:
        """Write the first manifest, so that its absence later is known for damage and nothing is swept away."""
        if not (self.folder / "lake.json").exists():
            self._refuse_to_begin_anew()
            self.replace(Manifest())

    def _refuse_to_begin_anew(self) -> None:
        if any((self.folder / "notices").glob("*")) or any((self.folder / "raw").glob("*")):
            message = (
                "The lake's list of files, lake.json, is missing while its notices are there. Put it back from a "
                "backup, or move the lake's folder away and load the notices again. Nothing was changed."
            )
            raise Damaged(message)

    def begin(self, at: datetime) -> datetime:
        """Note that a load begins, and return its time: ``at``, and always after all earlier loads.

        What is new since the index was made is told by that time, also where a clock was set back.
        """
        before = self.manifest.loaded_at
        if before and at <= (last := datetime.fromisoformat(before)):
            at = last + timedelta(microseconds=1)
        self.replace(replace(self.manifest, loaded_at=at.isoformat()))
        return at

    def replace(self, manifest: Manifest) -> None:
        """Make this the lake's manifest: the one moment at which a change happens."""
        files = [part.file for part in manifest.parts]
        if len(files) != len(set(files)):
            raise ValueError(f"a file would be named twice in the lake: {files}")
        new = self.folder / "lake.json.new"
        with new.open("w") as file:
            json.dump(asdict(manifest), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / "lake.json")
        flush_folder(self.folder)

    def append(self, notices: pa.Table, raw: pa.Table, *, replacing: list[str]) -> None:
        """Add rows and the documents they were read from, in one change of the manifest.

        ``replacing`` names the keys among them that the lake already holds: those rows go.
        """
        manifest = self.manifest
        generation = manifest.generation + 1
        name = f"{generation:08d}.parquet"
        parts = [*self._without(manifest, replacing, generation), self._write_part(notices, name)]
        documents = list(manifest.raw)
        if raw.num_rows:
            write_parquet(raw, self.folder / "raw" / name, row_group=64)
            documents.append(name)
        self.replace(replace(manifest, generation=generation, parts=tuple(parts), raw=tuple(documents)))

    def columns(self, *names: str) -> Iterator[list[list[Any]]]:
        """Yield these columns of all notices, in batches."""
        for part in self.manifest.parts:
            yield from _columns(self.folder / "notices" / part.file, names)

    def kept_documents(self) -> Iterator[list[bytes]]:
        """Yield the digests of all documents that are kept, in batches."""
        for name in self.manifest.raw:
            yield from (digests for (digests,) in _columns(self.folder / "raw" / name, ("document",)))

    def _without(self, manifest: Manifest, keys: list[str], generation: int) -> Iterator[Part]:
        """Yield the manifest's parts, written anew without these keys where they hold any of them."""
        gone = set(keys)
        for place, part in enumerate(manifest.parts):
            file = self.folder / "notices" / part.file
            if not gone or all(gone.isdisjoint(held) for (held,) in _columns(file, ("key",))):
                yield part
                continue
            name = f"{generation:08d}-{place:04d}.parquet"
            if rows := self._copy_without(part.file, name, pa.array(keys)):
                yield replace(part, file=name, rows=rows)

    def _copy_without(self, file: str, name: str, keys: pa.Array) -> int:
        """Write a part anew without these keys, some rows at a time, and return how many are left."""
        rows = 0
        target = self.folder / "notices" / name
        with (
            pq.ParquetFile(self.folder / "notices" / file) as source,
            pq.ParquetWriter(target, source.schema_arrow, compression="zstd") as copy,
        ):
            for batch in source.iter_batches(ROW_GROUP):
                kept = batch.filter(pc.invert(pc.is_in(batch.column("key"), keys)))
                rows += kept.num_rows
                copy.write_batch(kept)
        flush_file(target)
        return rows

    def _write_part(self, notices: pa.Table, name: str) -> Part:
        write_parquet(notices.sort_by("key"), self.folder / "notices" / name)
        months = pc.min_max(notices.column("month")).as_py()
        return Part(name, notices.num_rows, months["min"], months["max"])

    def _sweep(self) -> None:
        """Remove what a process that died left behind: files that the manifest does not name."""
        manifest = self.manifest
        named = {"notices": {part.file for part in manifest.parts}, "raw": set(manifest.raw)}
        named["tables"] = set(manifest.tables.values())
        for folder, files in named.items():
            for path in (self.folder / folder).glob("*"):
                if path.name not in files and path.is_file():
                    path.unlink()
        shutil.rmtree(self.folder / "work", ignore_errors=True)


def _columns(path: Path, names: tuple[str, ...]) -> Iterator[list[list[Any]]]:
    try:
        with pq.ParquetFile(path) as file:
            for rows in file.iter_batches(columns=list(names)):
                yield [rows.column(name).to_pylist() for name in names]
    except (FileNotFoundError, pa.ArrowInvalid) as error:
        message = f"A file of the lake, {path.name}, is missing or damaged. Put it back from a backup."
        raise Damaged(message) from error


def _missing(connection: duckdb.DuckDBPyConnection, source: str) -> str:
    """Return as SQL the columns that no part has yet: what a newer hub reads, until the notices are read again."""
    there = {column for column, *_ in connection.sql(f"SELECT * FROM {source} LIMIT 0").description}
    rules = {column.name for column in RULE_FIELDS}
    lacking = [column.name for column in SCHEMA if column.name not in there]
    return "".join(f", NULL{'::BOOLEAN' if name in rules else ''} AS {name}" for name in lacking)


def quoted(path: Path) -> str:
    """Return a path as SQL text, where DuckDB takes no parameter."""
    return "'" + str(path).replace("'", "''") + "'"


def write_parquet(table: pa.Table, path: Path, *, row_group: int = ROW_GROUP) -> None:
    """Write a table so that it is on the disk when the function returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("wb") as file:
            pq.write_table(table, file, compression="zstd", row_group_size=row_group, write_statistics=True)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    flush_folder(path.parent)


def trim_memory() -> None:
    """Give the system what this process has freed: glibc keeps it, and the next phase would come on top of it."""
    with suppress(AttributeError, OSError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


def flush_file(path: Path) -> None:
    """Make a file that another library wrote last through a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename or a new file in this folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_duckdb(spill: Path, *, memory: str = "512MB", keep: bool = True) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory, with a bound on what it takes before it spills to a folder of the lake.

    ``keep`` holds the descriptions of Parquet files between questions: half the time of a page, and memory that a
    writer, whose files change all the time, has no use for.
    """
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute(f"SET temp_directory = {quoted(spill)}")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute(f"SET parquet_metadata_cache = {str(keep).lower()}")
    # What a query has freed goes back to the system: beside the readers of a load there is no room for it.
    connection.execute("SET allocator_background_threads = true")
    connection.execute("SET allocator_flush_threshold = '16MB'")
    return connection
