"""All that a search finds as a file, one row a notice: CSV and JSON as a stream for programs, Excel for people.

The names of columns and the codes in CSV and JSON stay as they are in every language.
"""

import csv
import json
import math
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.http import FileResponse
from django.utils import timezone

from samspel.kit.cells import cell
from samspel.lake.search import Index
from samspel.lake.store import Lake
from samspel.notices.links import notice_url
from samspel.notices.notice.facts import shown_number
from samspel.notices.published import days
from samspel.notices.search import workbook
from samspel.notices.search.form import Asked
from samspel.notices.sheets import joined

COLUMNS = (
    "notice",  # its address in this hub
    "title",
    "language",  # of the title, ISO 639-1
    "kind",
    "published_on",
    "advertised_on",  # instead, where the source dates what came of it by the advertisement
    "deadline",  # the last by which somebody can answer
    "buyers",
    "buyer_numbers",
    "buyer_countries",
    "suppliers",
    "supplier_numbers",
    "supplier_countries",
    "estimated_value",
    "estimated_currency",
    "awarded_value",
    "awarded_currency",
    "tenders",
    "tenders_from_sme",
    "procedure",
    "cpv",
    "more_cpv",
    "places",
    "marks",
    "procurement",
    "source",
    "publication_number",
    "original",  # its address at the source
)
# So many notices are in memory at a time.
_BATCH = 4_000

_FACTS = """
SELECT key, url, cpv_additional, nuts, estimated_value, awarded_value, tenders_sme,
    list_transform(buyers, lambda one: {'name': one.name, 'identifier': one.identifier, 'country': one.country})
        AS buyers,
    list_transform(winners, lambda one: {'name': one.name, 'identifier': one.identifier, 'country': one.country,
        'is_person': one.is_person}) AS winners
FROM notices WHERE key IN (SELECT unnest($keys))
"""


@dataclass(frozen=True)
class Export:
    """Everything a search finds at a moment. ``site`` is the beginning of the hub's addresses, https://hub.example."""

    asked: Asked
    at: datetime
    index: Index
    lake: Lake
    site: str

    @property
    def total(self):
        return self.index.search(self.asked.search(self.at, limit=0)).total

    def rows(self, most):
        """Yield the notices in the order of the search as dictionaries by column; lists where there can be several."""
        cards = self.index.cards(self.asked.search(self.at), most=most)
        while batch := list(islice(cards, _BATCH)):
            facts = self._facts([card["key"] for card in batch])
            for card in batch:
                yield self._row(card, facts.get(card["key"], {}))

    def _facts(self, keys):
        if self.lake.is_empty():
            return {}
        found = self.lake.connection().cursor().sql(_FACTS, params={"keys": keys})
        return {row["key"]: row for row in found.to_arrow_table().to_pylist()}

    def _row(self, card, facts):
        """Put together what the index and the lake know; a notice that left the lake meanwhile has its card alone."""
        buyers, winners = facts.get("buyers") or (), facts.get("winners") or ()
        estimated, awarded = facts.get("estimated_value") or {}, facts.get("awarded_value") or {}
        return {
            "notice": self.site + notice_url(card["key"]),
            "title": card.get("title"),
            "language": card.get("language"),
            "kind": card["kind"],
            **days(card["source"], card.get("published_on")),
            "deadline": card.get("deadline"),
            "buyers": [name for _key, name in card.get("buyers", ())],
            "buyer_numbers": _numbers(buyers),
            "buyer_countries": card.get("countries", []),
            "suppliers": [one["name"] for one in winners],
            "supplier_numbers": _numbers(winners),
            "supplier_countries": sorted({one["country"] for one in winners if one["country"]}),
            "estimated_value": _plain(estimated.get("amount")),
            "estimated_currency": estimated.get("currency"),
            "awarded_value": _plain(awarded.get("amount")),
            "awarded_currency": awarded.get("currency"),
            "tenders": card.get("tenders"),
            "tenders_from_sme": facts.get("tenders_sme"),
            "procedure": card.get("procedure"),
            "cpv": card.get("cpv"),
            "more_cpv": facts.get("cpv_additional") or [],
            "places": facts.get("nuts") or [],
            "marks": card.get("marks", []),
            "procurement": card.get("procurement"),
            "source": card["source"],
            "publication_number": card.get("publication_number"),
            "original": facts.get("url"),
        }


def csv_file(export):
    """Answer with CSV, which begins with a byte-order mark so that a spreadsheet reads the letters right."""
    return _as_file(_from_disk(_csv_lines(export), "text/csv; charset=utf-8"), export, "csv")


def json_file(export):
    """Answer with JSON: what was asked, how many there are in what unit, and the notices."""
    return _as_file(_from_disk(_json_pieces(export), "application/json; charset=utf-8"), export, "json")


def excel_file(export):
    """Answer with Excel, in the language of the page."""
    return _as_file(workbook.excel_file(export, COLUMNS), export, "xlsx")


WRITERS = {"csv": csv_file, "xlsx": excel_file, "json": json_file}


def _numbers(parties):
    return [
        shown_number(one["identifier"], one["country"], is_person=one.get("is_person", False)) or "" for one in parties
    ]


def _plain(amount):
    # Neither Excel nor JSON has a number for what is no number.
    if amount is None or not math.isfinite(amount):
        return None
    return int(amount) if amount.is_integer() else amount


def _from_disk(pieces, content_type):
    """Answer with a file that was whole before its first byte was sent: half a list must not look like all of it."""
    with ExitStack() as ended:
        file = ended.enter_context(tempfile.TemporaryFile())
        file.writelines(piece.encode() for piece in pieces)
        file.seek(0)
        ended.pop_all()  # from here on the response closes it
    return FileResponse(file, content_type=content_type)


def _as_file(response, export, kind):
    day = timezone.localdate(export.at).isoformat()
    response["Content-Disposition"] = f'attachment; filename="samspel-notices-{day}.{kind}"'
    return response


class _Line:
    """What csv writes to: the line it wrote last."""

    def write(self, line):
        return line


def _csv_lines(export):
    write = csv.writer(_Line()).writerow
    lines = ["\ufeff" + write(COLUMNS)]
    for row in export.rows(export.total):
        lines.append(write([cell(joined(row[name])) for name in COLUMNS]))
        if len(lines) == _BATCH:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def _json_pieces(export):
    total = export.total
    head = {
        "search": export.site + export.asked.changed().url(),
        "made_at": export.at.isoformat(),
        "unit": "notices",
        "total": total,
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "notices": ['
    separator = "\n"
    rows = export.rows(total)
    while batch := list(islice(rows, _BATCH)):
        yield separator + ",\n".join(json.dumps(row, ensure_ascii=False) for row in batch)
        separator = ",\n"
    yield "\n]}\n"
