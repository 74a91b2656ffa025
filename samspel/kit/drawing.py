"""How marks become a drawing: one specification for all charts, made once a process, filled with the rows of each.

Altair says what the marks are and vl-convert draws them. Building and compiling a specification takes longer than ten
drawings, so there is a single one, without scales, whose rows say where things stand. A row is a dictionary; lengths
are pixels from the upper left corner, colours are those of :mod:`samspel.kit.svg`:

``areas``  x, y, x2, y2, fill, stroke
``rules``  x, y, x2, y2, stroke
``lines``  x, y, stroke, part: points of the same part and stroke are joined
``dots``   x, y, size (in square pixels), fill, stroke
``words``  x, y, words (a newline parts lines), fill, align (left, center, right)
"""

from functools import lru_cache

WIDTH = 360
LINE_HEIGHT = 16
LAYERS = ("areas", "rules", "lines", "dots", "words")


def draw(rows, height):
    """Return rows by layer as SVG, as vl-convert writes it."""
    import vl_convert  # noqa: PLC0415

    template = _template()
    data = [{**one, "values": rows[one["name"]]} if one["name"] in LAYERS else one for one in template["data"]]
    # No address is allowed: data stand in the specification, and a drawing never asks a network.
    return vl_convert.vega_to_svg({**template, "height": height, "data": data}, allowed_base_urls=[])


@lru_cache(maxsize=1)
def _template():
    # Altair takes a fourth of a second to import; most processes never draw, they read what is kept.
    import altair as alt  # noqa: PLC0415
    import vl_convert  # noqa: PLC0415

    def rows(name):
        return alt.Chart(alt.Data(name=name))

    places = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
    spans = {**places, "x2": "x2", "y2": "y2"}
    fill, stroke = (
        of(f"{name}:N", scale=None, legend=None) for name, of in (("fill", alt.Fill), ("stroke", alt.Stroke))
    )
    size = alt.Size("size:Q", scale=None, legend=None)
    chart = alt.layer(
        rows("areas").mark_rect().encode(**spans, fill=fill, stroke=stroke),
        rows("rules").mark_rule().encode(**spans, stroke=stroke),
        rows("lines").mark_line().encode(**places, stroke=stroke, detail="part:N"),
        rows("dots").mark_point(filled=True, opacity=1).encode(**places, size=size, fill=fill, stroke=stroke),
        rows("words")
        .mark_text(baseline="middle", lineBreak="\n", lineHeight=LINE_HEIGHT, align=alt.ExprRef("datum.align"))
        .encode(**places, fill=fill, text="words:N"),
    )
    # Sizes are ours, also where a text stands outside: charts beside each other keep the same scale.
    chart = chart.properties(width=WIDTH, padding=0, autosize=alt.AutoSizeParams(type="none"), background="transparent")
    # The picture has one label of its own; words for every mark would only be thrown away.
    return vl_convert.vegalite_to_vega(chart.configure(aria=False).to_dict())
