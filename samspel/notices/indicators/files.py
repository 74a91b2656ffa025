"""The tables of the indicator pages as files: CSV, Excel and JSON with the rule, the unit and the date in each."""

import csv
import json
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from samspel.kit.cells import cell
from samspel.kit.svg import SVG
from samspel.notices import sheets
from samspel.notices.columns import InWords, headings
from samspel.notices.sheets import MOST_EXCEL_ROWS


@dataclass(frozen=True)
class File:
    """A table to be handed over: what it is about (name → value), its columns and its rows in their order."""

    name: str
    about: dict[str, Any]
    columns: tuple[str, ...]
    rows: list[tuple]
    at: datetime


def csv_file(file):
    """Answer with CSV; what the table is about stands in every row, so that no row is without its rule and date."""
    out = StringIO()
    writer = csv.writer(out)
    about = file.about.items()
    writer.writerow([*file.columns, *(name for name, _value in about)])
    writer.writerows(
        [*(cell(_plain(value)) for value in row), *(cell(_plain(value)) for _name, value in about)] for row in file.rows
    )
    # The byte-order mark makes a spreadsheet read the letters right.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    return _as_file(response, file, "csv")


def json_file(file):
    """Answer with JSON: what the table is about, then its rows by column."""
    facts = {**file.about, "rows": [dict(zip(file.columns, row, strict=True)) for row in file.rows]}
    text = json.dumps(facts, ensure_ascii=False, indent=1, default=_plain)
    return _as_file(HttpResponse(text, content_type="application/json; charset=utf-8"), file, "json")


def excel_file(file):
    """Answer with an Excel file of two sheets: the table, and what it is about."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with sheets.workbook(out) as book:
        sheet, words = sheets.table(book, _("Numbers"), headings(file.columns)), InWords(file.columns)
        for place, row in enumerate(file.rows[: MOST_EXCEL_ROWS - 1], 1):
            sheets.write_line(sheet, place, map(_plain, words.values(row)))
        sheets.about(book, ((name, _plain(value)) for name, value in _about(file)))
    out.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_file(FileResponse(out, content_type=kind), file, "xlsx")


WRITERS = {"csv": csv_file, "xlsx": excel_file, "json": json_file}


def svg_file(drawing, name, address):
    """Answer with a chart as a picture of its own: its colours in it, its links whole addresses."""
    root = etree.fromstring(drawing.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    style = etree.Element(f"{SVG}style")
    style.text = _STYLE
    root.insert(0, style)
    for link in root.iter(f"{SVG}a"):
        link.set("href", address(link.get("href")))
    response = HttpResponse(etree.tostring(root, encoding="unicode"), content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="samspel-{name}.svg"'
    # The picture carries its colours itself.
    response._csp_replace = {"style-src": ["'unsafe-inline'"]}
    return response


# The light colours of kit/samspel.css, section 13.
_STYLE = """
text { font: 13px Inter, system-ui, sans-serif; fill: #292c30 }
.c-quiet { fill: #5b5d60 } .c-strong { font-weight: 600; font-size: 16px }
.c-line { fill: none; stroke: #0d5a69; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round }
.c-partial { stroke-dasharray: 2 6 }
.c-dot { fill: #0d5a69; stroke: #fff; stroke-width: 2 }
.c-dot.c-open { fill: #fff; stroke: #0d5a69 }
.c-bar { fill: #0d5a69 }
.c-bar.c-open { fill: none; stroke: #3b7d8b; stroke-width: 1.5; stroke-dasharray: 4 3 }
.c-grid { stroke: #d9dcde } .c-break { stroke: #292c30; stroke-dasharray: 3 3 } .c-hit { fill: transparent }
"""


def _about(file):
    yield from file.about.items()
    if len(file.rows) >= MOST_EXCEL_ROWS:
        yield _("Rows left out, since Excel holds no more"), len(file.rows) - MOST_EXCEL_ROWS + 1


def _plain(value):
    """Write lists and dates as text; numbers and words stay what they are."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _as_file(response, file, kind):
    day = timezone.localdate(file.at).isoformat()
    response["Content-Disposition"] = f'attachment; filename="samspel-{file.name}-{day}.{kind}"'
    return response
