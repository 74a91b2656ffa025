import gc
import random
import shutil
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samspel.lake import engines
from samspel.lake.concentration import concentration
from samspel.lake.indicators import (
    INDICATORS,
    PROCUREMENTS,
    TABLE,
    Where,
    count,
    evidence,
    indicator_named,
    median,
    plain_count,
)
from samspel.lake.load import load
from samspel.lake.store import Lake

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

pytest.importorskip("pyspark", reason="PySpark is not installed (samspel[spark])")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed, and Spark runs on it"),
    # Py4J leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

NORDIC = Where(countries=("NO", "SE"), regions=("NO0", "SE1"), cpv=("45", "72"), sources=("ted",), years=(2019, 2024))


def invented(number):
    """Return procurements made up by rule: every column, every gap, every group."""
    dice = random.Random(7)
    marks = [name for name in PROCUREMENTS.names if name.endswith("_1")]
    amounts = ["tenders", "tenders_sme", "suppliers", "suppliers_new"]
    for place in range(number):
        yield {
            "procurement": f"p{place:06}",
            "country": dice.choice(["NO", "SE", "FI", None]),
            "region": dice.choice(["NO0A2", "SE110", "FI1B1", None]),
            "buyer": f"b{place % 40}",
            "channel": dice.choice(["Alfa", "Beta", None]),
            "buyer_kind": dice.choice(["municipality", "region", "state", None]),
            "cpv": dice.choice(["45210000", "72000000", "90500000", None]),
            "source": dice.choice(["ted", "doffin", "doffin+ted", "uhm"]),
            "year": dice.choice([*range(2015, 2026), None]),
            "year_from": "competition",
            "first_on": date(2015, 1, 1) + timedelta(days=place % 4000),
            "eforms": dice.random() < 0.5,
            "notices": 1,
            "title": "Påhittad",
            **{mark: dice.choice([True, False, None]) for mark in marks},
            **{amount: dice.choice([0, 1, 2, 9, None]) for amount in amounts},
        }


def procurements(folder):
    """Return the real notices' procurement table where they are beside the project, else an invented one."""
    if SHARED.exists():
        lake = Lake(folder)
        load(lake, [SHARED / "notices"], at=datetime.now(UTC))
        return folder / "tables" / lake.manifest.tables["procurements"]
    path = folder / "procurements.parquet"
    pq.write_table(pa.Table.from_pylist(list(invented(3000)), schema=PROCUREMENTS), path)
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    tables = {"procurements": procurements(tmp_path_factory.mktemp("lake"))}
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.filterwarnings("ignore", "unclosed <socket", ResourceWarning)
        # Questions of a second are over before Java's second compiler has paid for itself.
        patch.setenv(
            "PYSPARK_SUBMIT_ARGS", "--conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 pyspark-shell"
        )
        with engines.duckdb(tables) as duckdb, engines.spark("local[2]", tables) as spark:
            yield duckdb, spark
        gc.collect()


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.name)
@pytest.mark.parametrize(
    "where, groups",
    # A year is a number, a country a text, a division is cut from the code: the other groups are as the country.
    [(Where(), ["year", "country", "cpv_division"]), (NORDIC, [None])],
    ids=["all", "some"],
)
def test_spark_answers_as_duckdb_does(both, indicator, where, groups):
    for by in groups:
        on_duckdb, on_spark = (engine(count(TABLE, indicator, by=by, where=where)) for engine in both)

        assert on_spark == on_duckdb
        assert on_duckdb


@pytest.mark.parametrize("name", ["joint", "tenders", "sme_share", "single_tender"])
def test_spark_opens_the_same_procurements(both, name):
    question = evidence(TABLE, indicator_named(name), by="country", group="NO")

    on_duckdb, on_spark = (engine(question) for engine in both)

    assert on_spark == on_duckdb
    assert on_duckdb


def test_spark_counts_the_same_procurements(both):
    on_duckdb, on_spark = (engine(plain_count(TABLE, NORDIC)) for engine in both)

    assert on_spark == on_duckdb


def test_spark_finds_the_same_medians(both):
    question = median(TABLE, indicator_named("tenders"), by="year")

    on_duckdb, on_spark = (engine(question) for engine in both)

    assert on_spark == on_duckdb
    assert on_duckdb


def test_spark_finds_the_same_concentrations(both):
    question = concentration(TABLE, indicator_named("declared"), where=Where())

    on_duckdb, on_spark = (engine(question) for engine in both)

    assert on_spark == on_duckdb
    assert on_duckdb
