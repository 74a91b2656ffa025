"""The engines that answer the same Ibis expressions: DuckDB on one machine, Spark where a country outgrows it.

An engine is a function from an expression to its rows as dictionaries. Ibis writes the SQL of each engine's dialect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb as _duckdb
import ibis
import ibis.expr.types as ir

from samspel.lake.indicators import answer

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Engine = Callable[[ir.Table], list[dict[str, Any]]]


@contextmanager
def duckdb(tables: Mapping[str, Path | str]) -> Iterator[Engine]:
    """Open Parquet files (or patterns such as ``notices/*.parquet``) by name on DuckDB, for reading."""
    with _duckdb.connect() as connection:
        for name, path in tables.items():
            connection.read_parquet(str(path)).create_view(name)
        yield lambda expression: answer(connection, expression)


@contextmanager
def spark(master: str, tables: Mapping[str, Path | str]) -> Iterator[Engine]:
    """Open the same files on Spark. ``master``: ``local[2]``, ``local-cluster[2,1,1024]``, ``spark://host:7077``.

    On a cluster the paths must be readable by every worker under the same address (a shared folder, s3a, hdfs).
    Needs ``samspel[spark]`` and Java 17; ImportError without the first.
    """
    session = _session(master)
    try:
        for name, path in tables.items():
            session.read.parquet(str(path)).createOrReplaceTempView(name)
        yield lambda expression: _rows(session, expression)
    finally:
        session.stop()


def _session(master: str) -> SparkSession:
    from pyspark.sql import SparkSession  # noqa: PLC0415  an extra: the hub runs without it

    builder = SparkSession.builder.master(master).appName("samspel")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        # An answer is a few hundred rows: 200 partitions, the default, would cost more than the counting.
        "spark.sql.shuffle.partitions": "2",
    }
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def _rows(session: SparkSession, expression: ir.Table) -> list[dict[str, Any]]:
    sql = str(ibis.to_sql(expression, dialect="pyspark"))
    return [row.asDict(recursive=True) for row in session.sql(sql).collect()]
