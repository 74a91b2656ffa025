"""Writing Excel files: the sheet of a table and the sheet that says what it is, in the language of the page."""

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from samspel.kit.cells import cell
from samspel.notices.sources.page import ABOUT
from samspel.notices.words import SOURCES

# Excel holds 1,048,576 rows, the heading among them, and 32,767 characters in a cell.
MOST_EXCEL_ROWS = 1_048_576
MOST_EXCEL_LETTERS = 32_767
_WIDTH = 18


def workbook(file):
    """Open an Excel file to be written row by row: a row is on disk before the next is written."""
    return Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def table(book, name, headings):
    """Add a sheet with its headings, which stay in sight."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, _WIDTH)
    sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
    return sheet


def write_line(sheet, place, values):
    """Write values in the cells of a row; lists with semicolons between, texts so that none is run as a formula."""
    for column, value in enumerate(values):
        written = cell(joined(value if _says(value) else None))
        if isinstance(written, str) and written:
            sheet.write_string(place, column, written[:MOST_EXCEL_LETTERS])
        elif isinstance(written, bool):
            sheet.write_boolean(place, column, written)
        elif isinstance(written, int | float):
            sheet.write_number(place, column, written)


def _says(value):
    return any(value) if isinstance(value, list | tuple) else value is not None


def about(book, lines):
    """Add the sheet that says what the table is: lines of a name and what it says; an empty line divides."""
    sheet = book.add_worksheet(_("About"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 3, 45)
    for place, line in enumerate(lines):
        write_line(sheet, place, line)


def sources(keys):
    """Yield a line for each source: its name, under what terms it may be used, its address."""
    for key in sorted(keys):
        found = next((one for one in ABOUT if one.key == key), None)
        yield (str(SOURCES.get(key, key)), *((str(found.terms), found.url) if found else ()))


def joined(value):
    """Write a list as text, its parts in their places; everything else stays what it is."""
    return "; ".join(str(one or "") for one in value) if isinstance(value, list | tuple) else value
