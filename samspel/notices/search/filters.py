"""The filters beside the hits: what can be chosen, how many notices each choice has, and what is chosen already."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake.search.document import CPV_LEVELS
from samspel.lake.search.facets import VALUE_BANDS
from samspel.notices.search.facet_labels import LEGENDS, counted
from samspel.notices.search.form import Asked

# The groups that are boxes to tick, in the order of the page, and how many of their values stand before a fold and
# behind it. Everything else is reached by words.
BOXES = {
    "kind": (8, 0),
    "country": (6, 24),
    "region": (6, 14),
    "mark": (5, 0),
    "rule": (4, 0),
    "procedure": (5, 15),
    "year": (5, 25),
    "buyer": (5, 10),
    "supplier": (5, 10),
    "source": (5, 0),
}
# The buyer's own marks say these too.
_SAID_BY_MARKS = frozenset({"environment", "social"})
_DIVISIONS = 6


@dataclass(frozen=True)
class Option:
    """A value to tick. ``count`` is written out; empty where the value is not among those counted."""

    value: str
    words: Any
    count: str
    is_chosen: bool
    id: str


@dataclass(frozen=True)
class Group:
    """A filter of boxes: those that show and those behind a fold."""

    name: str
    legend: Any
    options: list
    folded: list


@dataclass(frozen=True)
class Step:
    """A link that narrows: a CPV code at its depth in the tree, or a band of amounts."""

    words: Any
    count: str
    url: str
    depth: int = 0
    is_chosen: bool = False


@dataclass(frozen=True)
class Chip:
    """Something chosen, and the address without it."""

    words: Any
    url: str
    asked: Asked


def boxes(asked, facets, names):
    """Return the groups of boxes that have something to choose between, by name."""
    groups = {name: _group(name, asked, facets[name], names) for name in BOXES}
    return {name: group for name, group in groups.items() if group.options}


def _group(name, asked, counts, names):
    chosen = asked.values(name)
    numbers = {one.value: one.count for one in counts if one.value in chosen or not _is_hidden(name, one.value)}
    # What is chosen stands there also where nothing found has it.
    values = [*numbers, *(value for value in chosen if value not in numbers)]
    shown, folded = BOXES[name]

    def options(wanted):
        return [
            Option(
                value,
                names.of(name, value),
                _written(numbers.get(value)),
                value in chosen,
                _id(name, value),
            )
            for value in wanted
        ]

    first = [value for place, value in enumerate(values) if place < shown or value in chosen]
    rest = [value for value in values[shown : shown + folded] if value not in chosen]
    return Group(name, str(LEGENDS[name]), options(first), options(rest))


def _is_hidden(name, value):
    # A buyer that states its country alone is in no region.
    return (name == "rule" and value in _SAID_BY_MARKS) or (name == "region" and len(value) == len("SE"))


def _written(number):
    return "" if number is None else counted(number)


def _id(name, value):
    # An id has no spaces.
    return f"{name}-{value.replace(' ', '_')}"


def cpv_tree(asked, facets, names, index, at):
    """Return the CPV divisions found, each opened down to what is chosen: those that show, and those behind a fold."""
    chosen = asked.values("cpv")
    counts = {one.value: one.count for one in facets["cpv"]} | _beside(asked, index, at)
    # What is chosen stands there also where it is not found; its division too.
    counts = {code[:2]: None for code in chosen} | dict.fromkeys(chosen) | counts
    opened = {code[:level] for code in chosen for level in CPV_LEVELS if level <= len(code)}
    divisions = sorted((code for code in counts if len(code) == 2), key=lambda code: -(counts[code] or 0))
    first = sorted({*divisions[:_DIVISIONS], *(opened & {*divisions})})
    shown = [step for code in first for step in _branch(code, counts, opened, asked, names)]
    folded = [_step(code, counts, asked, names) for code in sorted(divisions[_DIVISIONS:]) if code not in opened]
    return shown, folded


def _beside(asked, index, at):
    """Count what lies under each code above a chosen one: the way down stays open."""
    above = {code[:level] for code in asked.values("cpv") for level in CPV_LEVELS if level < len(code)}
    counts = {}
    for code in above:
        found = index.search(asked.choosing("cpv", code).search(at, limit=0, facets=("cpv",)))
        counts |= {one.value: one.count for one in found.facets["cpv"] if one.value.startswith(code)}
    return counts


def _branch(code, counts, opened, asked, names):
    yield _step(code, counts, asked, names)
    if code in opened and len(code) < CPV_LEVELS[-1]:
        level = CPV_LEVELS[CPV_LEVELS.index(len(code)) + 1]
        for below in sorted(one for one in counts if len(one) == level and one.startswith(code)):
            yield from _branch(below, counts, opened, asked, names)


def _step(code, counts, asked, names):
    chosen = asked.values("cpv")
    if code in chosen:
        target = asked.without("cpv", code)
    else:
        # Neither what lies above nor what lies below stays chosen beside it.
        kept = (one for one in chosen if not one.startswith(code) and not code.startswith(one))
        target = asked.choosing("cpv", *kept, code)
    words = names.of("cpv", code)
    return Step(words, _written(counts[code]), target.url(), CPV_LEVELS.index(len(code)), code in chosen)


def bands(asked, facets):
    """Return the bands of amounts found, where a currency is chosen."""
    return [
        Step(words, counted(one.count), target.url(), is_chosen=(asked.low, asked.high) == (target.low, target.high))
        for one in facets.get("value", ())
        for target, words in [_band(asked, float(one.value))]
    ]


def _band(asked, low):
    high = next((end for end in VALUE_BANDS if end > low), None)
    target = asked.changed(low=low or None, high=high and high - 0.01)
    return target, range_words(low or None, high, asked.currency)


def range_words(low, high, currency):
    """Write a range of amounts of which one end may be open."""
    if high is None:
        return _("%(low)s or more") % {"low": formats.money(low, currency)}
    if low is None:
        return _("under %(high)s") % {"high": formats.money(high, currency)}
    return _("%(low)s to %(high)s") % {"low": formats.money(low, currency), "high": formats.money(high, currency)}


def chips(asked, names):
    """Return everything that is chosen, each with the search without it."""
    chosen = [
        (names.of(group, value), asked.without(group, value))
        for group, values in asked.groups.items()
        for value in values
    ]
    if asked.low is not None or asked.high is not None:
        chosen.append((range_words(asked.low, asked.high, asked.currency), asked.changed(low=None, high=None)))
    if asked.currency:
        sort = "" if asked.sort == "value" else asked.sort
        chosen.append((asked.currency, asked.changed(currency="", low=None, high=None, sort=sort)))
    if asked.open:
        chosen.append((_("Still open"), asked.changed(open=False)))
    return [Chip(words, left.url(), left) for words, left in chosen]
