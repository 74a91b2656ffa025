"""What real notices hold, looked up in the raw documents without the hub's readers, beside what the readers got.

A look returns for each field the values that would be right, as bare text; none where the document does not say. It
knows nothing of forms, lots and versions, and so cannot share a reader's mistake.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from lxml import etree

from samspel.lake import formats, uhm
from samspel.lake.documents import Document, Table, documents
from samspel.lake.notice import Notice

FIELDS = ("identifier", "kind", "buyer", "title", "date", "CPV")
Values = dict[str, set[str]]

_STATED = {"stated"}  # a kind is worded differently in every format; here it only matters that there is one
_NOTHING: Values = {field: set() for field in FIELDS}
_EFORMS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
_BUYER_NAMES = (
    "//efac:Organization/*[cac:PartyIdentification/cbc:ID = /*/cac:ContractingParty//cac:PartyIdentification/cbc:ID]"
    "/cac:PartyName/cbc:Name"
)


def compared(folder: Path) -> Iterator[tuple[Values, Values]]:
    """Yield what each notice under the folder holds and what its reader got."""
    tables = []
    with tempfile.TemporaryDirectory() as spool:
        for item in documents(folder, spool=Path(spool)):
            if isinstance(item, Document):
                got = [_got(one) for one in formats.read(item)]
                yield from zip_longest(_look(item.data), got, fillvalue=_NOTHING)
            elif isinstance(item, Table):
                tables.append(item.file)
        yield from _statistics(tables)


def _got(item: object) -> Values:
    if not isinstance(item, Notice):
        return _NOTHING
    return {
        "identifier": _texts((item.identifier, (item.publication_number or "").lstrip("0"))),
        "kind": _STATED,
        "buyer": _texts(buyer.name for buyer in item.buyers),
        "title": _texts(text.text for text in item.title),
        "date": _texts(day.isoformat() for day in (item.published_on, item.dispatched_on) if day),
        "CPV": _texts((item.cpv or "", *item.cpv_additional)),
    }


def _texts(found: Iterable[str]) -> set[str]:
    return {" ".join(text.split()) for text in found} - {""}


def _look(data: bytes) -> list[Values]:
    if data.lstrip().startswith(b"{"):
        answer = json.loads(data)
        return [_hit(hit) for hit in answer.get("hits", [answer]) if "id" in hit]
    root = etree.fromstring(data)
    return [_legacy(root) if root.tag.endswith("TED_EXPORT") else _eforms(root)]


def _hit(hit: dict) -> Values:
    return {
        "identifier": {hit["id"]},
        "kind": _STATED if hit["type"] else set(),
        "buyer": _texts(buyer["name"] for buyer in hit["buyer"]),
        "title": _texts([hit["heading"] or ""]),
        "date": {hit[name][:10] for name in ("publicationDate", "issueDate") if hit[name]},
        "CPV": set(hit["cpvCodes"]),
    }


def _eforms(root: etree._Element) -> Values:
    def texts(path: str) -> set[str]:
        return _texts("".join(element.itertext()) for element in root.xpath(path, namespaces=_EFORMS))

    return {
        "identifier": texts("/*/cbc:ID[@schemeName = 'notice-id']"),
        "kind": _STATED if texts("/*/cbc:NoticeTypeCode") else set(),
        "buyer": texts(_BUYER_NAMES),
        "title": texts("/*/cac:ProcurementProject/cbc:Name") or texts("//cac:ProcurementProject/cbc:Name"),
        "date": {text[:10] for text in texts("/*/cbc:IssueDate | //efac:Publication/efbc:PublicationDate")},
        "CPV": texts("//cac:ProcurementProject//cbc:ItemClassificationCode"),
    }


def _legacy(root: etree._Element) -> Values:
    """Look at the data that TED itself coded and translated; elements by their bare names, as namespaces changed."""

    def texts(*names: str, under: str = "") -> set[str]:
        named = " or ".join(f"local-name() = '{name}'" for name in names)
        return _texts("".join(found.itertext()) for found in root.xpath(f"{under}//*[{named}]"))

    def codes(*names: str) -> set[str]:
        named = " or ".join(f"local-name() = '{name}'" for name in names)
        return {code[:8] for code in root.xpath(f"//*[{named}]/@CODE")}

    return {
        "identifier": {root.get("DOC_ID", "").lstrip("0")} - {""},
        "kind": _STATED if codes("TD_DOCUMENT_TYPE") else set(),
        "buyer": texts("AA_NAME") and texts("AA_NAME", "OFFICIALNAME", "ORGANISATION"),
        "title": texts("TI_TEXT") and texts("TI_TEXT", "TITLE", "TITLE_CONTRACT", "P"),
        "date": {
            f"{day[:4]}-{day[4:6]}-{day[6:8]}"
            for day in texts("DATE_PUB", "DS_DATE_DISPATCH")
            if len(day) >= len("20200102")
        },
        "CPV": codes("ORIGINAL_CPV", "CPV_CODE"),
    }


def _statistics(tables: list[Path]) -> Iterator[tuple[Values, Values]]:
    """Compare the rows of the table of procurements; the record of the same number and day is theirs."""
    records = {}
    for item in uhm.notices(tables):
        if isinstance(item, Notice):
            number = item.identifier.removesuffix(f"-{item.published_on}")
            records[number, str(item.published_on)] = item
    for row in _procurement_rows(tables):
        number = re.sub(r"[^\w.-]+", "-", f"{row['År']}-{row['Upphandlings-ID']}")
        held = {
            "identifier": {number},
            "kind": _STATED,
            "buyer": _texts([row["Namn för köpare"]]),
            "title": _texts([row["Upphandlingens titel"]]),
            "date": {row["Publiceringsdatum"]} - {""},
            # "00000000 Uppgift saknas": not stated
            "CPV": {row["Huvudsaklig CPV-kod"][:8]} - {"", "00000000"},
        }
        got = _got(records.get((number, row["Publiceringsdatum"])))
        yield held, got | {"identifier": {number} if got is not _NOTHING else set()}


def _procurement_rows(tables: list[Path]) -> Iterator[dict[str, str]]:
    for table in tables:
        packed = table.read_bytes()[:2] == b"\x1f\x8b"
        with gzip.open(table, "rt", encoding="utf-8-sig") if packed else table.open(encoding="utf-8-sig") as file:
            found = csv.DictReader(file)
            if "Antal upphandlingar, Summa" in (found.fieldnames or ()):
                yield from found
