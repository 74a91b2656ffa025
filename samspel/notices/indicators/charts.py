"""The pictures of the indicator pages: numbers over the years, with a gap and a dashed line where a series breaks."""

from django.utils.translation import gettext as _

from samspel.kit import charts, formats
from samspel.lake.indicators import Measure
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.indicators.form import INNOVATION, Opened
from samspel.notices.indicators.words import LEAST_BASE, NAMES, ratio_text, short_break

# Pictures beside each other keep one scale while the lowest can still be read on it.
_READABLE = 5


def shared_top(names, series):
    """Return the number at the upper edge of several pictures, or None where one would lie flat on the ground."""
    highest = [max((series.count(name, year).number for year in series.years), default=0) for name in names]
    return max(highest) if min(highest) * _READABLE >= max(highest) > 0 else None


def most_breaks(names, series):
    """Return how many breaks that one of several pictures has which has most: all leave room for so many."""
    return max(len(_short_breaks(name, series)) for name in names)


def over_years(name, series, *, is_ratio, partial_from, top=None, lines=0):
    """Draw an indicator's numbers, or its shares, over the years; empty where fewer than two years can be drawn."""
    if not is_drawn(name, series):
        return ""
    points = [
        _point(name, series.asked.changed(year=year), series.count(name, year), partial=year >= partial_from)
        if year in _drawn(name, series)
        else charts.Point(year, None)
        for year in series.years
    ]
    breaks = [charts.Break(year, words) for year, words in _short_breaks(name, series).items()]
    label = _label(name, points, breaks)
    draw = charts.line if is_ratio else charts.bars
    return draw(points, label, breaks, top=top, focus=series.asked.year, lines=lines)


def is_drawn(name, series):
    """Tell whether an indicator has a picture: two years that can be drawn."""
    return len(_drawn(name, series)) >= 2


def notes(name, series, *, partial_from):
    """Say what a picture shows in another way than the rest, or leaves out."""
    drawn = _drawn(name, series)
    if not is_drawn(name, series):
        return []
    said = [_("%(year)s is not over and is drawn open.") % {"year": year} for year in drawn if year >= partial_from]
    if len(drawn) < len(series.known(name)):
        said.append(_("Years with a base under %(least)s are not drawn.") % {"least": formats.count(LEAST_BASE)})
    return said


def _drawn(name, series):
    """Return the years that a picture shows: a share of a few would only jump from nothing to all."""
    least = LEAST_BASE if is_share(name) else 1
    return [year for year in series.known(name) if series.count(name, year).base >= least]


def _point(name, asked, count, *, partial):
    measure = indicator_of(name).measure
    text = ratio_text(measure, count) if is_ratio(name) else formats.count(count.number)
    value = count.ratio if is_ratio(name) else count.number
    url = Opened(name, asked, is_base=not count.number).url
    return charts.Point(asked.year, value, text, url, partial=partial)


def _short_breaks(name, series):
    """Return the breaks between the years that are drawn, in the few words of a picture."""
    drawn, words = _drawn(name, series), {}
    for one in series.breaks(name):
        if drawn and drawn[0] < one.year <= drawn[-1]:
            words.setdefault(one.year, short_break(one.words))
    return words


def _label(name, points, breaks):
    numbers = ", ".join(f"{point.year}: {point.text}" for point in points if point.value is not None)
    marks = "; ".join(f"{one.year}: {one.words}" for one in breaks)
    return f"{NAMES[name]}. {numbers}. {marks}".strip(". ") + "."


def is_ratio(name):
    """Tell whether an indicator is better drawn as a share or a mean than as a number."""
    return name not in INNOVATION


def is_share(name):
    """Tell whether an indicator is drawn as a share."""
    return is_ratio(name) and indicator_of(name).measure is not Measure.MEAN
