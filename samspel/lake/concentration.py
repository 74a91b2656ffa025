"""Where an indicator's number piles up: the one database, or the one buyer, that holds far more of it than its part.

The marks of the Swedish statistics come nearly all from one advertising database, and an enthusiastic buyer can mark
whatever it buys. The number stays what it is; this stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from samspel.lake.indicators import Indicator, Measure, Where, asked

# Of fewer, one that holds many says nothing.
_ENOUGH = 20
_NOTABLE_SHARE = 0.2
_NOTABLE_TIMES = 2


@dataclass(frozen=True)
class Concentration:
    """The channel or buyer with most of an indicator's procurements, and how large its part of the base is."""

    what: str  # channel: an advertising database; buyer
    key: str  # the database's name; the buyer's key in the lake
    name: str
    number: int  # procurements of it that have the mark
    of: int  # all that have it
    base: int  # procurements of it within the base
    of_base: int  # the whole base

    @property
    def share(self) -> float:
        """Its part of the number."""
        return self.number / self.of

    @property
    def base_share(self) -> float:
        """Its part of the base."""
        return self.base / self.of_base

    @property
    def is_notable(self) -> bool:
        """Whether a reader of the number should be told: a fifth of it or more, and twice its part of the base."""
        return self.of >= _ENOUGH and self.share >= _NOTABLE_SHARE and self.share >= _NOTABLE_TIMES * self.base_share


def concentration(table: ir.Table, indicator: Indicator, *, where: Where) -> ir.Table:
    """Return a row for the first channel and one for the first buyer of an indicator's number, for ``read``.

    There is no row where nothing has the mark, and none for the channel where no source says it. Raises ValueError
    where the indicator is not a share of procurements.
    """
    if indicator.measure is not Measure.PROCUREMENTS:
        raise ValueError(f"{indicator.name} is no share of procurements.")
    rows = asked(table, where)
    rows = rows.filter(indicator.within(rows))
    rows = rows.select("channel", "buyer", "buyer_name", marked=indicator.number(rows), told=indicator.base(rows))
    channel = _first(rows, "channel", rows.channel, rows.channel.max())
    buyer = _first(rows, "buyer", rows.buyer, rows.buyer_name.max())
    return ibis.union(channel, buyer).order_by(ibis.desc("what"))


def read(row: dict[str, Any]) -> Concentration:
    """Return what a row of ``concentration`` says."""
    return Concentration(**{**row, **{name: int(row[name]) for name in ("number", "of", "base", "of_base")}})


def _first(rows: ir.Table, what: str, key: ir.Value, name: ir.Value) -> ir.Table:
    groups = rows.group_by(key=key).aggregate(name=name, number=rows.marked.sum(), base=rows.told.sum())
    # The whole is taken before those without a key are left out: their marks count in the number too.
    groups = groups.mutate(of=groups.number.sum().over(), of_base=groups.base.sum().over())
    found = groups.filter(groups.key.notnull() & (groups.number > 0))
    found = found.order_by(found.number.desc(), found.key).limit(1)
    return found.select(
        what=ibis.literal(what),
        key=found.key,
        name=ibis.coalesce(found.name, found.key),
        **{column: found[column].cast("int64") for column in ("number", "of", "base", "of_base")},
    )
