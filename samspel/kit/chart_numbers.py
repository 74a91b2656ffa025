"""The numbers written in a chart: which of them have room, and where each stands.

Rows are those of :mod:`samspel.kit.drawing`.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from samspel.kit import svg

# How wide a digit is, at the size of a number and of the strong one, and how high a number; measured in Inter.
DIGIT, STRONG_DIGIT, HIGH = 7.6, 9.6, 16
# How wide a letter of running text is, on average.
LETTER = 6.9
# How wide a year is, written as 2016 and as ’16, with room to the next.
WIDE_YEAR, NARROW_YEAR = 38, 25
# A sign of per cent is so much wider than a digit.
PER_CENT = 4
# Into so many pieces a line between two years is cut, to see whether it runs through a number.
PIECES = 8


@dataclass(frozen=True)
class Frame:
    """Where years and values stand, in pixels."""

    first: int
    year_width: float
    edge: float  # the value at the upper edge
    top: float
    ground: float

    def x(self, year):
        return round((year - self.first + 0.5) * self.year_width, 2)

    def y(self, value):
        return round(self.ground - value / self.edge * (self.ground - self.top), 2)


def at_lines(segments, frame, focus, taken):
    """Write the number in focus and those at both ends of every segment, the newest first, where there is room.

    ``taken`` are the rules and the words that stand there already.
    """
    held, taken = [], [*map(_around, taken), *_along(segments, frame)]
    wanted = [
        (point, sides)
        for segment in reversed(segments)
        for point, sides in _ends(segment, focus, is_last=segment is segments[-1]).items()
    ]
    for point, sides in sorted(wanted, key=lambda pair: pair[0].year != focus):
        name = "c-strong" if point.year == focus else "c-number"
        tried = [_beside(point, frame, side, name) for side in sides]
        # Beside the last point the ground has ended.
        grounds = [frame.ground + (HIGH if side == "right" else 0) for side in sides]
        free = [one for one, ground in zip(tried, grounds, strict=True) if _is_free(_around(one), taken, ground)]
        # The number in focus is never left out.
        chosen = free[:1] or (tried[:1] if point.year == focus else [])
        held += chosen
        taken += map(_around, chosen)
    return held


def over_bars(points, frame, focus):
    """Write the numbers that fit beside each other: in focus, the last, the highest, the first before all others."""
    highest = max(points, key=lambda point: point.value)
    in_focus = [point for point in points if point.year == focus]
    chosen, held = [], []
    for point in dict.fromkeys([*in_focus, points[-1], highest, points[0], *reversed(points)]):
        name = "c-strong" if point.year == focus else "c-number"
        words = text(frame.x(point.year), frame.y(point.value) - 10, point.text, name)
        left, _top, right, _bottom = _around(words)
        if all(left >= other[2] or other[0] >= right for other in held):
            chosen.append(words)
            held.append(_around(words))
    return chosen


def years(listed, frame):
    """Write every year under the ground: in full, as ’16 where that is too wide, and every second where that is too."""
    is_wide = frame.year_width >= WIDE_YEAR
    step = 1 if is_wide else ceil(NARROW_YEAR / frame.year_width)
    shown = [year for year in listed if (listed[-1] - year) % step == 0]
    return [
        text(frame.x(year), frame.ground + HIGH, f"{year}" if is_wide else f"’{year % 100:02}", "c-quiet")
        for year in shown
    ]


def around(rules, words):
    """Return upright rules in pieces that leave out the words they would run through."""
    boxes = [*map(_around, words)]
    return [piece for rule in rules for piece in _pieces(rule, boxes)]


def _pieces(rule, boxes):
    top = rule["y"]
    for _left, above, _right, below in sorted(
        (box for box in boxes if box[0] - 1 < rule["x"] < box[2] + 1), key=lambda box: box[1]
    ):
        if above > top:
            yield {**rule, "y": top, "y2": above}
        top = max(top, below)
    if top < rule["y2"]:
        yield {**rule, "y": top}


def text(x, y, words, name, align="center"):
    """Return the row of a text."""
    return {"x": x, "y": y, "words": words, "fill": svg.colour(name), "align": align}


def _ends(segment, focus, *, is_last):
    """Return the points of a segment whose numbers are wanted, each with the sides to try, the best first."""
    wanted = {}
    for place, point in enumerate(segment):
        before, after = segment[place - 1 : place], segment[place + 1 : place + 2]
        if before and after and not (point.year == focus or after[0].partial):
            continue
        # The side where the line is not.
        under = (after or before) and all(other.value > point.value for other in (*before, *after))
        sides = ("under", "over") if under else ("over", "under")
        ends = [*(["start"] if after and not before else []), "at"]
        if before and (not after or after[0].partial):
            ends.insert(0, "end")
        wanted[point] = [*(["right"] if is_last and not after else [])]
        wanted[point] += [f"{end} {side}" for end in ends for side in sides]
    return wanted


def _beside(point, frame, side, name):
    # A number at a break stays on its own side of it.
    dx, align = {"right": (10, "left"), "start": (-4, "left"), "end": (4, "right"), "at": (0, "center")}[
        side.split()[0]
    ]
    dy = {"right": 1, "over": -14, "under": 18}[side.split()[-1]]
    return text(frame.x(point.year) + dx, frame.y(point.value) + dy, point.text, name, align)


def _along(segments, frame):
    """Yield small boxes along the lines."""
    for segment in segments:
        for one, other in pairwise(segment):
            x, y = frame.x(one.year), frame.y(one.value)
            wide, high = (frame.x(other.year) - x) / PIECES, (frame.y(other.value) - y) / PIECES
            for piece in range(PIECES):
                top, bottom = sorted((y + piece * high, y + (piece + 1) * high))
                yield x + piece * wide, top - 1, x + (piece + 1) * wide, bottom + 1


def _is_free(box, taken, ground):
    left, top, right, bottom = box
    return bottom <= ground and not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken
    )


def _around(row):
    """Return the box that words or a rule take: left, top, right, bottom."""
    if "words" not in row:
        return row["x"], row["y"], row["x2"], row["y2"]
    digit = STRONG_DIGIT if row["fill"] == svg.colour("c-strong") else DIGIT
    lines = row["words"].split("\n")
    wide = max(digit * len(line) + PER_CENT * line.count("%") for line in lines)
    left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[row["align"]]
    return left, row["y"] - HIGH / 2, left + wide, row["y"] + HIGH * (len(lines) - 0.5)
