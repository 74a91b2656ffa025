"""Pictures of numbers, drawn to SVG on the server and put into the page.

A chart function takes numbers with their words and addresses and returns the SVG. It says where the marks stand,
:mod:`samspel.kit.drawing` draws them, and :mod:`samspel.kit.svg` makes the drawing the hub's own: classes instead of
colours (so that it reads in the dark), links into the hub, no background. Drawings are kept under ``HOME.cache``, named
by a digest of all that decides how they look. Nothing is fetched from a network.
"""

import hashlib
import json
import logging
import os
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import mark_safe

from samspel.kit import chart_numbers, drawing, svg
from samspel.kit.chart_numbers import STRONG_DIGIT, Frame, text
from samspel.kit.drawing import WIDTH

logger = logging.getLogger(__name__)

# Room for the highest number above, and for the years below.
TOP, BOTTOM = 22, 26
# The words of a break take a line of their own, above the numbers.
BREAK_LINE = 18
# A year takes no more room than this: two bars must not become two walls.
WIDEST = {"line": 80, "bars": 52}
DOT, STRIP_DOT = 80, 70
KEPT = 5000

# A change of how charts are drawn makes old drawings useless.
_MODULES = (__file__, chart_numbers.__file__, drawing.__file__, svg.__file__)
_DRAWN_BY = hashlib.sha256(b"".join(Path(name).read_bytes() for name in _MODULES)).hexdigest()


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
    """A year from which the series cannot be compared with the years before, and why, in a few words."""

    year: int
    words: str


@dataclass(frozen=True)
class Dot:
    """One value of a distribution."""

    value: float
    text: str = ""
    url: str = ""


def line(points: Sequence[Point], label: str, breaks: Sequence[Break] = (), *, top=None, focus=None, lines=0):
    """Draw numbers over the years as a line with a gap at every break.

    ``label`` says in words what the picture shows. ``top`` is the value at the upper edge, for charts side by side;
    ``lines`` the most breaks that one of them has. ``focus`` is the year whose number is strong; in a line the last
    that is over where none is given.
    """
    return _kept("line", _over_years, points, label, breaks=breaks, top=top, focus=focus, lines=lines)


def bars(points: Sequence[Point], label: str, breaks: Sequence[Break] = (), *, top=None, focus=None, lines=0):
    """Draw numbers over the years as bars, each with its number; the arguments are those of :func:`line`."""
    return _kept("bars", _over_years, points, label, breaks=breaks, top=top, focus=focus, lines=lines)


def strip(dots: Sequence[Dot], label: str, middle: str = ""):
    """Draw values as a strip of dots from the lowest to the highest, with the words ``middle`` at the median."""
    return _kept("strip", _strip, dots, label, middle=middle)


def warm():
    """Make ready what draws, beside what else goes on: the first drawing of a process takes a second longer."""
    threading.Thread(target=drawing.draw, args=({name: [] for name in drawing.LAYERS}, 1), daemon=True).start()


def _kept(kind, draw, marks, label, **rest):
    asked = json.dumps([kind, marks, label, rest, _DRAWN_BY], default=asdict)
    digest = hashlib.sha256(asked.encode()).hexdigest()
    file = settings.HOME.cache / "charts" / f"{digest}.svg"
    try:
        # Written by this module only, by code that escapes every text.
        return mark_safe(file.read_text())  # noqa: S308
    except OSError:
        picture = draw(kind, marks, label, **rest)
        _keep(file, picture)
        return mark_safe(picture)  # noqa: S308


def _keep(file, picture):
    # A hub without room to keep a drawing still shows it.
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_room(file.parent)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w") as out:
            out.write(picture)
        Path(name).replace(file)
    except OSError as error:
        logger.warning("A drawing was not kept: %s", error)


def _make_room(folder):
    # Whoever asks for ever new filters must not fill the disk.
    names = os.listdir(folder)  # noqa: PTH208 - names are enough, and quicker
    if len(names) >= KEPT:
        for name in sorted(names)[: KEPT // 2]:
            (folder / name).unlink(missing_ok=True)


def _over_years(kind, points, label, *, breaks, top, focus, lines, plot=162):
    known = [point for point in points if point.value is not None]
    if not known:
        return ""
    first, last = points[0].year, points[-1].year
    room = min(16 + STRONG_DIGIT * len(known[-1].text), WIDTH / 2) if kind == "line" else 0
    right = min(WIDTH - room, (last - first + 1) * WIDEST[kind])
    above = TOP + BREAK_LINE * max(lines, len(breaks))
    height = above + plot + BOTTOM
    frame = Frame(
        first=first,
        year_width=right / (last - first + 1),
        edge=top or max(point.value for point in known) or 1,
        top=above,
        ground=above + plot,
    )
    focus = _strong(known, focus, kind)
    links = svg.Links()
    rules, words = _breaks(breaks, frame)
    rows = {
        "areas": _hits(known, frame, links),
        "rules": [_rule(0, frame.ground, right, frame.ground, "c-grid")],
        "lines": [],
        "dots": [],
        "words": [*words, *chart_numbers.years(range(first, last + 1), frame)],
    }
    if kind == "bars":
        rows["areas"] += _bars(known, frame)
        numbers = chart_numbers.over_bars(known, frame, focus)
    else:
        segments = _segments(points, breaks)
        rows["lines"], rows["dots"] = _lines(segments, frame, focus)
        numbers = chart_numbers.at_lines(segments, frame, focus, taken=[*rules, *words])
    rows["words"] += numbers
    rows["rules"] += chart_numbers.around(rules, numbers)
    return svg.finish(drawing.draw(rows, height), label, links)


def _strong(known, focus, kind):
    """Return the year whose number is strong: bars have none where none is asked for."""
    if any(point.year == focus for point in known):
        return focus
    if kind == "bars":
        return None
    return next((point.year for point in reversed(known) if not point.partial), None)


def _hits(points, frame, links):
    # An unseen band over the whole height of each year: a dot is too small to hit with a thumb.
    return [
        {
            **_span(frame.x(point.year - 0.5), 0, frame.x(point.year + 0.5), frame.ground, "c-hit"),
            "fill": links.add(point.url, f"{point.year}: {point.text}"),
        }
        for point in points
        if point.url
    ]


def _breaks(breaks, frame):
    """Draw a dashed line before the year of each break, its words on a line of their own.

    The words stand on one side of all lines, and the lines are the lower the farther they are to that side: so no
    line runs through words.
    """
    x = {one: frame.x(one.year - 0.5) for one in breaks}
    is_left = sum(_left_over(one, x[one]) for one in breaks) <= sum(_left_over(one, WIDTH - x[one]) for one in breaks)
    side, dx = ("right", -6) if is_left else ("left", 6)
    highest_first = sorted(breaks, key=lambda one: one.year, reverse=is_left)
    tops = {one: BREAK_LINE * (place + 0.5) for place, one in enumerate(highest_first)}
    rules = [_rule(x[one], tops[one] - 6, x[one], frame.ground, "c-break") for one in breaks]
    return rules, [text(x[one] + dx, tops[one], one.words, "c-quiet", side) for one in breaks if one.words]


def _left_over(one, room):
    """Return how much of the words of a break has no room."""
    return max(0, chart_numbers.LETTER * len(one.words) + 6 - room)


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


def _lines(segments, frame, focus):
    strokes, dots = [], []
    for segment in segments:
        whole = [point for point in segment if not point.partial]
        strokes += [_stroke(point, frame, "c-line", f"{segment[0].year}") for point in whole]
        if len(whole) < len(segment):
            strokes += [_stroke(point, frame, "c-line c-partial", "partial") for point in segment[-2:]]
        in_focus = [point for point in segment if point.year == focus]
        ends = dict.fromkeys([segment[0], *whole[-1:], segment[-1], *in_focus])
        dots += [_dot(frame.x(one.year), frame.y(one.value), _dot_class(one), DOT) for one in ends]
    return strokes, dots


def _stroke(point, frame, name, part):
    return {"x": frame.x(point.year), "y": frame.y(point.value), "stroke": svg.colour(name), "part": part}


def _dot_class(point):
    return "c-dot c-open" if point.partial else "c-dot"


def _bars(points, frame):
    return [
        _span(frame.x(point.year - 0.36), frame.y(point.value), frame.x(point.year + 0.36), frame.ground, name)
        for point in points
        for name in ["c-bar c-open" if point.partial else "c-bar"]
    ]


def _strip(kind, dots, label, *, middle, height=120):
    if not dots:
        return ""
    ordered = sorted(dots, key=lambda dot: dot.value)
    low, median, high = ordered[0], ordered[len(ordered) // 2], ordered[-1]
    span = (high.value - low.value) or 1
    places = [(dot.value - low.value) / span for dot in ordered]
    x = {dot.value: round(12 + place * (WIDTH - 24), 2) for dot, place in zip(ordered, places, strict=True)}
    ground = height - BOTTOM
    links = svg.Links()
    levels = _levels(places)
    rise = min(10, (ground - 46) / max(1, *levels))
    marks = []
    for dot, level in zip(ordered, levels, strict=True):
        mark = _dot(x[dot.value], ground - 8 - level * rise, "c-strip", STRIP_DOT)
        marks.append({**mark, "fill": links.add(dot.url, dot.text)} if dot.url else mark)
    rows = {
        "areas": [],
        "rules": [_rule(x[median.value], 26, x[median.value], ground, "c-break")],
        "lines": [],
        "dots": marks,
        "words": [
            text(x[low.value], ground + 14, low.text, "c-quiet", "left"),
            text(x[high.value], ground + 14, high.text, "c-quiet", "right"),
            text(x[median.value], 14, f"{middle} {median.text}".strip(), "c-number"),
        ],
    }
    return svg.finish(drawing.draw(rows, height), label, links)


def _levels(places):
    """Stack what would lie over each other: how many dots stand under each, for places from 0 to 1."""
    columns = {}
    levels = []
    for place in places:
        column = round(place * 36)
        levels.append(columns.get(column, 0))
        columns[column] = levels[-1] + 1
    return levels


def _span(x, y, x2, y2, name):
    return {"x": x, "y": y, "x2": x2, "y2": y2, "fill": svg.colour(name), "stroke": svg.colour(name)}


def _rule(x, y, x2, y2, name):
    return {"x": x, "y": y, "x2": x2, "y2": y2, "stroke": svg.colour(name)}


def _dot(x, y, name, size):
    return {"x": x, "y": y, "size": size, "fill": svg.colour(name), "stroke": svg.colour(name)}
