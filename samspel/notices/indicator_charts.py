"""The pictures of the indicator pages: numbers over the years, with a gap and a dashed line where a series breaks."""

from itertools import zip_longest

from samspel.kit import charts, formats
from samspel.notices.counting import in_year, indicator_of
from samspel.notices.indicator_form import INNOVATION, Opened
from samspel.notices.indicator_tables import breaks_of, known_years
from samspel.notices.indicator_words import NAMES, ratio_text, short_break

# Pictures beside each other keep one scale while the lowest can still be read on it.
_READABLE = 5
# The share of the picture that the words of a break take.
_NEAR = 0.3


def shared_top(names, found, years):
    """Return the number at the upper edge of several pictures, or None where one would lie flat on the ground."""
    highest = [max((in_year(found, year)[name].number for year in years), default=0) for name in names]
    return max(highest) if min(highest) * _READABLE >= max(highest) > 0 else None


def over_years(name, asked, found, years, *, is_ratio, partial_from, top=None, height=210):
    """Draw an indicator's numbers, or its shares, over the years; empty where fewer than two years can be told."""
    known = known_years(name, found, years)
    if len(known) < 2:
        return ""
    points = [
        _point(name, asked.changed(year=year), in_year(found, year)[name], is_ratio=is_ratio, partial_from=partial_from)
        for year in years
    ]
    breaks = [charts.Break(year, words) for year, words in _short_breaks(name, asked, known).items()]
    label = _label(name, points, breaks)
    draw = charts.line if is_ratio else charts.bars
    return draw(points, label, _apart(breaks, years), top=top, height=height)


def _point(name, asked, count, *, is_ratio, partial_from):
    if not count.base:
        return charts.Point(asked.year, None)
    text = ratio_text(indicator_of(name).measure, count.ratio) if is_ratio else formats.count(count.number)
    value = count.ratio if is_ratio else count.number
    url = Opened(name, asked, is_base=not count.number).url
    return charts.Point(asked.year, value, text, url, partial=asked.year >= partial_from)


def _short_breaks(name, asked, known):
    words = {}
    for one in breaks_of(name, asked, known):
        words.setdefault(one.year, short_break(one.words))
    return words


def _apart(breaks, years):
    """Leave the words out of a break whose words would lie over those of the next; they stand under the picture."""
    near = len(years) * _NEAR
    return [
        charts.Break(one.year, "") if after and after.year - one.year < near else one
        for one, after in zip_longest(breaks, breaks[1:])
    ]


def _label(name, points, breaks):
    numbers = ", ".join(f"{point.year}: {point.text}" for point in points if point.value is not None)
    marks = "; ".join(f"{one.year}: {one.words}".replace("\n", " ") for one in breaks)
    return f"{NAMES[name]}. {numbers}. {marks}".strip(". ") + "."


def is_ratio(name):
    """Tell whether an indicator is better drawn as a share or a mean than as a number."""
    return name not in INNOVATION
