"""The pictures of the indicator pages: numbers over the years, with a gap and a dashed line where a series breaks."""

from itertools import zip_longest

from samspel.kit import charts, formats
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.indicators.form import INNOVATION, Opened
from samspel.notices.indicators.words import NAMES, ratio_text, short_break

# Pictures beside each other keep one scale while the lowest can still be read on it.
_READABLE = 5
# The share of the picture that the words of a break take.
_NEAR = 0.3


def shared_top(names, series):
    """Return the number at the upper edge of several pictures, or None where one would lie flat on the ground."""
    highest = [max((series.count(name, year).number for year in series.years), default=0) for name in names]
    return max(highest) if min(highest) * _READABLE >= max(highest) > 0 else None


def over_years(name, series, *, is_ratio, partial_from, top=None):
    """Draw an indicator's numbers, or its shares, over the years; empty where fewer than two years can be told."""
    if len(series.known(name)) < 2:
        return ""
    points = [
        _point(
            name,
            series.asked.changed(year=year),
            series.count(name, year),
            is_ratio=is_ratio,
            partial=year >= partial_from,
        )
        for year in series.years
    ]
    breaks = [charts.Break(year, words) for year, words in _short_breaks(name, series).items()]
    label = _label(name, points, breaks)
    draw = charts.line if is_ratio else charts.bars
    return draw(points, label, _apart(breaks, series.years), top=top, focus=series.asked.year)


def _point(name, asked, count, *, is_ratio, partial):
    if not count.base:
        return charts.Point(asked.year, None)
    text = ratio_text(indicator_of(name).measure, count.ratio) if is_ratio else formats.count(count.number)
    value = count.ratio if is_ratio else count.number
    url = Opened(name, asked, is_base=not count.number).url
    return charts.Point(asked.year, value, text, url, partial=partial)


def _short_breaks(name, series):
    words = {}
    for one in series.breaks(name):
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
