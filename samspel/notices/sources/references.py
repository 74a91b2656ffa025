"""Notices that refer to an earlier one which is not in the hub: how many, and which."""

from dataclasses import dataclass
from functools import lru_cache

import pyarrow.compute as pc

from samspel.notices.links import notice_url


@dataclass(frozen=True)
class Reference:
    """A notice, and what it refers to that is not in the hub, in lower case; ``language`` is that of its title."""

    source: str
    key: str
    references: tuple[str, ...]
    title: str
    language: str

    @property
    def url(self):
        return notice_url(self.key)


def referring(lake):
    """Return how many notices refer to an earlier one, by source."""
    return dict(lake.connection().execute(_REFERRING).fetchall())


def missing(lake):
    """Return how many notices refer to one that is not here, by source."""
    counts = pc.value_counts(_missing(lake, lake.manifest.generation)["source"])
    return {one["values"]: one["counts"] for one in counts.to_pylist()}


def listed(lake, source, *, start=0, number=20):
    """Return so many of the notices of a source that refer to one that is not here; of all sources where it is ""."""
    found = _missing(lake, lake.manifest.generation)
    if source:
        found = found.filter(pc.equal(found["source"], source))
    shown = found.slice(start, number).to_pylist()
    keys = [row["key"] for row in shown]
    titles = {key: title or {} for key, title in lake.connection().execute(_TITLES, {"keys": keys}).fetchall()}
    return [_reference(row, titles.get(row["key"], {})) for row in shown]


@lru_cache(maxsize=2)
def _missing(lake, generation):
    # Once for each state of the lake: every reference is looked up among all notices.
    return lake.connection().cursor().sql(_MISSING).to_arrow_table()


def _reference(row, title):
    return Reference(
        row["source"], row["key"], tuple(row["references"]), title.get("text") or "", title.get("language") or ""
    )


_REFERRING = """
SELECT source, count(*) FROM notices WHERE source != 'uhm' AND (len(corrects) > 0 OR len(follows) > 0) GROUP BY source
"""

# A reference is a notice identifier with its version, or a publication number; see samspel.lake.procurements. The
# Swedish statistics name the procurement's own notice in TED, not one that came before.
_MISSING = """
WITH reference AS (
    SELECT DISTINCT source, key, lower(unnest(list_concat(coalesce(corrects, []), coalesce(follows, [])))) AS reference
    FROM notices WHERE source != 'uhm' AND (len(corrects) > 0 OR len(follows) > 0)
), known AS (
    SELECT unnest([lower(identifier), ltrim(lower(identifier), '0'), ltrim(lower(publication_number), '0')]) AS name
    FROM notices
)
SELECT source, key, list(reference ORDER BY reference) AS references
FROM reference
WHERE CASE WHEN reference SIMILAR TO '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}.*'
    THEN left(reference, 36) ELSE ltrim(reference, '0') END
    NOT IN (SELECT name FROM known WHERE name IS NOT NULL)
GROUP BY source, key ORDER BY source, key DESC
"""

_TITLES = """
SELECT key, coalesce(list_filter(title, lambda one: one.language = language)[1], title[1])
FROM notices WHERE key IN (SELECT unnest($keys::VARCHAR[]))
"""
