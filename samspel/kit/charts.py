"""Pictures of numbers, drawn to SVG on the server and put into the page.

A chart function takes numbers with their words and addresses and returns the SVG. Altair says what is where, vl-convert
draws it, and :mod:`samspel.kit.svg` makes the drawing the hub's own: classes instead of colours (so that it reads in
the dark), links into the hub, no background. Drawings are kept under ``HOME.cache``, named by a digest of all that
decides how they look. Nothing is fetched from a network.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import mark_safe

from samspel.kit import svg

logger = logging.getLogger(__name__)

WIDTH = 360
# Room for the words of a break and the highest number above, and for the years below.
TOP, BOTTOM = 22, 26
BREAK_TOP = 58
# A year takes no more room than this: two bars must not become two walls.
WIDEST = {"line": 80, "bars": 52}
# How wide a digit is, at the size of a number and of the strong one; measured in Inter.
DIGIT, STRONG_DIGIT = 7.6, 9.6
KEPT = 5000

# A change of how charts are drawn makes old drawings useless.
_DRAWN_BY = hashlib.sha256(Path(__file__).read_bytes() + Path(svg.__file__).read_bytes()).hexdigest()


@dataclass(frozen=True)
class Point:
    """A number of a year. ``text`` is the number as written in the picture; ``value`` None leaves a gap.

    ``url`` leads to the records behind the number, inside the hub. A ``partial`` year is not over yet.
    """

    year: int
    value: float | None
    text: str = ""
    url: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Break:
    """A year from which the series cannot be compared with the years before, and why, in few words (with a newline)."""

    year: int
    words: str


@dataclass(frozen=True)
class Dot:
    """One value of a distribution."""

    value: float
    text: str = ""
    url: str = ""


def line(
    points: Sequence[Point], label: str, breaks: Sequence[Break] = (), top: float | None = None, height: int = 210
):
    """Draw numbers over the years as a line with a gap at every break.

    ``label`` says in words what the picture shows. ``top`` is the value at the upper edge, for charts side by side.
    """
    return _kept("line", _over_years, points, label, breaks=breaks, top=top, height=height)


def bars(
    points: Sequence[Point], label: str, breaks: Sequence[Break] = (), top: float | None = None, height: int = 210
):
    """Draw numbers over the years as bars, each with its number; the arguments are those of :func:`line`."""
    return _kept("bars", _over_years, points, label, breaks=breaks, top=top, height=height)


def strip(dots: Sequence[Dot], label: str, middle: str = "", height: int = 120):
    """Draw values as a strip of dots from the lowest to the highest, with the words ``middle`` at the median."""
    return _kept("strip", _strip, dots, label, middle=middle, height=height)


def _kept(kind, draw, marks, label, **rest):
    asked = json.dumps([kind, marks, label, rest, _DRAWN_BY], default=asdict)
    digest = hashlib.sha256(asked.encode()).hexdigest()
    file = settings.HOME.cache / "charts" / f"{digest}.svg"
    try:
        # Written by this module only, by code that escapes every text.
        return mark_safe(file.read_text())  # noqa: S308
    except OSError:
        drawing = draw(kind, marks, label, **rest)
        _keep(file, drawing)
        return mark_safe(drawing)  # noqa: S308


def _keep(file, drawing):
    # A hub without room to keep a drawing still shows it.
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_room(file.parent)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w") as out:
            out.write(drawing)
        Path(name).replace(file)
    except OSError as error:
        logger.warning("A drawing was not kept: %s", error)


def _make_room(folder):
    # Whoever asks for ever new filters must not fill the disk.
    names = os.listdir(folder)  # noqa: PTH208 - names are enough, and quicker
    if len(names) >= KEPT:
        for name in sorted(names)[: KEPT // 2]:
            (folder / name).unlink(missing_ok=True)


def _over_years(kind, points, label, *, breaks, top, height):
    # Altair takes half a second to import; most processes never draw, they read what is kept.
    import altair as alt  # noqa: PLC0415

    known = [point for point in points if point.value is not None]
    if not known:
        return ""
    first, last = points[0].year, points[-1].year
    edge = top or max(point.value for point in known) or 1
    room = 16 + STRONG_DIGIT * len(known[-1].text) if kind == "line" else 0
    right = min(WIDTH - room, (last - first + 1) * WIDEST[kind])
    links = svg.Links()
    x = alt.X(
        "year:Q",
        axis=None,
        scale=alt.Scale(domain=[first - 0.5, last + 0.5], range=[0, right], nice=False, zero=False),
    )
    y = alt.Y(
        "value:Q",
        axis=None,
        scale=alt.Scale(domain=[0, edge], range=[height - BOTTOM, BREAK_TOP if breaks else TOP], nice=False),
    )
    layers = [
        _hits(alt, known, x, links, height),
        _ground(alt, right, height),
        *_breaks(alt, breaks, x, height, (first + last) / 2),
        *(
            _bars(alt, known, x, y, breaks=breaks, width=right / (last - first + 1))
            if kind == "bars"
            else _lines(alt, _segments(points, breaks), x, y)
        ),
        _year_words(alt, sorted({first, last}), x, height),
    ]
    return svg.finish(_draw(alt, layers, height), label, links)


def _draw(alt, layers, height):
    import vl_convert  # noqa: PLC0415

    # Sizes are ours, also where a text stands outside: charts beside each other keep the same scale.
    chart = alt.layer(*layers).properties(
        width=WIDTH, height=height, padding=0, autosize=alt.AutoSizeParams(type="none"), background="transparent"
    )
    # No address is allowed: data stand in the specification, and a drawing never asks a network.
    return vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])


def _rows(alt, rows):
    return alt.Chart(alt.Data(values=rows))


def _colour():
    # The colour of a row as it is, so that one layer holds marks of several classes.
    return {"scale": None, "legend": None, "field": "class", "type": "nominal"}


def _hits(alt, points, x, links, height):
    # An unseen band over the whole height of each year: a dot is too small to hit with a thumb.
    rows = [
        {"year": point.year - 0.5, "to": point.year + 0.5, "url": links.add(point.url, f"{point.year}: {point.text}")}
        for point in points
        if point.url
    ]
    mark = _rows(alt, rows).mark_rect(fill=svg.colour("c-hit"))
    return mark.encode(x=x, x2="to", y=alt.value(0), y2=alt.value(height - BOTTOM), href="url:N")


def _ground(alt, right, height):
    y = alt.value(height - BOTTOM)
    rule = _rows(alt, [{}]).mark_rule(stroke=svg.colour("c-grid"))
    return rule.encode(x=alt.value(0), x2=alt.value(right), y=y, y2=y)


def _breaks(alt, breaks, x, height, middle):
    """Draw a dashed line before the year of each break, its words on the side where there is more room."""
    rows = [{"year": item.year - 0.5, "words": item.words} for item in breaks]
    rule = _rows(alt, rows).mark_rule(stroke=svg.colour("c-break"))
    layers = [rule.encode(x=x, y=alt.value(4), y2=alt.value(height - BOTTOM))] if rows else []
    for place, held in (
        ({"align": "right", "dx": -6}, [row for row in rows if row["year"] > middle]),
        ({"align": "left", "dx": 6}, [row for row in rows if row["year"] <= middle]),
    ):
        if held:
            words = _rows(alt, held).mark_text(fill=svg.colour("c-quiet"), lineBreak="\n", lineHeight=16, **place)
            layers.append(words.encode(x=x, y=alt.value(10), text="words:N"))
    return layers


def _segments(points, breaks):
    """Part the points where a number is missing and where a break is."""
    starts = {item.year for item in breaks}
    segments = [[]]
    for point in points:
        if point.value is None or point.year in starts:
            segments.append([])
        if point.value is not None:
            segments[-1].append(point)
    return [segment for segment in segments if segment]


def _lines(alt, segments, x, y):
    strokes, dots, numbers = [], [], []
    for segment in segments:
        final = segment is segments[-1]
        whole = [point for point in segment if not point.partial]
        name = "c-line" if final else "c-line c-old"
        strokes += [_row(point, name, part=f"{segment[0].year}") for point in whole]
        if len(whole) < len(segment):
            strokes += [_row(point, "c-line c-partial", part="partial") for point in segment[-2:]]
        ends = dict.fromkeys([segment[0], *whole[-1:], segment[-1]])
        dots += [_row(point, _dot_class(point, final=final)) for point in ends]
        numbers += _numbers(segment, whole, final=final)
    colour = _colour()
    line = _rows(alt, strokes).mark_line().encode(x=x, y=y, stroke=alt.Stroke(**colour), detail="part:N")
    dot = _rows(alt, dots).mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, fill=alt.Fill(**colour))
    return [line, dot, *_number_layers(alt, numbers, x, y)]


def _row(point, name, **more):
    return {"year": point.year, "value": point.value, "text": point.text, "class": svg.colour(name), **more}


def _dot_class(point, *, final):
    if point.partial:
        return "c-dot c-open"
    return "c-dot" if final else "c-dot c-old"


def _numbers(segment, whole, *, final):
    """Write the number at both ends of a segment, on the side where the line is not; the last whole year is strong."""
    first, last = segment[0], segment[-1]
    numbers = []
    if last.partial:
        numbers.append(_row(last, "c-number", place="right"))
    elif final:
        numbers.append(_row(last, "c-strong", place="right"))
    if whole and whole[-1] is not first and (last.partial or not final):
        falls = segment[segment.index(whole[-1]) - 1].value > whole[-1].value
        numbers.append(_row(whole[-1], "c-strong" if final else "c-number", place="end under" if falls else "end over"))
    if first is not last or not final:
        rises = len(segment) > 1 and segment[1].value > first.value
        numbers.append(_row(first, "c-number", place="start under" if rises else "start over"))
    return numbers


def _number_layers(alt, numbers, x, y):
    places = {
        # A number at a break stays on its own side of it.
        "start over": {"dy": -14, "dx": -4, "align": "left"},
        "start under": {"dy": 18, "dx": -4, "align": "left"},
        "end over": {"dy": -14, "dx": 4, "align": "right"},
        "end under": {"dy": 18, "dx": 4, "align": "right"},
        "right": {"dx": 10, "dy": 1, "align": "left"},
        "bar": {"dy": -10},
    }
    return [
        _rows(alt, held)
        .mark_text(baseline="middle", **shift)
        .encode(x=x, y=y, text="text:N", fill=alt.Fill(**_colour()))
        for place, shift in places.items()
        for held in [[number for number in numbers if number["place"] == place]]
        if held
    ]


def _bars(alt, points, x, y, *, breaks, width):
    comparable = max((item.year for item in breaks), default=points[0].year)
    rows = []
    for point in points:
        name = "c-bar c-open" if point.partial else "c-bar" if point.year >= comparable else "c-bar c-old"
        rows.append({**_row(point, name), "year": point.year - 0.36, "to": point.year + 0.36})
    numbers = [_row(point, "c-number", place="bar") for point in _with_room(points, width)]
    bar = _rows(alt, rows).mark_rect().encode(x=x, x2="to", y=y, y2=alt.datum(0), fill=alt.Fill(**_colour()))
    return [bar, *_number_layers(alt, numbers, x, y)]


def _with_room(points, width):
    """Return the points whose numbers fit beside each other: the last, the highest and the first before all others."""
    highest = max(points, key=lambda point: point.value)
    chosen = []
    for point in dict.fromkeys([points[-1], highest, points[0], *reversed(points)]):
        if all(
            abs(point.year - other.year) * width >= DIGIT * (len(point.text) + len(other.text)) / 2 for other in chosen
        ):
            chosen.append(point)
    return chosen


def _year_words(alt, years, x, height):
    words = _rows(alt, [{"year": year, "words": str(year)} for year in years])
    return words.mark_text(fill=svg.colour("c-quiet"), baseline="middle").encode(
        x=x, y=alt.value(height - BOTTOM + 16), text="words:N"
    )


def _strip(kind, dots, label, *, middle, height):
    import altair as alt  # noqa: PLC0415

    if not dots:
        return ""
    ordered = sorted(dots, key=lambda dot: dot.value)
    low, median, high = ordered[0], ordered[len(ordered) // 2], ordered[-1]
    span = (high.value - low.value) or 1
    x = alt.X(
        "value:Q", axis=None, scale=alt.Scale(domain=[low.value, low.value + span], range=[12, WIDTH - 12], zero=False)
    )
    links = svg.Links()
    levels = _levels([(dot.value - low.value) / span for dot in ordered])
    room = height - BOTTOM - 46
    rise = min(10, room / max(1, *levels))
    rows = [
        {"value": dot.value, "y": height - BOTTOM - 8 - level * rise, "url": links.add(dot.url, dot.text)}
        for dot, level in zip(ordered, levels, strict=True)
    ]
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height]))
    layers = [
        _rows(alt, [{"value": median.value}])
        .mark_rule(stroke=svg.colour("c-break"))
        .encode(x=x, y=alt.value(26), y2=alt.value(height - BOTTOM)),
        _rows(alt, rows).mark_point(filled=True, size=70, fill=svg.colour("c-strip")).encode(x=x, y=y, href="url:N"),
        *_strip_words(alt, x, (low, median, high), middle, height),
    ]
    return svg.finish(_draw(alt, layers, height), label, links)


def _levels(places):
    """Stack what would lie over each other: how many dots stand under each, for places from 0 to 1."""
    columns = {}
    levels = []
    for place in places:
        column = round(place * 36)
        levels.append(columns.get(column, 0))
        columns[column] = levels[-1] + 1
    return levels


def _strip_words(alt, x, dots, middle, height):
    low, median, high = dots
    words = [
        (low, low.text, "c-quiet", height - BOTTOM + 14, "left"),
        (high, high.text, "c-quiet", height - BOTTOM + 14, "right"),
        (median, f"{middle} {median.text}".strip(), "c-number", 14, "center"),
    ]
    return [
        _rows(alt, [{"value": dot.value, "words": text}])
        .mark_text(fill=svg.colour(name), align=align, baseline="middle")
        .encode(x=x, y=alt.value(y), text="words:N")
        for dot, text, name, y, align in words
    ]
