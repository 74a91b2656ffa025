"""The tile map: a square for every Swedish län and Norwegian fylke in its rough place.

It needs no geography files, reads on a phone and gives a small county the same room as a large one.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspel.kit import formats

# NUTS 3 (2024): row, column, short name.
PLACES = {
    "NO073": (1, 6, "Finn"),
    "NO072": (2, 5, "Tro"),
    "SE332": (2, 6, "Nbot"),
    "NO071": (3, 5, "Nordl"),
    "SE331": (3, 6, "Vbot"),
    "NO0A3": (4, 4, "M&R"),
    "NO060": (4, 5, "Trønd"),
    "SE321": (4, 6, "Vnorr"),
    "NO0A2": (5, 3, "Vestl"),
    "NO020": (5, 4, "Innl"),
    "SE322": (5, 5, "Jämt"),
    "SE313": (5, 6, "Gävl"),
    "NO0A1": (6, 1, "Rog"),
    "NO085": (6, 2, "Busk"),
    "NO081": (6, 3, "Oslo"),
    "NO084": (6, 4, "Akh"),
    "SE312": (6, 5, "Dala"),
    "SE125": (6, 6, "Vml"),
    "SE121": (6, 7, "Upps"),
    "NO092": (7, 1, "Agd"),
    "NO094": (7, 2, "Tel"),
    "NO093": (7, 3, "Vestf"),
    "NO083": (7, 4, "Østf"),
    "SE311": (7, 5, "Värm"),
    "SE124": (7, 6, "Öreb"),
    "SE122": (7, 7, "Södm"),
    "SE110": (7, 8, "Sthlm"),
    "SE232": (8, 5, "V Göt"),
    "SE211": (8, 6, "Jkpg"),
    "SE123": (8, 7, "Östg"),
    "SE231": (9, 5, "Hall"),
    "SE212": (9, 6, "Kron"),
    "SE213": (9, 7, "Kalm"),
    "SE214": (9, 8, "Gotl"),
    "SE224": (10, 5, "Skåne"),
    "SE221": (10, 6, "Blek"),
}
STEPS = 5


@dataclass(frozen=True)
class Tile:
    """A square: where it stands, whose it is, its number and how strong its colour is (0–4).

    Where nothing is known ``value`` and ``step`` are None, and there is no address.
    """

    row: int
    column: int
    short: str
    name: str
    value: int | None
    step: int | None
    url: str


def tile_map(values, names, url):
    """Return what ``kit/_tiles.html`` takes.

    ``values`` are whole numbers by NUTS 3 code (of a county that is not among them nothing is known), ``names`` the
    full names by code, ``url(code)`` leads to the records of a county.
    """
    edges = _edges(max((values.get(code, 0) for code in PLACES), default=0))
    tiles = [
        _tile(place, names.get(code, place[2]), values.get(code), edges, url(code)) for code, place in PLACES.items()
    ]
    return {"tiles": tiles, "scale": _scale(edges), "lands": _lands()}


def _tile(place, name, value, edges, url):
    row, column, short = place
    if value is None:
        return Tile(row, column, short, name, None, None, "")
    return Tile(row, column, short, name, value, _step(value, edges), url)


def _lands():
    return [
        {"name": _("Norway"), "row": 4, "columns": "2 / 4"},
        {"name": _("Sweden"), "row": 2, "columns": "7 / 9"},
    ]


def _edges(highest):
    """Return the lowest number of each of the five steps: round numbers, closer together at the lower end."""
    shares = (0.1, 0.25, 0.5, 0.75)
    edges = [0]
    for share in shares:
        edges.append(max(edges[-1] + 1, _round(highest * share)))
    return edges


def _round(number):
    # Two digits below a thousand would be false precision on a map: 1, 2, 5, 10, 15, 20, 50, 75, 100 …
    size = 10 ** max(0, len(str(int(number))) - 1)
    return int(round(number / size * 2) / 2 * size) if size > 1 else round(number)


def _step(value, edges):
    return max(step for step in range(STEPS) if value >= edges[step])


def _scale(edges):
    ends = [*(edge - 1 for edge in edges[1:]), None]
    return [_span(first, last) for first, last in zip(edges, ends, strict=True)]


def _span(first, last):
    if last is None:
        return f"{formats.count(first)}–"
    return formats.count(first) if first == last else f"{formats.count(first)}–{formats.count(last)}"
