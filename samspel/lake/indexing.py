"""Keeps the search index of a lake as new as the lake: from scratch, or only what has been loaded since."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from samspel.lake import search
from samspel.lake.codelists import INSTALLED, CodeLists
from samspel.lake.notice import Text
from samspel.lake.rules import RULES
from samspel.lake.schema import NOTICE_FIELDS, from_row
from samspel.lake.store import Lake, trim_memory

Progress = Callable[[int], None]

# Above this share of new notices the whole index is made anew: it is then one segment again, and faster to ask.
SHARE = 0.2
# So many notices are read for the words that compounds are split into.
LEARNED_FROM = 20_000
# Seconds between two looks whether another process is done with the index.
WAIT = 1.0

_ENTRIES = """
WITH place AS (
    SELECT key, arg_min(procurement, stage = 'planning') AS procurement FROM members GROUP BY key
)
SELECT {columns}, place.procurement, procurements.region
FROM notices JOIN place USING (key) JOIN procurements ON procurements.procurement = place.procurement
WHERE {condition}
"""

# A notice that joins a procurement may change what is said of the others in it.
_SINCE = """place.procurement IN (
    SELECT procurement FROM members JOIN notices USING (key) WHERE loaded_at >= $since
)"""

_WITH = """place.procurement IN (
    SELECT procurement FROM members WHERE key IN (SELECT unnest($keys))
)"""


def update(lake: Lake, *, progress: Progress | None = None) -> None:
    """Index what has been loaded since the index was last brought up to date; the whole lake where that is much.

    A process that dies half-way leaves the old index, and the next update does what this one did not. Waits while
    another process writes the index; raises OSError where it cannot be written (a full disk).
    """
    since = _up_to(lake)
    if since is None:
        rebuild(lake, progress=progress)
        return
    newest = _newest(lake)
    connection = lake.connection()
    new = connection.execute("SELECT count(*) FROM notices WHERE loaded_at > $since", {"since": since}).fetchone()
    count = new[0] if new else 0
    if count > SHARE * lake.manifest.rows:
        rebuild(lake, progress=progress)
    elif count:
        _written(lambda: search.add(lake.folder / "index", entries(lake, since=since)))
        _note(lake, newest)


def rebuild(lake: Lake, *, progress: Progress | None = None) -> None:
    """Make the index anew; the old one serves until the new one is complete. Waits and raises as ``update`` does."""
    # Asked first: what is loaded while the index is written is left to the next update.
    newest = _newest(lake)
    words = search.Words.learn(chain(_texts(lake), _labels()))
    trim_memory()

    def build() -> None:
        found = entries(lake) if newest else iter(())
        search.build(lake.folder / "index", found, words=words, expected=lake.manifest.rows, progress=progress)

    _written(build)
    _note(lake, newest)


def _written(write: Callable[[], None]) -> None:
    """Write the index as soon as nobody else does."""
    while True:
        try:
            write()
        except search.Busy:
            time.sleep(WAIT)
        # What tantivy says of a full disk.
        except ValueError as error:
            raise OSError(str(error)) from error
        else:
            return


def entries(lake: Lake, *, since: datetime | None = None, keys: list[str] | None = None) -> Iterator[search.Entry]:
    """Yield what is indexed for each notice.

    Only for those whose procurement got a notice ``since`` then, or has a notice of one of these ``keys``.
    """
    columns = [field.name for field in NOTICE_FIELDS] + [
        "buyer_keys",
        "supplier_keys",
        *(rule.column for rule in RULES),
    ]
    condition, asked = _asked(since, keys)
    query = _ENTRIES.format(columns=", ".join(f'notices."{name}"' for name in columns), condition=condition)
    found = lake.connection().cursor().sql(query, params=asked)
    for batch in found.to_arrow_reader(1024):
        for row in batch.to_pylist():
            yield _entry(row)


def _asked(since: datetime | None, keys: list[str] | None) -> tuple[str, dict[str, Any] | None]:
    if since:
        return _SINCE, {"since": since}
    return ("true", None) if keys is None else (_WITH, {"keys": keys})


def _texts(lake: Lake) -> Iterator[Text]:
    """Yield titles and descriptions of notices from all over the lake: the words that compounds are made of."""
    if lake.is_empty():
        return
    step = max(1, lake.manifest.rows // LEARNED_FROM)
    query = f"SELECT title, description FROM notices WHERE hash(key) % {step} = 0"
    for batch in lake.connection().cursor().sql(query).to_arrow_reader(1024):
        for row in batch.to_pylist():
            for text in (*(row["title"] or ()), *(row["description"] or ())):
                yield Text(**text)


def _labels() -> Iterator[Text]:
    """Yield the names of the CPV codes, which hold many parts of compounds in their plain form."""
    lists = CodeLists(INSTALLED)
    for code in lists.codes("cpv"):
        for language in ("sv", "da", "fi"):
            label = lists.label("cpv", code, language)
            if label and label.language == language:
                yield Text(language, label.text)


def _entry(row: dict[str, Any]) -> search.Entry:
    return search.Entry(
        notice=from_row(row),
        procurement=row["procurement"],
        rules=tuple(rule.name for rule in RULES if row[rule.column]),
        buyer_keys=tuple(row["buyer_keys"]),
        supplier_keys=tuple(row["supplier_keys"]),
        region=row["region"],
    )


def _up_to(lake: Lake) -> datetime | None:
    """Return the newest load that the index holds, None where it must be made from scratch, as by another hub."""
    try:
        noted = json.loads((lake.folder / "index" / "up_to.json").read_text())
        return datetime.fromisoformat(noted["loaded_at"]) if noted["make"] == search.MAKE else None
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return None


def _newest(lake: Lake) -> datetime | None:
    """Return when the newest notice was loaded, None in an empty lake."""
    if lake.is_empty():
        return None
    found = lake.connection().execute("SELECT max(loaded_at) FROM notices").fetchone()
    return found[0] if found else None


def _note(lake: Lake, newest: datetime | None) -> None:
    target = lake.folder / "index" / "up_to.json"
    if newest is None:
        target.unlink(missing_ok=True)
        return
    new = target.with_suffix(".new")
    new.write_text(json.dumps({"loaded_at": newest.isoformat(), "make": search.MAKE}))
    new.replace(target)
