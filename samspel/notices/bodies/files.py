"""A body's procurements as files: CSV for a spreadsheet, JSON for a program."""

import csv
import re
from io import StringIO

from django.http import HttpResponse, JsonResponse

# More rows than any body of today has; who reaches it is told in the JSON's "total".
MOST_ROWS = 50_000

COLUMNS = (
    "procurement",
    "notice",
    "first_on",
    "year",
    "title",
    "language",
    "buyer_name",
    "cpv",
    "procedure",
    "tenders",
    "suppliers",
    "amount",
    "currency",
    "cancelled",
    "declared",
)


def csv_file(body, rows, total):
    """Return the rows as CSV with a byte-order mark, so that a spreadsheet reads the letters right."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([[_cell(row[name]) for name in COLUMNS] for row in rows])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(body)}.csv"'
    return response


def json_file(body, rows, total):
    """Return the body and its rows as JSON; ``total`` is how many there are."""
    facts = {
        "role": body.role,
        "key": body.key,
        "name": body.name,
        "country": body.country,
        "town": body.town,
        "identifier": body.number,
        "website": body.website,
        "total": total,
        "procurements": [{name: row[name] for name in COLUMNS} for row in rows],
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1})


WRITERS = {"csv": csv_file, "json": json_file}


def _cell(value):
    # A spreadsheet runs a text that begins so as a formula.
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


# Full-width signs too: East Asian editions of Excel take them for the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _file_name(body):
    return re.sub(r"[^A-Za-z0-9-]", "-", body.key)
