"""The numbers the project promises, measured on this machine: ``make bench``, explained in docs/benchmarks.md."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

_SIGNS: dict[str, Callable[[float, float], bool]] = {"<": operator.lt, "=": operator.eq, "≥": operator.ge}


@dataclass(frozen=True, slots=True)
class Bench:
    """What a benchmark is run with."""

    shared: Path  # the folder with real notices and official examples
    folder: Path  # where made data lies, to be made once
    scale: float  # of the made data: 1 is the size that the numbers are asked for

    def scaled(self, count: int) -> int:
        """Return how many of so many are made at this scale."""
        return max(1, round(count * self.scale))


@dataclass(frozen=True, slots=True)
class Row:
    """One number. Those without a reach are not asked for and explain the others."""

    name: str
    value: float | None  # None where this machine cannot tell
    unit: str
    reach: str | None = None  # "< 40"
    note: str = ""
    scale: float = 1.0  # of the data it was measured on

    @property
    def met(self) -> bool | None:
        """Whether the value reaches what was asked; None where nothing was, or where the data was not all there."""
        if self.reach is None or self.value is None or self.scale < 1:
            return None
        sign, asked = self.reach.split()
        return _SIGNS[sign](self.value, float(asked))


def say_making(what: str) -> None:
    """Say what is made, because it can take minutes."""
    sys.stderr.write(f"  making {what}, once\n")


def milliseconds(work: Callable[[], Any], *, times: int) -> list[float]:
    """Return how long the work takes each time, after a first time that warms up and is not counted."""
    work()
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append((perf_counter() - began) * 1000)
    return taken
