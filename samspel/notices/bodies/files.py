"""A body's procurements as files: CSV and Excel for people, JSON for a program."""

import csv
import re
from dataclasses import dataclass
from io import StringIO

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from samspel.kit.cells import cell
from samspel.notices.bodies.parties import Party
from samspel.notices.indicators import files as tables
from samspel.notices.links import notice_url
from samspel.notices.sheets import joined

# More rows than any body of today has; who reaches it is told in the JSON's "total".
MOST_ROWS = 50_000

_COLUMNS = (
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
    "number_of_suppliers",
    "amount",
    "currency",
    "cancelled",
    "declared",
)
COLUMNS = {
    "buyer": (*_COLUMNS, "suppliers"),  # their names
    "supplier": (*_COLUMNS, "own_amount", "own_currency"),  # what it alone won
}


@dataclass(frozen=True)
class Export:
    """A body's procurements: the rows, and how many there are. ``site`` is the beginning of the hub's addresses."""

    body: Party
    rows: list
    total: int
    site: str

    @property
    def columns(self):
        """The columns of the body's role."""
        return COLUMNS[self.body.role]

    @property
    def written(self):
        """The rows as they stand in a file, by column: the notice by its address, suppliers by their names."""
        return [{name: self._cell(row, name) for name in self.columns} for row in self.rows]

    def _cell(self, row, column):
        if column == "notice":
            return self.site + notice_url(row["notice"])
        if column == "number_of_suppliers":
            return row["suppliers"]
        if column == "suppliers":
            return [one["name"] for one in row["others"] or ()]
        return row[column]

    @property
    def about(self):
        """The body, and how many procurements it has."""
        body = self.body
        return {
            "role": body.role,
            "key": body.key,
            "name": body.name,
            "country": body.country,
            "town": body.town,
            "identifier": body.number,
            "website": body.website,
            "total": self.total,
        }


def csv_file(export):
    """Return the rows as CSV with a byte-order mark, so that a spreadsheet reads the letters right."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(export.columns)
    writer.writerows([[cell(joined(row[name])) for name in export.columns] for row in export.written])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    return _as_file(response, export, "csv")


def excel_file(export):
    """Return the rows as an Excel file, with the body on a sheet of its own."""
    rows = [tuple(row[name] for name in export.columns) for row in export.written]
    response = tables.excel_file(tables.File(export.body.role, export.about, export.columns, rows, timezone.now()))
    return _as_file(response, export, "xlsx")


def json_file(export):
    """Return the body and its rows as JSON; ``total`` is how many there are."""
    facts = {**export.about, "procurements": export.written}
    return _as_file(JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1}), export, "json")


WRITERS = {"csv": csv_file, "xlsx": excel_file, "json": json_file}


def _as_file(response, export, kind):
    name = re.sub(r"[^A-Za-z0-9-]", "-", export.body.key)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
