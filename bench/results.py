"""``bench.json``: the rows of the latest run of each benchmark, and the machine they were measured on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import Row
from bench.machine import facts


def write(file: Path, benchmark: str, rows: Iterable[Row], *, at: datetime | None = None) -> None:
    """Put a benchmark's rows in place of those it had; rows from another machine go."""
    machine = facts()
    measured_on = (at or datetime.now(UTC)).date().isoformat()
    fresh = [{"benchmark": benchmark, **asdict(row), "met": row.met, "measured_on": measured_on} for row in rows]
    kept = [row for row in _stored(file, machine) if row["benchmark"] != benchmark]
    stored = {"machine": machine, "rows": kept + fresh}
    new = file.with_suffix(".new")
    new.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    new.replace(file)


def _stored(file: Path, machine: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return stored["rows"] if stored["machine"] == machine else []
