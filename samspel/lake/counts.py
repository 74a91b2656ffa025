"""Several indicators counted in one look at the procurements: what a page shows beside each other is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from samspel.lake.indicators import BY_COLUMN, GROUPS, Indicator, Measure, Where, asked

_PARTS = ("number", "base", "within")


@dataclass(frozen=True)
class Count:
    """What ``indicators.count`` says of one indicator and one group; ``procurements`` is how many stand behind it."""

    number: int
    base: int
    procurements: int

    @property
    def ratio(self) -> float | None:
        """The share or the mean; None where nothing is within the base."""
        return self.number / self.base if self.base else None

    def __add__(self, other: Count) -> Count:
        """Return the count of two groups together."""
        return Count(self.number + other.number, self.base + other.base, self.procurements + other.procurements)


NOTHING = Count(0, 0, 0)


def counts(table: ir.Table, indicators: Sequence[Indicator], *, by: str, where: Where) -> ir.Table:
    """Return a row per group (a key of ``GROUPS``) with number, base and within of every indicator, for ``read``."""
    rows = asked(table, where)
    totals: dict[str, ir.Value] = {}
    for indicator in indicators:
        within = indicator.within(rows)
        parts = (indicator.number(rows).sum(where=within), indicator.base(rows).sum(where=within), within.sum())
        totals |= {_column(indicator, part): value for part, value in zip(_PARTS, parts, strict=True)}
    sums = rows.group_by(BY_COLUMN[by]).aggregate(**totals)
    return sums.group_by(group=GROUPS[by](sums)).aggregate(**{name: sums[name].sum() for name in totals})


def read(row: dict[str, Any], indicator: Indicator) -> Count:
    """Return an indicator's count from a row of ``counts``."""
    number, base, within = (int(row[_column(indicator, part)] or 0) for part in _PARTS)
    return Count(number, base, number if indicator.measure is Measure.PROCUREMENTS else within)


def _column(indicator: Indicator, part: str) -> str:
    return f"{indicator.name}_{part}"
