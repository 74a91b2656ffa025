"""Run the benchmarks, all or those that are named, print their rows and keep them in ``bench.json``.

``python -m bench reading loading`` runs two of them; ``SCALE=0.01`` in the environment makes a hundredth of the data.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import Bench, Row, alerts, indicators, loading, machine, pages, reading, results, search
from samspel.lake.store import Lake

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def main() -> int:
    """Return the exit code: 2 where the run cannot begin. A number that misses its reach is a result, not a fault."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("benchmarks", nargs="*", help=f"of {', '.join(BENCHMARKS)}; all where none is named")
    chosen = parser.parse_args().benchmarks or list(BENCHMARKS)
    if unknown := [name for name in chosen if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark named {unknown[0]}, only {', '.join(BENCHMARKS)}")
    if not (SHARED / "notices").exists():
        sys.stderr.write("The benchmarks read real notices, and ../shared is not beside the project.\n")
        return 2
    bench = Bench(SHARED, _home() / "bench", _scale(parser))
    print(" · ".join(f"{name} {value}" for name, value in machine.facts().items()))
    for name in chosen:
        rows = list(_printed(name, BENCHMARKS[name](bench)))
        results.write(ROOT / "bench.json", name, rows)
    return 0


def _search(bench: Bench) -> Iterator[Row]:
    yield from _as_rows(search.measure(pages.home(bench) / "lake" / "index"), bench, pages.NOTICES)


def _indicators(bench: Bench) -> Iterator[Row]:
    lake = Lake(loading.hub(bench) / "lake")
    seed = lake.folder / "tables" / lake.manifest.tables["procurements"]
    table = indicators.make(seed, bench.folder / "indicators", scale=bench.scale)
    yield from _as_rows(indicators.measure(table), bench, indicators.ROWS)


def _as_rows(measured: Iterable[dict[str, Any]], bench: Bench, size: int) -> Iterator[Row]:
    note = f"over {bench.scaled(size):,} made notices"
    for row in measured:
        reach = None if row["reach"] is None else f"< {row['reach']}"
        yield Row(row["name"], row["value"], row["unit"], reach, note, bench.scale)


BENCHMARKS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "reading": reading.rows,
    "loading": loading.rows,
    "search": _search,
    "pages": pages.rows,
    "indicators": _indicators,
    "alerts": alerts.rows,
}


def _home() -> Path:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
    from django.conf import settings  # noqa: PLC0415 - it reads the variable that was just set

    return settings.HOME.path


def _scale(parser: argparse.ArgumentParser) -> float:
    stated = os.environ.get("SCALE", "1")
    try:
        scale = float(stated)
    except ValueError:
        scale = 0.0
    if not 0 < scale <= 1:
        parser.error(f"SCALE is a number above 0 and up to 1, not {stated}")
    return scale


def _printed(benchmark: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Pass the rows on as they come, and print each."""
    print(f"\n{benchmark}")
    for row in rows:
        value = "not known" if row.value is None else f"{row.value:,.10g}"
        met = {True: "met", False: "MISSED", None: ""}[row.met]
        scale = f"at scale {row.scale:g}" if row.scale < 1 else ""
        notes = ", ".join(filter(None, (row.note, scale)))
        print(f"  {row.name:<58} {value:>9} {row.unit:<9} {row.reach or '':<7} {met:<6} {notes}".rstrip(), flush=True)
        yield row


if __name__ == "__main__":
    sys.exit(main())
