"""The lake's procurements and awards once more, sorted by the body they belong to.

A body's page reads a few row groups of these tables instead of every procurement there is. They are made from the
lake's own tables when notices have been loaded, else by the first reader; their folder is named for the state of the
lake that they tell of.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from samspel.lake.rules import rule_named
from samspel.lake.store import open_duckdb, quoted
from samspel.notices.lake import real_lake

# Small enough to read little, large enough that a million procurements are not a thousand groups to look through.
_ROW_GROUP = 20_480
# Raised when the tables change: those of another make are not read.
_MAKE = 3


@dataclass(frozen=True)
class Tables:
    """SQL that names each table.

    ``purchases`` (body and procurement), ``deals`` (body, other party, procurement), ``websites`` (body and web host).
    A deal's amount is what the supplier alone won: what the notices state of it, else the procurement's value where no
    other supplier won. What several share is nobody's.
    """

    purchases: str
    deals: str
    websites: str


def tables(lake):
    """Return the tables of the lake as it is now; made first where nobody has."""
    folder = lake.folder / "bodies" / f"{lake.manifest.tables_generation:08d}-{_MAKE}"
    if not folder.exists():
        _make(lake, folder)
    return Tables(*(f"read_parquet({quoted(folder / f'{name}.parquet')})" for name in _QUERIES))


def make_again(report):
    """Make the tables after a load, so that no reader waits for them."""
    if real_lake().manifest.tables:
        tables(real_lake())


def _make(lake, folder):
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    part.mkdir(parents=True, exist_ok=True)
    try:
        _write(lake, part)
        folder.mkdir(exist_ok=True)
        # Where another process was quicker, its tables say the same.
        for file in part.glob("*.parquet"):
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _remove_older(folder)


def _write(lake, part):
    with open_duckdb(part / "spill", memory="2GB") as connection:
        for name, file in lake.manifest.tables.items():
            source = quoted(lake.folder / "tables" / file)
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({source})")
        parts = ", ".join(quoted(lake.folder / "notices" / part.file) for part in lake.manifest.parts)
        connection.execute(f"CREATE VIEW notices AS SELECT * FROM read_parquet([{parts}], union_by_name=true)")
        for name, query in _QUERIES.items():
            to = quoted(part / f"{name}.parquet")
            connection.execute(
                f"COPY ({query}) TO {to} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"
            )
    shutil.rmtree(part / "spill", ignore_errors=True)


def _remove_older(folder: Path):
    for other in folder.parent.iterdir():
        # The one before is left for those who still read it.
        if other.name[:8].isdigit() and int(other.name[:8]) < int(folder.name[:8]) - 1:
            shutil.rmtree(other, ignore_errors=True)


_FACTS = f"""
procurement, year, first_on, title, language, cpv, procedure, buyer, buyer_name, cancelled, tenders, suppliers,
awarded_value.amount AS amount, awarded_value.currency AS currency, {rule_named("declared").column} AS declared
"""

_QUERIES = {
    "purchases": f"""
        WITH newest AS (
            SELECT procurement, arg_max(key, (NOT replaced, seen_on)) AS notice FROM members GROUP BY procurement
        ), held AS (
            SELECT 'buyer' AS role, unnest(buyers) AS body, {_FACTS} FROM procurements
            UNION ALL
            SELECT 'supplier', supplier, {_FACTS}
            FROM (SELECT DISTINCT supplier, procurement FROM awards) JOIN procurements USING (procurement)
        )
        SELECT * FROM held LEFT JOIN newest USING (procurement)
        ORDER BY body, role, first_on DESC NULLS LAST, procurement
    """,
    "deals": """
        WITH won AS (
            SELECT procurement, supplier, mode(supplier_name) AS name,
                CASE WHEN count(DISTINCT currency) = 1 THEN sum(amount) END AS amount, any_value(currency) AS currency,
                bool_or(key LIKE 'uhm/%') AS in_statistics
            FROM awards GROUP BY procurement, supplier
        ), own AS (
            SELECT procurement, supplier, name, buyers, in_statistics, suppliers = 1 AS is_alone,
                CASE WHEN won.amount IS NOT NULL THEN {'amount': won.amount, 'currency': won.currency}
                    WHEN is_alone THEN {'amount': awarded_value.amount, 'currency': awarded_value.currency} END AS value
            FROM won JOIN procurements USING (procurement)
        ), held AS (
            SELECT 'buyer' AS role, unnest(buyers) AS body, supplier AS other, * EXCLUDE (supplier, buyers) FROM own
            UNION ALL
            SELECT 'supplier', supplier, buyers[1], * EXCLUDE (supplier, buyers) FROM own
        )
        SELECT held.* EXCLUDE (value), value.amount AS amount, value.currency AS currency, parties.name AS other_name
        FROM held LEFT JOIN parties ON parties.key = other AND parties.role != held.role
        ORDER BY body, held.role, other
    """,
    # The whole host, without www. With an @ before its path an address is a person's, or leads elsewhere than it looks.
    "websites": r"""
        WITH given AS (
            SELECT unnest(buyer_keys) AS body, unnest(buyers).name AS name, unnest(buyers).website AS website,
                month FROM notices
        ), named AS (
            SELECT body, name, month, regexp_replace(lower(regexp_extract(
                trim(website), '^(?:[a-zA-Z]+://)?([^/:?#@\s\\]+)(?::[0-9]+)?(?:[/?#].*)?$', 1)
            ), '^www\.|\.$', '', 'g') AS host
            FROM given WHERE website IS NOT NULL AND body != ''
        )
        SELECT body, host, arg_max(name, month) AS name FROM named
        WHERE regexp_full_match(host, '[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}') GROUP BY body, host ORDER BY host, body
    """,
}
