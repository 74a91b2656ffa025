"""All that a search finds as an Excel file for people: codes in words, and a sheet that says what it is."""

import tempfile
from contextlib import ExitStack
from datetime import date
from html import unescape

from django.http import FileResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.notices import labels, sheets
from samspel.notices.columns import InWords, column, headings
from samspel.notices.search import filters
from samspel.notices.search.facet_labels import LEGENDS, ORDERS, Names

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel_file(export, columns):
    """Answer with an Excel file, made on disk before its first byte is sent."""
    with ExitStack() as ended:
        file = ended.enter_context(tempfile.TemporaryFile())
        write(file, export, columns)
        file.seek(0)
        ended.pop_all()  # from here on the response closes it
    return FileResponse(file, content_type=KIND)


def write(file, export, columns, most=sheets.MOST_EXCEL_ROWS):
    """Write an Excel file of two sheets, the notices and what they are; ``most`` rows, the heading too."""
    total = export.total
    with sheets.workbook(file) as book:
        found = _fill(book, export.rows(min(total, most - 1)), columns)
        sheets.about(book, _about(export, columns, total, most - 1, found))


def _fill(book, rows, columns):
    """Write the notices; return the sources they come from."""
    named = headings(columns)
    sheet = sheets.table(book, _("Notices"), named)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    dated = [named.index(str(column(name).heading)) for name in ("published_on", "advertised_on")]
    words, found = InWords(columns), set()
    for place, row in enumerate(rows, 1):
        found.add(row["source"])
        values = list(words.values([row[name] for name in columns]))
        for one in dated:
            if values[one]:
                sheet.write_datetime(place, one, date.fromisoformat(values[one]), day)
                values[one] = None
        sheets.write_line(sheet, place, values)
    return found


def _about(export, columns, total, room, found):
    yield from _asked(export)
    yield _("Made at"), formats.moment(export.at)
    yield _("Notices found"), total
    if total > room:
        words = _("Excel holds no more than %(room)s rows below the heading; the rest is left out. CSV has all.")
        yield _("Notices here"), room
        yield (words % {"room": formats.count(room)},)
    yield ()
    yield _("Source"), _("Terms"), _("Address")
    yield from sheets.sources(found)
    yield ()
    yield _("Column"), _("What it holds"), _("Its name in CSV and JSON, where codes stand as they are")
    yield from ((str(one.heading), str(one.what), name) for name in columns for one in [column(name)])


def _asked(export):
    asked = export.asked
    yield _("Address of the search"), export.site + asked.changed().url()
    yield _("Words"), asked.text or _("none: all notices")
    names = Names(export.index)
    for group, values in asked.groups.items():
        yield str(LEGENDS[group]), ", ".join(_plain(names, group, value) for value in values)
    if asked.low is not None or asked.high is not None:
        yield _("Value"), filters.range_words(asked.low, asked.high, asked.currency)
    elif asked.currency:
        yield _("Currency"), asked.currency
    if asked.open:
        yield _("Deadline"), _("Still open")
    yield _("Sorted by"), str(ORDERS[asked.order])


def _plain(names, group, value):
    """Say a value as text: the name of a code in another language than the page is marked up."""
    if group == "cpv":
        return f"{value} {labels.cpv(value).text}".strip()
    return unescape(strip_tags(str(names.of(group, value))))
