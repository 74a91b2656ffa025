"""The tables of the Swedish statistics that the lake keeps, because a procurement's facts lie in several of them."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from samspel.lake import uhm_tables


def keep(folder: Path, tables: list[Path]) -> list[Path]:
    """Keep copies of these tables, in place of earlier ones of the same kind and year, and return all that are kept.

    A table that is kept already stays as it is. A file that is no such table is returned too, so that reading it says
    what is wrong with it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.glob("*.csv.gz"))
    unknown: list[Path] = []
    fresh: set[Path] = set()
    for table in tables:
        if table in before:
            fresh.add(table)
            continue
        if (name := uhm_tables.table_name(table)) is None:
            unknown.append(table)
            continue
        number = sum(path.name.startswith(f"{name}.") for path in fresh)
        target = folder / f"{name}.{number}.csv.gz"
        with table.open("rb") as source, gzip.open(folder / "new", "wb", compresslevel=6) as copy:
            shutil.copyfileobj(source, copy, 1024 * 1024)
        (folder / "new").replace(target)
        fresh.add(target)
    replaced = {
        path for path in before - fresh if any(path.name.split(".")[0] == new.name.split(".")[0] for new in fresh)
    }
    for path in replaced:
        path.unlink()
    return sorted((before | fresh) - replaced) + unknown


def kept(folder: Path) -> list[Path]:
    """Return the tables that are kept."""
    return sorted(folder.glob("*.csv.gz"))
