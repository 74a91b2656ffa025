"""Alerts: 10,000 saved searches asked of a day of 3,000 new notices, on one core, from the load to the mails.

The hub is one of its own, made anew: the lake holds the day and the weeks before it, the database the searches of 2,000
people. A hit that is kept twice is a fault and ends the run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench import Bench, Row, search
from bench.loading import environment, hub
from samspel.lake.notice import Notice
from samspel.lake.search import Entry

SEARCHES, NOTICES, PEOPLE = 10_000, 3_000, 2_000
# So many searches are kept by several people: they are equal, and asked once.
_SHARED = 5
_BEFORE = 5
ROOT = Path(__file__).resolve().parent.parent
_COUNTRIES = ("SE", "NO", "DK", "FI")
_DIVISIONS = ("03", "09", "33", "34", "45", "50", "55", "71", "72", "79", "85", "90")
_KINDS = ("competition", "result", "planning")


def rows(bench: Bench) -> Iterator[Row]:
    """Yield how long the saved searches take over a day, and the mails after it."""
    with TemporaryDirectory(dir=bench.folder) as home:
        sizes = [str(bench.scaled(one)) for one in (SEARCHES, NOTICES, PEOPLE)]
        call = [sys.executable, "-m", "bench.alerts", str(hub(bench)), *sizes]
        done = subprocess.run(call, cwd=ROOT, env=environment(Path(home)), stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    note = f"{told['searches']:,} searches, {told['distinct']:,} of them different; {told['hits']:,} hits, each once"
    yield Row("a day of 3,000 notices matched, one core", told["matched"], "s", "< 60", note, bench.scale)
    note = f"{told['mails']:,} mails, with {told['told']:,} procurements"
    yield Row("the mails of that day written, one core", told["written"], "s", None, note, bench.scale)


def day(seeds: list[Notice], size: int, at: datetime) -> list[Notice]:
    """Return so many made notices that were published the day before."""
    made = search.entries(seeds, size)
    return [_published(entry, at - timedelta(days=1)) for entry in made]


def queries() -> Iterator[str]:
    """Yield searches as people save them: words alone, filters alone, and both; no two are equal."""
    from samspel.notices.saved.asked import query_of  # noqa: PLC0415 - only the process that is a hub can ask it
    from samspel.notices.search.form import Asked  # noqa: PLC0415

    words = [asked.text for asked in search.queries()]
    for number in count():
        filters: dict[str, tuple[str, ...]] = {
            "country": (_COUNTRIES[number % 4],),
            "cpv": (_DIVISIONS[number // 4 % 12],),
            "kind": (_KINDS[number // 48 % 3],),
        }
        chosen = dict(islice(filters.items(), number % 2, 3)) if number % 3 else filters
        # A word that somebody leaves out makes each of them different.
        text = f"{words[number % len(words)]} -utan{number}" if number % 10 else f"-utan{number}"
        yield query_of(Asked(text=text, groups=chosen))


def _published(entry: Entry, at: datetime) -> Notice:
    return replace(entry.notice, published_on=at.date())


def _measure(real: Path, searches: int, notices: int, people: int) -> dict[str, Any]:
    """Fill the hub, match, write the mails, and return what that took."""
    from samspel.lake import indexing, load  # noqa: PLC0415
    from samspel.lake.schema import from_row  # noqa: PLC0415
    from samspel.lake.store import Lake  # noqa: PLC0415
    from samspel.notices.lake import real_lake  # noqa: PLC0415
    from samspel.notices.models import SavedHit, SavedSearch, Told  # noqa: PLC0415
    from samspel.notices.saved import matching, telling  # noqa: PLC0415
    from samspel.organisations.models import Person  # noqa: PLC0415

    at = datetime.now(UTC)
    seeds = sorted((from_row(row) for some in Lake(real / "lake").all_rows() for row in some), key=lambda one: one.key)
    load.load_records(real_lake(), seeds, at=at - timedelta(days=_BEFORE))
    _save(searches, people, at - timedelta(days=1))
    load.load_records(real_lake(), day(seeds, notices, at), at=at)
    indexing.update(real_lake())

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    began = perf_counter()
    hits = matching.match(real_lake(), at=at)
    matched = perf_counter() - began
    if hits != SavedHit.objects.values("search", "news__procurement").distinct().count():
        raise RuntimeError("a hit was kept twice")
    began = perf_counter()
    waiting = telling.waiting_people(at, ("at_once",))
    mails = [telling.tell(person, at=at) for person in Person.objects.filter(pk__in=waiting)]
    return {
        "searches": searches,
        "distinct": SavedSearch.objects.values("query").distinct().count(),
        "hits": hits,
        "matched": round(matched, 1),
        "mails": sum(mail is not None for mail in mails),
        "told": Told.objects.count(),
        "written": round(perf_counter() - began, 1),
    }


def _save(searches: int, people: int, at: datetime) -> None:
    """Let people save searches, five each, for mails at once."""
    from samspel.notices.models import Alert, SavedSearch  # noqa: PLC0415
    from samspel.organisations.models import Person  # noqa: PLC0415

    persons = Person.objects.bulk_create(
        Person(email=f"person{number}@example.org", language="sv") for number in range(people)
    )
    asked = list(islice(queries(), searches - searches // _SHARED))
    saved = SavedSearch.objects.bulk_create(
        SavedSearch(
            name=f"Search {number}",
            query=asked[number % len(asked)],
            person=persons[number % people],
            saved_at=at,
        )
        for number in range(searches)
    )
    at_once = {"how_often": "at_once", "since": at}
    Alert.objects.bulk_create(Alert(search=one, person_id=one.person_id, **at_once) for one in saved)


def _main() -> None:
    import django  # noqa: PLC0415 - only the process that was told its home is a hub

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    print(json.dumps(_measure(Path(sys.argv[1]), *map(int, sys.argv[2:]))))


if __name__ == "__main__":
    _main()
