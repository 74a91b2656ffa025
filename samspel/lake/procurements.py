"""The procurement, which counts once: versions, corrections, phases and copies of its notices joined to one.

Notices belong to one procurement when they share the procedure identifier (BT-04), the notice identifier (BT-701), or
when one says that it corrects (BT-758) or follows (BT-125, OPP-090, legacy references) another. A planning notice does
not join the procurements that follow it into one: a plan may lead to many. It is listed with each of them instead.

Four tables are made from the parts and kept beside them: ``procurements`` (one row each), ``members`` (which notice
belongs where, and whether a newer one replaces it), ``awards`` (who won what), ``parties`` (who buys and supplies).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from samspel.lake import nuts
from samspel.lake.notice import LEAST_VALUE
from samspel.lake.rules import RULES
from samspel.lake.store import Lake, flush_file, quoted

# What the buyer is, from BT-11 and from the sources' own words. A body that a municipality controls is not a
# municipality, but Norway's edition uses body-pl-la for municipal authorities themselves.
BUYER_KINDS = {
    "la": "municipality",
    "body-pl-la": "municipality",
    "uhm:Kommun": "municipality",
    "ra": "region",
    "body-pl-ra": "region",
    "uhm:Region": "region",
    "cga": "state",
    "body-pl-cga": "state",
    "uhm:Statlig myndighet": "state",
    "pub-undert": "company",
    "pub-undert-la": "company",
    "pub-undert-ra": "company",
    "pub-undert-cga": "company",
    "uhm:Kommunalt ägd organisation": "company",
    "uhm:Regionalt ägd organisation": "company",
    "uhm:Statligt ägd organisation": "company",
}

# Before a supplier is called new, the lake must hold awards of the buyer, from the same source, of so many years.
EARLIER_YEARS = 2

_BASE = """
CREATE OR REPLACE TEMP TABLE base AS
SELECT row_number() OVER () AS id, key, source, lower(identifier) AS identifier, version, format, kind,
    lower(procedure_identifier) AS procedure_identifier, ltrim(publication_number, '0') AS publication_number,
    list_transform(corrects, lambda r: lower(r)) AS corrects, list_transform(follows, lambda r: lower(r)) AS follows,
    coalesce(published_on, dispatched_on) AS seen_on,
    CASE
        -- The statistics hold advertised procurements, dated by the advertisement.
        WHEN source = 'uhm' THEN 'competition'
        WHEN coalesce(form_type, kind) IN ('planning', 'consultation') THEN 'planning'
        WHEN coalesce(form_type, kind) = 'competition' THEN 'competition'
        WHEN coalesce(form_type, kind) = 'result' THEN 'result'
        ELSE 'other'
    END AS stage
FROM notices
"""

# What names a notice, and what it names: i: a notice identifier, n: a publication number, p: a procedure.
_OWN = """
CREATE OR REPLACE TEMP TABLE own AS
SELECT id, stage, unnest(list_filter([
    'p:' || procedure_identifier,
    CASE WHEN regexp_matches(identifier, '^[0-9]+-[0-9]{4}$') THEN 'n:' || ltrim(identifier, '0')
        ELSE 'i:' || source_of(source) || identifier END,
    'n:' || publication_number
], lambda node: node IS NOT NULL)) AS node
FROM base
"""

_REFERENCES = r"""
CREATE OR REPLACE TEMP TABLE reference AS
SELECT DISTINCT id, stage,
    CASE WHEN regexp_matches(r, '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')
        THEN 'i:' || left(r, 36) ELSE 'n:' || ltrim(r, '0') END AS node
FROM (SELECT id, stage, unnest(list_concat(coalesce(corrects, []), coalesce(follows, []))) AS r FROM base)
"""

_LINKS = """
CREATE OR REPLACE TEMP TABLE link AS
SELECT id, node FROM own
UNION
SELECT id, node FROM reference
WHERE stage = 'planning' OR node NOT IN (SELECT node FROM own WHERE stage = 'planning')
"""

_SPREAD = """
CREATE OR REPLACE TEMP TABLE spread AS
WITH lowest AS (SELECT node, min(label) AS label FROM link JOIN label USING (id) GROUP BY node)
SELECT link.id, min(lowest.label) AS label FROM link JOIN lowest USING (node) GROUP BY link.id
"""

_MEMBERS = """
CREATE OR REPLACE TEMP TABLE joined AS
WITH corrected AS (
    SELECT DISTINCT unnest(corrects) AS reference FROM base WHERE format LIKE 'eforms%' AND len(corrects) > 0
), named AS (
    SELECT label,
        coalesce(min(procedure_identifier), arg_min(source || '-' || identifier, (seen_on, key))) AS procurement
    FROM base JOIN label USING (id) GROUP BY label
)
SELECT base.*, named.procurement,
    row_number() OVER (PARTITION BY identifier ORDER BY version DESC, source) > 1
    OR identifier || '-' || version IN (SELECT reference FROM corrected) AS replaced
FROM base JOIN label USING (id) JOIN named USING (label)
"""

_PLANS = """
CREATE OR REPLACE TEMP TABLE plan AS
SELECT DISTINCT follower.procurement, planned.key, planned.seen_on
FROM reference JOIN joined AS follower USING (id) JOIN own ON own.node = reference.node AND own.stage = 'planning'
    JOIN joined AS planned ON planned.id = own.id
WHERE follower.stage != 'planning'
"""


def build(lake: Lake, *, anew: bool = False) -> None:
    """Make the tables from the parts, where they are older than these or ``anew``. The caller holds the lake's lock."""
    manifest = lake.manifest
    if not manifest.parts or (manifest.tables_generation == manifest.generation and not anew):
        return
    if anew:
        manifest = replace(manifest, generation=manifest.generation + 1)
    connection = lake.connection()
    _join(connection)
    _describe_buyers(connection)
    tables = {}
    for name, query in _tables().items():
        file = f"{name}-{manifest.generation:08d}.parquet"
        _write(connection, query, lake.folder / "tables" / file)
        tables[name] = file
    for name in ("base", "own", "reference", "link", "label", "spread", "joined", "plan", "buyer_kind", "region_today"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    lake.replace(replace(manifest, tables=tables, tables_generation=manifest.generation))


def _join(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every notice the smallest number among those it is linked to, until nothing changes."""
    # An identifier that is unique in its source only (statistics, JSON) must not meet another source's.
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO source_of(source) AS "
        "CASE WHEN source IN ('ted', 'doffin') THEN '' ELSE source || '-' END"
    )
    for statement in (_BASE, _OWN, _REFERENCES, _LINKS):
        connection.execute(statement)
    connection.execute("CREATE OR REPLACE TEMP TABLE label AS SELECT id, id AS label FROM base")
    while True:
        connection.execute(_SPREAD)
        changed = connection.execute(
            "SELECT count(*) FROM spread JOIN label USING (id) WHERE spread.label < label.label"
        )
        (count,) = changed.fetchone() or (0,)
        if not count:
            break
        connection.execute("CREATE OR REPLACE TEMP TABLE label AS SELECT * FROM spread")
    connection.execute(_MEMBERS)
    connection.execute(_PLANS)


def _describe_buyers(connection: duckdb.DuckDBPyConnection) -> None:
    kinds = pa.table({"legal_type": list(BUYER_KINDS), "buyer_kind": list(BUYER_KINDS.values())})
    connection.register("kinds", kinds)
    connection.execute("CREATE OR REPLACE TEMP TABLE buyer_kind AS SELECT * FROM kinds")
    connection.unregister("kinds")
    codes = connection.execute(
        "SELECT DISTINCT buyers[1].nuts FROM notices WHERE buyers[1].nuts IS NOT NULL"
    ).fetchall()
    stated = [code for (code,) in codes]
    today = pa.table(
        {"nuts": pa.array(stated, pa.string()), "region": pa.array([nuts.today(c) for c in stated], pa.string())}
    )
    connection.register("regions", today)
    connection.execute("CREATE OR REPLACE TEMP TABLE region_today AS SELECT * FROM regions")
    connection.unregister("regions")


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
    flush_file(path)


def _tables() -> dict[str, str]:
    rules = ", ".join(f"bool_or({rule.column}) FILTER (NOT replaced) AS {rule.column}" for rule in RULES)
    columns = ", ".join(rule.column for rule in RULES)
    return {
        "members": _MEMBERS_TABLE,
        "awards": _AWARDS.format(least=LEAST_VALUE),
        "procurements": _PROCUREMENTS.format(rules=rules, columns=columns, least=LEAST_VALUE, earlier=EARLIER_YEARS),
        "parties": _PARTIES,
    }


_MEMBERS_TABLE = """
SELECT procurement, key, kind, stage, seen_on, replaced FROM joined
UNION ALL
SELECT plan.procurement, plan.key, joined.kind, 'planning', plan.seen_on, joined.replaced
FROM plan JOIN joined USING (key) WHERE plan.procurement != joined.procurement
ORDER BY procurement, seen_on
"""

# Who won beside others cannot have won all that the lot or the notice came to, nor each winner of a lot the same: such
# an amount is the ceiling of a framework that they share, or the whole of a tender that they made together.
_AWARDS = """
WITH won AS (
    SELECT procurement, key, seen_on, year(seen_on)::SMALLINT AS year, buyer_keys AS buyers, cpv, lots, winners,
        CASE WHEN awarded_value.amount >= {least} THEN awarded_value.amount END AS total,
        len(list_distinct(supplier_keys)) AS suppliers,
        unnest(supplier_keys) AS supplier, unnest(winners) AS winner
    FROM notices JOIN joined USING (key)
    WHERE NOT replaced AND len(winners) > 0
), beside AS (
    SELECT * EXCLUDE (lots, winners),
        list_filter(winners, lambda w: len(w.lots) = 0 OR list_has_any(w.lots, winner.lots)) AS mates,
        list_sum(list_transform(list_filter(lots, lambda l: list_contains(winner.lots, l.identifier)),
            lambda l: l.awarded_value.amount)) AS lots_total
    FROM won WHERE supplier != ''
), own AS (
    SELECT *, winner.value.amount >= {least} AND (suppliers = 1 OR NOT coalesce(
        winner.value.amount >= total
        OR (len(mates) > 1 AND winner.value.amount >= lots_total)
        OR len(list_filter(mates, lambda m: m.value = winner.value)) > 1, false)) AS is_own
    FROM beside
)
SELECT procurement, key, seen_on, year, buyers, buyers[1] AS buyer, cpv, supplier, winner.name AS supplier_name,
    winner.country AS supplier_country, winner.size AS size, winner.is_person AS is_person,
    CASE WHEN is_own THEN winner.value.amount END AS amount,
    CASE WHEN is_own THEN winner.value.currency END AS currency
FROM own ORDER BY supplier, seen_on
"""

_PROCUREMENTS = """
WITH detail AS (
    SELECT joined.procurement, joined.stage, joined.seen_on, joined.replaced, n.*
    FROM notices AS n JOIN joined USING (key)
), award_year AS (
    SELECT source, buyer, year, row_number() OVER (PARTITION BY source, buyer ORDER BY year) - 1 AS earlier_years
    FROM (
        SELECT DISTINCT source, buyer_keys[1] AS buyer, year(seen_on) AS year FROM detail
        WHERE len(winners) > 0 AND NOT replaced AND seen_on IS NOT NULL
    )
), met AS (
    SELECT buyer, supplier, min(seen_on) AS met_on FROM (
        SELECT buyer_keys[1] AS buyer, unnest(supplier_keys) AS supplier, seen_on FROM detail WHERE NOT replaced
    ) GROUP BY ALL
), winners AS (
    SELECT procurement, count(DISTINCT supplier)::INTEGER AS suppliers,
        -- Who is new can only be told where the lake knows whom the buyer bought from before.
        CASE WHEN bool_and(coalesce(earlier_years >= {earlier}, false))
            THEN count(DISTINCT supplier) FILTER (met_on = seen_on)
            END::INTEGER AS suppliers_new
    FROM (
        SELECT procurement, source, buyer_keys[1] AS buyer, unnest(supplier_keys) AS supplier, seen_on,
            year(seen_on) AS year
        -- The statistics name by name alone whom the procurement's own result, where it is here, names by number.
        FROM detail WHERE NOT replaced AND (source != 'uhm' OR procurement NOT IN (
            SELECT procurement FROM detail WHERE source != 'uhm' AND len(winners) > 0 AND NOT replaced
        ))
    ) JOIN met USING (buyer, supplier) LEFT JOIN award_year USING (source, buyer, year) GROUP BY procurement
), planned AS (
    SELECT procurement, min(seen_on) AS planned_on FROM (
        SELECT procurement, seen_on FROM plan UNION ALL SELECT procurement, seen_on FROM detail WHERE stage = 'planning'
    ) GROUP BY procurement
), unit AS (
    SELECT procurement,
        min(seen_on) FILTER (stage = 'competition') AS competition_on,
        min(seen_on) FILTER (stage = 'result') AS result_on,
        min(seen_on) FILTER (stage = 'competition' AND source != 'uhm') AS advertised_on,
        string_agg(DISTINCT source, '+' ORDER BY source) AS source,
        bool_or(format LIKE 'eforms%') AS eforms,
        count(*)::INTEGER AS notices,
        arg_min(buyers[1], (seen_on, key)) FILTER (len(buyers) > 0) AS buyer_record,
        arg_min(buyer_keys, (seen_on, key)) FILTER (len(buyers) > 0) AS buyers,
        arg_min(title, (stage = 'planning', seen_on, key)) FILTER (len(title) > 0) AS titles,
        arg_min(cpv, (stage = 'planning', seen_on, key)) FILTER (cpv IS NOT NULL) AS cpv,
        arg_max(procedure, (NOT replaced, seen_on)) FILTER (procedure IS NOT NULL) AS procedure,
        arg_max(awarded_value, (NOT replaced, seen_on)) FILTER (awarded_value.amount >= {least}) AS awarded_value,
        arg_max(estimated_value, (NOT replaced, seen_on)) FILTER (estimated_value.amount >= {least})
            AS estimated_value,
        -- The statistics count the tenders of a procurement once more where its own result is here too.
        try_cast(coalesce(sum(tenders) FILTER (NOT replaced AND source != 'uhm'), sum(tenders) FILTER (NOT replaced))
            AS INTEGER) AS tenders,
        -- Small firms' share needs both numbers from the same notices.
        CASE WHEN bool_and((tenders IS NULL) = (tenders_sme IS NULL)) FILTER (NOT replaced)
            AND sum(tenders_sme) FILTER (NOT replaced) <= sum(tenders) FILTER (NOT replaced)
            THEN try_cast(sum(tenders_sme) FILTER (NOT replaced) AS INTEGER) END AS tenders_sme,
        bool_or(kind = 'cancelled' AND NOT replaced) AS cancelled,
        min(channel) AS channel,
        CASE
            WHEN count(*) FILTER (stage IN ('competition', 'result')) > 0 THEN 'undated'
            WHEN bool_or(kind = 'intention') THEN 'intended'
            WHEN bool_or(stage = 'planning') THEN 'planned'
            ELSE 'changed'
        END AS without_year,
        {rules}
    FROM detail GROUP BY procurement
)
SELECT procurement, buyer_record.country AS country, region, buyers[1] AS buyer, buyers,
    buyer_record.name AS buyer_name,
    coalesce(buyer_kind, CASE WHEN buyer_record.legal_type IS NOT NULL THEN 'other' END) AS buyer_kind,
    cpv, source, year(coalesce(competition_on, result_on))::SMALLINT AS year,
    CASE WHEN competition_on IS NOT NULL THEN 'competition' WHEN result_on IS NOT NULL THEN 'result' END AS year_from,
    coalesce(competition_on, result_on, planned_on) AS first_on, eforms, notices, procedure, cancelled,
    CASE WHEN competition_on IS NULL AND result_on IS NULL THEN without_year END AS uncounted, channel,
    awarded_value, estimated_value,
    {columns},
    CASE WHEN advertised_on IS NOT NULL THEN coalesce(planned_on < advertised_on, false) END AS early_dialogue_1,
    tenders, tenders_sme, suppliers, suppliers_new, titles[1].text AS title, titles[1].language AS language
FROM unit LEFT JOIN winners USING (procurement) LEFT JOIN planned USING (procurement)
    LEFT JOIN buyer_kind ON buyer_kind.legal_type = buyer_record.legal_type
    LEFT JOIN region_today ON region_today.nuts = buyer_record.nuts
ORDER BY year, procurement
"""

_PARTIES = """
WITH party AS (
    SELECT 'buyer' AS role, unnest(buyer_keys) AS key, unnest(buyers).name AS name, unnest(buyers).country AS country,
        unnest(buyers).town AS town, unnest(buyers).nuts AS nuts, unnest(buyers).website AS website,
        unnest(buyers).identifier AS identifier, false AS is_person, month FROM notices
    UNION ALL
    SELECT 'supplier', unnest(supplier_keys), unnest(winners).name, unnest(winners).country, NULL,
        unnest(winners).nuts, NULL, unnest(winners).identifier, unnest(winners).is_person, month FROM notices
)
SELECT role, key, arg_max(name, month) AS name, arg_max(country, month) AS country, arg_max(town, month) AS town,
    arg_max(nuts, month) AS nuts, arg_max(website, month) AS website,
    CASE WHEN NOT bool_or(is_person) THEN arg_max(identifier, month) END AS identifier,
    bool_or(is_person) AS is_person, count(*)::INTEGER AS notices
FROM party WHERE key != '' GROUP BY role, key ORDER BY key
"""
