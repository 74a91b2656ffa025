"""What the hub has from each source, when it came, and what is missing."""

import json
import os
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache

from samspel.lake import runs
from samspel.notices.lake import real_lake
from samspel.notices.sources import references
from samspel.notices.sources.unknown import unknown

# So many unknown codes and loose ends are shown; all are counted.
EXAMPLES = 5
# Days shown against what is usual.
DAYS = 14


@dataclass(frozen=True)
class Loose:
    """Notices of a source that refer to one that is not in the hub."""

    notices: int
    referring: int
    examples: tuple[references.Reference, ...]


@dataclass(frozen=True)
class Held:
    """What the lake holds of one source."""

    source: str
    notices: int
    first_on: date | None
    last_on: date | None
    read_at: datetime | None
    years: tuple[tuple[str, int], ...]  # "" where no date is stated
    formats: tuple[tuple[str, int], ...]
    unknown_codes: tuple[tuple[str, int], ...]
    unknown_total: int
    loose: Loose

    @property
    def unknown(self):
        """The unknown codes that are shown, each with its field in words."""
        return [unknown(code, notices) for code, notices in self.unknown_codes]


@dataclass(frozen=True)
class Day:
    """A day's notices as the source counts them, beside what is usual on that weekday."""

    day: date
    notices: int | None
    usual: float
    is_gap: bool


@dataclass(frozen=True)
class Harvested:
    """The days of one source and scope that harvests have asked for."""

    source: str
    scope: str
    days: tuple[Day, ...]  # the last of them, oldest first
    gaps: tuple[runs.Gap, ...]


def held(lake):
    """Return what the lake holds, by source; counted once for each state of the lake, and kept beside it."""
    return {} if lake.is_empty() else _held(lake, lake.manifest.generation)


def count_again(report):
    """Count what the hub holds after a load, so that no reader waits for it."""
    held(real_lake())


def harvested(found, until):
    """Return the days that harvests asked for against what is usual, by source and scope."""
    usual, gaps = runs.usual(found), runs.gaps(found, until)
    answers = []
    for (source, scope), numbers in sorted(runs.per_day(found).items()):
        missing = tuple(gap for gap in gaps if (gap.source, gap.scope) == (source, scope))
        of_day = {day: (number, False) for day, number in numbers.items()}
        of_day |= {gap.day: (gap.notices, True) for gap in missing}
        days = tuple(
            Day(day, number, usual.get((source, scope, day.weekday()), 0.0), is_gap)
            for day, (number, is_gap) in sorted(of_day.items())
        )
        answers.append(Harvested(source, scope, days[-DAYS:], missing))
    return answers


@lru_cache(maxsize=4)
def _held(lake, generation):
    # Counting takes seconds over a million notices: the load that changed them has done it (see apps.py).
    file = lake.folder / "coverage.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text())
        if kept["generation"] == generation:
            return {source: _from_json(facts) for source, facts in kept["held"].items()}
    answer = _count(lake)
    with suppress(OSError):
        _keep(file, {"generation": generation, "held": {source: asdict(one) for source, one in answer.items()}})
    return answer


def _from_json(facts):
    days = {name: facts[name] and date.fromisoformat(facts[name]) for name in ("first_on", "last_on")}
    read_at = facts["read_at"] and datetime.fromisoformat(facts["read_at"])
    examples = tuple(references.Reference(**one) for one in facts["loose"]["examples"])
    loose = Loose(**{**facts["loose"], "examples": examples})
    return Held(**{**facts, **days, "read_at": read_at, "loose": loose})


def _keep(file, answer):
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(answer, default=lambda moment: moment.isoformat()))
    part.replace(file)


def _count(lake):
    connection = lake.connection()
    counts = connection.execute(_COUNTS).fetchall()
    codes = connection.execute(_UNKNOWN_CODES).fetchall()
    loose = _loose(lake)
    return {source: _of(source, counts, codes, loose) for source in sorted({row[0] for row in counts})}


def _of(source, counts, codes, loose):
    own = [row for row in counts if row[0] == source]
    years, formats = Counter(), Counter()
    for _source, kind, year, number, *_rest in own:
        years[str(year) if year else ""] += number
        formats[kind] += number
    unknown = [(code, number) for of, code, number in codes if of == source]
    return Held(
        source=source,
        notices=sum(years.values()),
        first_on=min((row[4] for row in own if row[4]), default=None),
        last_on=max((row[5] for row in own if row[5]), default=None),
        read_at=max((row[6] for row in own), default=None),
        years=tuple(sorted(years.items())),
        formats=tuple(sorted(formats.items(), key=lambda item: (-item[1], item[0]))),
        unknown_codes=tuple(unknown[:EXAMPLES]),
        unknown_total=sum(number for _code, number in unknown),
        loose=loose.get(source, Loose(0, 0, ())),
    )


def _loose(lake):
    missing = references.missing(lake)
    return {
        source: Loose(missing.get(source, 0), number, tuple(references.listed(lake, source, number=EXAMPLES)))
        for source, number in references.referring(lake).items()
    }


_COUNTS = """
SELECT source, format, nullif(month // 100, 0) AS year, count(*) AS number,
    min(coalesce(published_on, dispatched_on)), max(coalesce(published_on, dispatched_on)), max(loaded_at)
FROM notices GROUP BY ALL
"""

_UNKNOWN_CODES = """
SELECT source, code, count(*) AS number
FROM (SELECT source, unnest(unknown_codes) AS code FROM notices WHERE len(unknown_codes) > 0)
GROUP BY ALL ORDER BY number DESC, code
"""
