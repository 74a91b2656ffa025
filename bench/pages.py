"""The search page over the made notices: what the server needs for it, from the request to the bytes of the answer.

The page is asked for in a process of its own, because a hub is told its home when it starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench import Bench, Row, say_making, search
from bench.loading import environment, hub
from samspel.lake.notice import Notice
from samspel.lake.schema import from_row
from samspel.lake.store import Lake

NOTICES = 1_000_000
ROOT = Path(__file__).resolve().parent.parent


def rows(bench: Bench) -> Iterator[Row]:
    """Yield how long the search page takes over the 100 queries."""
    call = [sys.executable, "-m", "bench.pages"]
    asked = subprocess.run(call, cwd=ROOT, env=environment(home(bench)), stdout=subprocess.PIPE, check=True)
    taken = json.loads(asked.stdout)
    note = f"over {bench.scaled(NOTICES):,} notices, {len(taken)} queries"
    yield Row("search page, server time, p95", round(quantiles(taken, n=20)[-1], 1), "ms", "< 60", note, bench.scale)
    yield Row("search page, server time, p50", round(median(taken), 1), "ms", None, note, bench.scale)


def home(bench: Bench) -> Path:
    """Return a home whose index holds the made notices, made once."""
    count = bench.scaled(NOTICES)
    made = bench.folder / f"search-{count}"
    index = made / "lake" / "index"
    if not search.current(index):
        say_making(f"an index of {count:,} notices")
        search.make(index, seeds(bench), count)
    return made


def seeds(bench: Bench) -> list[Notice]:
    """Return the real notices, in an order that does not depend on how they were loaded."""
    found = Lake(hub(bench) / "lake").all_rows()
    return sorted((from_row(row) for some in found for row in some), key=lambda notice: notice.key)


def _ask() -> list[float]:
    """Ask for each page once to warm up and once to measure; return the milliseconds."""
    import django  # noqa: PLC0415 - only the process that was told its home is a hub

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from samspel.notices.search.form import Asked  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip", "accept-language": "sv"})
    addresses = [Asked(asked.text, dict(asked.filters)).url() for asked in search.queries()]
    for address in addresses:
        if (status := client.get(address).status_code) != 200:
            raise RuntimeError(f"the search page answered {status}")
    taken = []
    for address in addresses:
        began = perf_counter()
        client.get(address)
        taken.append((perf_counter() - began) * 1000)
    return taken


if __name__ == "__main__":
    print(json.dumps(_ask()))
