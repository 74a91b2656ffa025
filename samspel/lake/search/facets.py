"""How many of the notices found have each value: the numbers beside the filters.

Several values of one group widen a search, so a group that is filtered is counted as if it were not: the numbers say
what each further value would add. All counts are exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samspel.lake.search.document import BUNDLED, CPV_LEVELS, JOINT, MULTIPLE
from samspel.lake.search.match import Match

VALUE_BANDS = (0.0, 1e5, 1e6, 1e7, 1e8)  # lower ends, in units of the currency
_EVERY = 65_000  # more values than a group that is counted whole can have
_MOST = 50  # of buyers and suppliers only these are shown


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """A value and the number of notices found that have it."""

    value: str
    count: int


def count(
    match: Match, groups: Iterable[str], filters: Mapping[str, tuple[str, ...]]
) -> tuple[int, dict[str, list[Count]]]:
    """Return how many notices match, and the counts of the groups: most first, years newest first, codes in order.

    Of CPV the divisions are counted, and within each code that is filtered the next level. The bands of `value` are
    counted where one currency is filtered, each named by its lower end.
    """
    wanted = [group for group in groups if group != "value" or len(filters.get("currency", ())) == 1]
    free = [group for group in wanted if group not in match.filters]
    counted = match.searcher.aggregate(match.query(), _asked(free) | {"total": {"value_count": {"field": "kind"}}})
    total = int(counted["total"]["value"])
    for group in wanted:
        if group in match.filters:
            counted |= match.searcher.aggregate(match.query(without=group), _asked([group]))
    found = {group: _ordered(group, _counts(group, counted)) for group in wanted}
    if "cpv" in found:
        found["cpv"] += _below(match, filters.get("cpv", ()))
    return total, found


def _asked(groups: Iterable[str]) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    for group in groups:
        if group == "value":
            asked[group] = {"range": {"field": group, "ranges": _bands()}}
        elif group in MULTIPLE:
            asked[group] = _terms(group, _MOST)
        elif group == "cpv":
            asked |= {name: _terms(name, _EVERY) for name in ("cpv_bundle", "cpv_more_bundle")}
        else:
            asked[group] = _terms(f"{group}_bundle" if group in BUNDLED else group, _EVERY)
    return asked


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size}}


def _bands() -> list[dict[str, float]]:
    ends = (*VALUE_BANDS[1:], None)
    return [{"from": low} | ({"to": high} if high else {}) for low, high in zip(VALUE_BANDS, ends, strict=True)]


def _counts(group: str, counted: dict[str, Any]) -> Counter[str]:
    """Take bundles apart into the values they hold."""
    if group == "value":
        bands = counted[group]["buckets"]
        return Counter({str(int(band["from"])): band["doc_count"] for band in bands if band.get("from") is not None})
    counts: Counter[str] = Counter()
    for name in ("cpv_bundle", "cpv_more_bundle") if group == "cpv" else (group,):
        for bucket in counted[name]["buckets"]:
            for value in bucket["key"].split(JOINT):
                counts[value] += bucket["doc_count"]
    del counts[""]
    return counts


def _ordered(group: str, counts: Counter[str]) -> list[Count]:
    found = [Count(value, number) for value, number in counts.items() if number]
    if group == "value":
        return sorted(found, key=lambda count: int(count.value))
    if group == "cpv":
        return sorted(found)
    if group == "year":
        return sorted(found, reverse=True)
    return sorted(found, key=lambda count: (-count.count, count.value))


def _below(match: Match, codes: tuple[str, ...]) -> list[Count]:
    """Count the level under each filtered CPV code, among what is found without the CPV filter."""
    found: list[Count] = []
    for code in dict.fromkeys(codes):
        if len(code) in CPV_LEVELS[:-1] and code.isascii() and code.isdigit():
            level = CPV_LEVELS[CPV_LEVELS.index(len(code)) + 1]
            asked = {"below": {"terms": {"field": f"cpv{level}", "size": _EVERY, "include": f"{code}.*"}}}
            buckets = match.searcher.aggregate(match.only("cpv", code), asked)["below"]["buckets"]
            found += sorted(Count(bucket["key"], bucket["doc_count"]) for bucket in buckets)
    return found
