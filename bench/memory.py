"""The memory of a process and all it started, together, as the system counts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
INTERVAL = 0.1  # seconds between two looks; each costs some milliseconds


@dataclass
class Peak:
    """The most that was seen; None where the system does not tell, as outside Linux."""

    megabytes: float | None = None


@contextmanager
def watching(process: int) -> Iterator[Peak]:
    """Look at the process and its descendants until the block ends.

    Counted is the proportional set size: a page that several processes share is divided among them, so that the sum
    counts it once (proc(5), smaps_rollup).
    """
    peak, ended = Peak(), Event()

    def look() -> None:
        while True:
            if seen := _megabytes(process):
                peak.megabytes = max(seen, peak.megabytes or 0)
            if ended.wait(INTERVAL):
                return

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def _megabytes(process: int) -> float:
    return sum(map(_kilobytes, _family(process))) * 1024 / 1e6


def _family(process: int) -> Iterator[int]:
    children = defaultdict(list)
    for folder in PROC.glob("[0-9]*"):
        try:
            # After the name, which may hold anything within its parentheses: state, then parent.
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        children[parent].append(int(folder.name))
    waiting = [process]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(children[one])


def _kilobytes(process: int) -> int:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
