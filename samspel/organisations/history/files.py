"""The trail as a file: CSV for people, one row for each field that changed; JSON for a program."""

import csv
import json

from django.http import StreamingHttpResponse
from django.utils import timezone, translation

from samspel.kit.cells import cell
from samspel.organisations.history.lines import lines

COLUMNS = (
    "at",
    "person",
    "for_organisation",
    "what",
    "kind",
    "record",
    "field",
    "before",
    "after",
    "person_id",
    "organisation_id",
    "verb",
    "record_kind",
    "record_id",
)
# So many entries are in memory at a time.
_BATCH = 1_000


def csv_file(entries, name):
    """Answer with CSV, which begins with a byte-order mark so that a spreadsheet reads the letters right."""
    return _as_file(_csv_pieces(entries), "text/csv; charset=utf-8", f"{name}.csv")


def json_file(entries, name):
    """Answer with JSON: each entry as it is kept, and in words."""
    return _as_file(_json_pieces(entries), "application/json; charset=utf-8", f"{name}.json")


WRITERS = {"csv": csv_file, "json": json_file}


def _as_file(pieces, kind, name):
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """What csv writes to: the line it wrote last."""

    def write(self, line):
        return line


def _csv_pieces(entries):
    write = csv.writer(_Line()).writerow
    yield "\ufeff" + write(COLUMNS)
    for batch in _batches(entries):
        yield "".join(write([cell(value) for value in row]) for line in batch for row in _rows(line))


def _json_pieces(entries):
    yield '{\n "entries": ['
    separator = "\n"
    for batch in _batches(entries):
        yield separator + ",\n".join(json.dumps(_entry(line), ensure_ascii=False) for line in batch)
        separator = ",\n"
    yield "\n]}\n"


def _batches(entries):
    """Yield the entries in words, some at a time, the newest first, in the language they were asked for in.

    They go by the key, not by their place: what is added meanwhile moves nothing.
    """
    language = translation.get_language()
    return _read(entries.order_by("-pk"), language)


def _read(entries, language):
    last = None
    while True:
        batch = list((entries.filter(pk__lt=last) if last else entries)[:_BATCH])
        if not batch:
            return
        last = batch[-1].pk
        # Not around the yield: between two pieces the thread may answer somebody else.
        with translation.override(language):
            told = lines(batch)
        yield told


def _rows(line):
    entry = line.entry
    about = [timezone.localtime(line.at).isoformat(), line.who, line.whom, line.did, line.kind, line.of]
    ids = [entry.person_id, entry.organisation_id, entry.verb, entry.record_kind, entry.record_id]
    for change in line.changes or (None,):
        yield [*about, *((change.label, change.before, change.after) if change else ("", "", "")), *ids]


def _entry(line):
    entry = line.entry
    return {
        "at": timezone.localtime(line.at).isoformat(),
        "person": line.who,
        "for_organisation": line.whom,
        "what": line.did,
        "kind": line.kind,
        "record": line.of,
        "changes": entry.changes,
        "person_id": entry.person_id,
        "organisation_id": entry.organisation_id,
        "verb": entry.verb,
        "record_kind": entry.record_kind,
        "record_id": entry.record_id,
    }
