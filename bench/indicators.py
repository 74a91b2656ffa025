"""The innovation count over a country's worth of procurements: made once by rule from real ones, then asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb

from samspel.lake.indicators import GROUPS, INDICATORS, TABLE, Indicator, Where, answer, count, plain_count

ROWS = 5_000_000
NORDIC = Where(countries=("NO", "SE"), cpv=("45", "72"), years=(2016, 2025))

_SEED = """
CREATE TABLE seed AS
SELECT *, (row_number() OVER (ORDER BY procurement) - 1)::UBIGINT AS place FROM read_parquet(?)
"""

# A row is a real procurement under another number, in another year, by one of forty buyers of its kind. Everything
# else (marks, gaps, codes, tenders, titles) keeps its real distribution. hash() makes the same file every time.
_RULE = """
COPY (
    SELECT seed.* EXCLUDE (place) REPLACE (
        seed.procurement || '-' || i AS procurement,
        seed.buyer || '-' || (hash(i, 'buyer') % 40) AS buyer,
        CASE WHEN seed.year IS NOT NULL THEN 2011 + hash(i, 'year') % 16 END::SMALLINT AS year,
        make_date((2011 + hash(i, 'year') % 16)::INTEGER, 1, 1) + (hash(i, 'day') % 365)::INTEGER AS first_on
    )
    FROM (SELECT i, hash(i) % (SELECT count(*) FROM seed) AS place FROM range(?) AS numbers(i)) AS number
    JOIN seed USING (place)
    ORDER BY year, country, hash(i)
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def make(seed: Path, folder: Path, *, scale: float = 1.0) -> Path:
    """Return the large procurement table, made from the lake's own (``seed``) where it is not there already."""
    rows = int(ROWS * scale)
    path = folder / f"procurements-{rows}.parquet"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with duckdb.connect(config={"temp_directory": str(folder / "spill"), "memory_limit": "2GB"}) as connection:
        connection.execute(_SEED, [str(seed)])
        connection.execute(_RULE.format(path=str(unfinished).replace("'", "''")), [rows])
    unfinished.rename(path)
    return path


def measure(table: Path, *, threads: int = 2, times: int = 3) -> Iterator[dict[str, Any]]:
    """Yield a row per number: name, value, unit, reach (None: shown beside, not asked), met."""
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.read_parquet(str(table)).create_view("procurements")
        slowest = {indicator.name: _slowest(connection, indicator, times) for indicator in INDICATORS}
        yield _row("any indicator over 5,000,000 notices", max(again for _, again in slowest.values()), "ms", 300)
        yield _row("any indicator, asked for the first time", max(first for first, _ in slowest.values()), "ms", None)
        for name, (_, again) in slowest.items():
            yield _row(f"indicator {name}", again, "ms", None)
        for name, where in {"plain count": Where(), "plain count, filtered": NORDIC}.items():
            ours, bare = _against_bare(connection, where)
            yield _row(f"{name} against the bare DuckDB query", ours / bare, "times", 1.5)
            yield _row(name, ours, "ms", None)


def _slowest(connection: duckdb.DuckDBPyConnection, indicator: Indicator, times: int) -> tuple[float, float]:
    """Return the slowest first answer, and the slowest median of the answers after it, in milliseconds."""
    first, again = [], []
    for by, where in product((None, *GROUPS), (Where(), NORDIC)):
        took = [
            _milliseconds(lambda by=by, where=where: answer(connection, count(TABLE, indicator, by=by, where=where)))
            for _ in range(times + 1)
        ]
        first.append(took[0])
        again.append(median(took[1:]))
    return max(first), max(again)


def _against_bare(connection: duckdb.DuckDBPyConnection, where: Where) -> tuple[float, float]:
    bare = "SELECT count(*) FROM procurements WHERE year IS NOT NULL"
    if where.countries:
        bare += " AND country IN ('NO', 'SE') AND (cpv LIKE '45%' OR cpv LIKE '72%') AND year BETWEEN 2016 AND 2025"
    ours, theirs = [], []
    for _ in range(31):
        ours.append(_milliseconds(lambda: answer(connection, plain_count(TABLE, where))))
        theirs.append(_milliseconds(lambda: connection.execute(bare).fetchall()))
    return median(ours), median(theirs)


def _milliseconds(work: Callable[[], Any]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _row(name: str, value: float, unit: str, reach: float | None) -> dict[str, Any]:
    met = None if reach is None else value < reach
    return {"name": name, "value": round(value, 2), "unit": unit, "reach": reach, "met": met}
