"""Compaction: what daily loads append is merged into files that hold whole months, sorted by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from samspel.lake.store import ROW_GROUP, Lake, Part, flush_file, quoted

# Appended parts are merged when there are more of them than this: until then every question reads a few files more.
APPENDED = 12
# Months share a file until it holds so many rows: a file costs every question about a millisecond.
ROWS = 50_000


def compact(lake: Lake, *, at_most: int = APPENDED) -> None:
    """Merge appended parts with the months they belong to, when there are more than ``at_most`` of them.

    The caller holds the lake's lock. Readers see the old files until the manifest is replaced, once, at the end.
    """
    manifest = lake.manifest
    appended = [part for part in manifest.parts if not part.compacted]
    if len(appended) <= at_most:
        return
    first, last = min(part.first_month for part in appended), max(part.last_month for part in appended)
    touched = [part for part in manifest.parts if part.first_month <= last and part.last_month >= first]
    kept = [part for part in manifest.parts if part not in touched]
    generation = manifest.generation + 1
    merged = list(_merge(lake, touched, generation))
    lake.replace(replace(manifest, generation=generation, parts=tuple(kept + merged)))


def _merge(lake: Lake, parts: list[Part], generation: int) -> Iterator[Part]:
    files = ", ".join(quoted(lake.folder / "notices" / part.file) for part in parts)
    source = f"read_parquet([{files}], union_by_name=true)"
    connection = lake.connection()
    months = connection.execute(f"SELECT month, count(*) FROM {source} GROUP BY month ORDER BY month").fetchall()
    for number, (first, last, rows) in enumerate(_groups(months)):
        name = f"{generation:08d}-{number:04d}.parquet"
        path = lake.folder / "notices" / name
        connection.execute(
            f"COPY (SELECT * FROM {source} WHERE month BETWEEN {first} AND {last} ORDER BY key) TO {quoted(path)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
        )
        flush_file(path)
        yield Part(name, rows, first, last, compacted=True)


def _groups(months: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield runs of whole months with at least ROWS rows, as (first month, last month, rows)."""
    first, total = None, 0
    for month, rows in months:
        first = month if first is None else first
        total += rows
        if total >= ROWS:
            yield first, month, total
            first, total = None, 0
    if first is not None:
        yield first, months[-1][0], total
