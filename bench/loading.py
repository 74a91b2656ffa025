"""Loading by the command itself, in homes of its own: how long it takes, and how much memory all its processes need."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import Bench, Row, copies, say_making
from bench.memory import Peak, watching

COPIES = 20_000
TIMES = 3
# The command ends with 3 where it has loaded what could be read, and not all could.
_LOADED = (0, 3)


@dataclass(frozen=True, slots=True)
class Load:
    """How a load went."""

    seconds: float
    peak: Peak
    read: int
    unreadable: int

    @property
    def note(self) -> str:
        return f"{self.read:,} notices, {self.unreadable:,} unreadable"


def rows(bench: Bench) -> Iterator[Row]:
    """Yield time and memory of loading the real notices, and of loading many copies of them."""
    real = bench.shared / "notices"
    loads = [_load(bench, real) for _ in range(TIMES)]
    seconds = median(load.seconds for load in loads)
    yield Row("loading all real notices, to Parquet and index", round(seconds, 1), "s", "< 30", loads[0].note)
    yield _memory("memory of all processes during that load", _load(bench, real, watch=True))

    size = bench.scaled(COPIES)
    many = copies.make(real, bench.folder / f"copies-{size}.tar.gz", size)
    large = _load(bench, many, watch=True)
    yield _memory("memory of all processes during a larger load", large, scale=bench.scale)
    yield Row("that larger load", round(large.seconds, 1), "s", note=large.note, scale=bench.scale)


def hub(bench: Bench) -> Path:
    """Return a home that holds the real notices, loaded once."""
    home = bench.folder / "hub"
    if not home.exists():
        say_making("a hub with the real notices")
        unfinished = home.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        command(["notices", "load", str(bench.shared / "notices")], home=unfinished, accepted=_LOADED)
        unfinished.rename(home)
    return home


def command(
    words: Sequence[str], *, home: Path, accepted: Sequence[int] = (0,), watch: bool = False
) -> tuple[str, Peak]:
    """Run the ``samspel`` command on a home and return what it prints, and what memory it took if that is watched.

    Raises RuntimeError when it ends with another code than those accepted.
    """
    # Beside the interpreter, where an environment keeps its commands.
    call = [Path(sys.executable).parent / "samspel", *words]
    with (
        Popen(call, env=environment(home), stdout=PIPE, stderr=DEVNULL, text=True) as process,
        watching(process.pid) if watch else nullcontext(Peak()) as peak,
    ):
        printed, _ = process.communicate()
    if process.returncode not in accepted:
        raise RuntimeError(f"samspel {words[0]} {words[1]} ended with {process.returncode}")
    return printed, peak


def environment(home: Path) -> dict[str, str]:
    """Return what a hub is told that keeps everything in this home, whatever the machine's own hub is told."""
    database = f"sqlite:///{home / 'samspel.sqlite3'}"
    return os.environ | {"SAMSPEL_HOME": str(home), "SAMSPEL_DEVELOPMENT": "true", "DATABASE_URL": database}


def _load(bench: Bench, source: Path, *, watch: bool = False) -> Load:
    bench.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=bench.folder) as home:
        began = perf_counter()
        words = ["notices", "load", str(source), "--json"]
        printed, peak = command(words, home=Path(home), accepted=_LOADED, watch=watch)
        seconds = perf_counter() - began
    report = json.loads(printed)
    return Load(seconds, peak, report["read"], report["unreadable_total"])


def _memory(name: str, load: Load, *, scale: float = 1.0) -> Row:
    value = load.peak.megabytes and round(load.peak.megabytes)
    return Row(name, value, "MB", "< 500", load.note, scale)
