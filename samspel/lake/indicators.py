"""What the lake's procurements say: numbers, shares and means, with exactly the procurements behind each.

The unit is the procurement, counted once however many notices tell of it, in the year of its first competition notice,
else of its result; one that has neither has no year and is not counted (``uncounted`` says why). Expressions are Ibis:
the same question runs on DuckDB and on Spark. A number's base is what its rule could see: what a format cannot say is
outside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from samspel.lake.rules import rule_named

# What is asked of the procurement table, one row each; the loader's table has more columns, and evidence shows them.
PROCUREMENTS = pa.schema(
    [
        ("procurement", pa.string()),
        ("country", pa.string()),  # ISO 3166 alpha-2 of the first buyer
        ("region", pa.string()),  # NUTS 3 of the buyer, today's code
        ("buyer", pa.string()),  # the buyer's key in the lake
        ("buyer_name", pa.string()),
        ("buyer_kind", pa.string()),  # municipality, region, state, company, other
        ("cpv", pa.string()),  # main code, eight digits
        ("source", pa.string()),  # ted, doffin, uhm; several sorted and joined by "+"
        ("channel", pa.string()),  # the advertising database, where the source says it
        ("year", pa.int16()),  # null: see uncounted
        ("year_from", pa.string()),  # competition, result: the notice that gave the year
        # why it has no year: planned, intended (to be awarded directly), changed (a contract), undated; null: it has
        ("uncounted", pa.string()),
        ("first_on", pa.date32()),
        ("eforms", pa.bool_()),  # any of its notices is in eForms
        ("notices", pa.int32()),
        ("declared_1", pa.bool_()),
        ("procedure_1", pa.bool_()),
        ("wording_1", pa.bool_()),
        ("joint_1", pa.bool_()),
        ("environment_1", pa.bool_()),
        ("social_1", pa.bool_()),
        ("early_dialogue_1", pa.bool_()),  # planning or consultation before the competition
        ("tenders", pa.int32()),  # summed over lots
        ("tenders_sme", pa.int32()),
        ("suppliers", pa.int32()),  # distinct winners
        # of them without an earlier award from this buyer; null where the lake knows too little of the buyer's past
        ("suppliers_new", pa.int32()),
        ("title", pa.string()),
    ]
)


class Measure(StrEnum):
    """What an indicator's value is a share or a mean of."""

    PROCUREMENTS = "share of procurements"
    TENDERS = "share of tenders"
    WINNERS = "share of winners"
    MEAN = "mean"


@dataclass(frozen=True)
class Indicator:
    """A question to the procurements; its value is the sum of ``number`` through the sum of ``base``."""

    name: str
    version: int
    measure: Measure
    number: Callable[[ir.Table], ir.IntegerValue]  # what a procurement adds, where it is within the base
    base: Callable[[ir.Table], ir.IntegerValue]  # what it adds to the base, 0 or null outside
    within: Callable[[ir.Table], ir.BooleanValue]  # whether the question can be answered for it
    blind: str  # what it cannot see

    def opened(self, table: ir.Table) -> ir.BooleanValue:
        """Return which procurements stand behind the number: those that have the mark, else all within the base."""
        if self.measure is Measure.PROCUREMENTS:
            return self.within(table) & (self.number(table) == 1)
        return self.within(table)


@dataclass(frozen=True)
class Where:
    """Which procurements are asked about. Empty: all."""

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # NUTS codes of any level: "NO0" holds "NO0A2"
    buyers: tuple[str, ...] = ()
    buyer_kinds: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()  # beginnings of codes: "72", "4521"
    sources: tuple[str, ...] = ()  # in any of these, alone or among others
    years: tuple[int, int] | None = None  # first and last, both included


def plain_count(table: ir.Table, where: Where = Where()) -> ir.Table:
    """Return one row, ``procurements``: how many there are."""
    rows = asked(table, where)
    return rows.aggregate(procurements=rows.count())


def count(table: ir.Table, indicator: Indicator, *, by: str | None = None, where: Where = Where()) -> ir.Table:
    """Return a row per group (a key of ``GROUPS``), or one for all, sorted by group; the unknown group is null.

    Columns: group, number (sum for a mean), base, share (mean), and procurements: how many rows ``evidence`` returns.
    Where nothing is within the base, base is 0 and the share null.
    """
    rows = asked(table, where)
    within = indicator.within(rows)
    totals = {
        "number": indicator.number(rows).sum(where=within),
        "base": indicator.base(rows).sum(where=within),
        "procurements": within.sum(),
    }
    if by:
        # First by the column as it stands: cutting millions of codes to divisions takes longer than adding up.
        sums = rows.group_by(BY_COLUMN[by]).aggregate(**totals)
        sums = sums.group_by(group=GROUPS[by](sums)).aggregate(**{name: sums[name].sum() for name in totals})
    else:
        sums = rows.aggregate(**totals).mutate(group=ibis.null("string"))
    number, base, within = (sums[name].cast("int64").fill_null(0) for name in totals)
    mean = indicator.measure is Measure.MEAN
    return sums.select(
        "group",
        **{"sum" if mean else "number": number},
        base=base,
        **{"mean" if mean else "share": number.cast("float64") / base.nullif(0)},
        procurements=number if indicator.measure is Measure.PROCUREMENTS else within,
    ).order_by("group")


def median(table: ir.Table, indicator: Indicator, *, by: str | None = None, where: Where = Where()) -> ir.Table:
    """Return a row per group, as ``count`` does, with the ``median`` of what the procurements within the base add.

    A mean is drawn up by a few procurements with hundreds of tenders. Groups without a base have no row.
    """
    rows = asked(table, where)
    rows = rows.filter(indicator.within(rows))
    rows = rows.select(group=GROUPS[by](rows) if by else ibis.null("string"), value=indicator.number(rows))
    of_group = ibis.window(group_by="group")
    in_order = ibis.window(group_by="group", order_by=rows.value)
    rows = rows.mutate(twice=ibis.row_number().over(in_order) * 2, size=rows.count().over(of_group))
    # The one in the middle, or the two: exact and the same on every engine.
    middle = rows.filter(rows.twice.between(rows.size - 2, rows.size))
    sums = middle.group_by("group").aggregate(low=middle.value.min(), high=middle.value.max())
    return sums.select("group", median=(sums.low + sums.high).cast("float64") / 2).order_by("group")


def evidence(
    table: ir.Table,
    indicator: Indicator,
    *,
    by: str | None = None,
    group: str | int | None = None,
    where: Where = Where(),
) -> ir.Table:
    """Return the procurements behind a group's number, newest first; group None with ``by`` is the unknown group."""
    rows = asked(table, where)
    rows = rows.filter(indicator.opened(rows))
    if by:
        key = GROUPS[by](rows)
        rows = rows.filter(key.isnull() if group is None else key == group)
    return rows.order_by(rows.first_on.desc(), rows.procurement)


def answer(connection: duckdb.DuckDBPyConnection, expression: ir.Table) -> list[dict[str, Any]]:
    """Run an expression over ``TABLE`` on a connection that has it as ``procurements``; rows as dictionaries.

    The SQL of an expression is made once: making it takes longer than many of the answers.
    """
    cursor = connection.execute(_sql(expression.op()))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def indicator_named(name: str) -> Indicator:
    """Return the newest version of an indicator; KeyError where there is none."""
    return _NEWEST[name]


@lru_cache(maxsize=1024)
def _sql(node: Any) -> str:
    return str(ibis.to_sql(node.to_expr(), dialect="duckdb"))


def asked(table: ir.Table, where: Where) -> ir.Table:
    """Return the procurements that a question is about: those that count, narrowed by its filters."""
    chosen = {
        "country": where.countries,
        "buyer": where.buyers,
        "buyer_kind": where.buyer_kinds,
    }
    conditions = [table.year.notnull()]
    conditions += [table[column].isin(values) for column, values in chosen.items() if values]
    for column, beginnings in {"region": where.regions, "cpv": where.cpv}.items():
        if beginnings:
            conditions.append(ibis.or_(*(table[column].startswith(beginning) for beginning in beginnings)))
    if where.sources:
        conditions.append(ibis.or_(*(table.source.contains(source) for source in where.sources)))
    if where.years:
        conditions.append(table.year.between(*where.years))
    return table.filter(*conditions)


def _marked(name: str, column: str, version: int, blind: str) -> Indicator:
    return Indicator(
        name=name,
        version=version,
        measure=Measure.PROCUREMENTS,
        number=lambda table: table[column].cast("int32"),
        base=lambda table: table[column].notnull().cast("int32"),
        within=lambda table: table[column].notnull(),
        blind=blind,
    )


def _by_rule(name: str) -> Indicator:
    rule = rule_named(name)
    return _marked(name, rule.column, rule.version, rule.blind)


_UNCOUNTED_TENDERS = "Procurements whose notices do not say how many tenders came."

TABLE: ir.Table = ibis.table(ibis.Schema.from_pyarrow(PROCUREMENTS), name="procurements")

GROUPS: dict[str, Callable[[ir.Table], ir.Value]] = {
    "year": lambda rows: rows.year,
    "country": lambda rows: rows.country,
    "region": lambda rows: rows.region,
    "buyer_kind": lambda rows: rows.buyer_kind,
    "cpv_division": lambda rows: rows.cpv.substr(0, 2),
}
BY_COLUMN = {name: "cpv" if name == "cpv_division" else name for name in GROUPS}

INDICATORS: tuple[Indicator, ...] = (
    _by_rule("declared"),
    _by_rule("procedure"),
    _by_rule("wording"),
    _marked(
        "early_dialogue",
        "early_dialogue_1",
        1,
        "Dialogue that was not announced in a notice, or whose notice cannot be joined with the competition. It judges "
        "procurements with a notice of competition; the Swedish statistics hold no notices, so none of theirs.",
    ),
    _by_rule("joint"),
    _by_rule("environment"),
    _by_rule("social"),
    Indicator(
        name="tenders",
        version=1,
        measure=Measure.MEAN,
        number=lambda table: table.tenders,
        base=lambda table: table.tenders.notnull().cast("int32"),
        within=lambda table: table.tenders.notnull(),
        blind=_UNCOUNTED_TENDERS,
    ),
    Indicator(
        name="single_tender",
        version=1,
        measure=Measure.PROCUREMENTS,
        number=lambda table: (table.tenders == 1).cast("int32"),
        base=lambda table: (table.tenders > 0).cast("int32"),
        within=lambda table: table.tenders.notnull() & (table.tenders > 0),
        blind=_UNCOUNTED_TENDERS,
    ),
    Indicator(
        name="sme_share",
        version=1,
        measure=Measure.TENDERS,
        number=lambda table: table.tenders_sme,
        base=lambda table: table.tenders,
        # A notice that counts more tenders from small companies than tenders contradicts itself.
        within=lambda table: table.tenders_sme.notnull() & (table.tenders_sme <= table.tenders),
        blind=(
            "Procurements whose notices do not count tenders from small and medium-sized enterprises. The Swedish "
            "statistics never do."
        ),
    ),
    Indicator(
        name="new_suppliers",
        version=1,
        measure=Measure.WINNERS,
        number=lambda table: table.suppliers_new,
        base=lambda table: table.suppliers,
        within=lambda table: table.suppliers_new.notnull() & table.suppliers.notnull(),
        blind=(
            "Awards before the hub's first notice, and contracts that were never announced: many who look new are not. "
            "Asked only where the hub holds awards by the same buyer, from the same source, from at least two earlier "
            "calendar years; a single year of the Swedish statistics is too little."
        ),
    ),
)

_NEWEST = {indicator.name: indicator for indicator in sorted(INDICATORS, key=lambda indicator: indicator.version)}
