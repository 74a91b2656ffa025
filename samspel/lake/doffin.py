"""Read the JSON of Doffin, Norway's national notice database: a page of hits from its search, or one hit.

The JSON says less than the notice itself, which Doffin also gives as eForms XML: no marks (nothing here can be declared
innovation), no procedure, no lot numbers, no legal basis. Both carry the Doffin number as ``publication_number``, by
which they are known to be one notice. Oddities, as observed in 2026: ``type`` is one value, ``allTypes`` overlaps;
``status``, ``deadline`` and ``estimatedValue`` may be null; the publication date has no time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from math import inf
from typing import Any

from py3langid import langid

from samspel.lake.notice import Buyer, Deadline, Kind, Lot, Money, Notice, Text, Unreadable, Winner
from samspel.registration_numbers import cleaned, is_personal_number

_DETAIL = "https://www.doffin.no/notices/"
# A hit is 3 kB and a page has at most 1,000. Parsed, 8 MB can become 200 MB in memory (empty objects).
_MOST_BYTES = 8 * 2**20
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{1,20}")
_CPV = re.compile(r"[0-9]{8}")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # JSON can write half a letter ("\\ud800"), which no encoding holds

# Doffin's type: the kind, and BT-03.
_TYPES: dict[str, tuple[Kind, str]] = {
    "PLANNING": (Kind.PLANNING, "planning"),
    "ADVISORY_NOTICE": (Kind.PLANNING, "planning"),
    "PRE_ANNOUNCEMENT": (Kind.PLANNING, "planning"),
    "NOTICE_ON_BUYER_PROFILE": (Kind.PLANNING, "planning"),
    "COMPETITION": (Kind.COMPETITION, "competition"),
    "ANNOUNCEMENT_OF_COMPETITION": (Kind.COMPETITION, "competition"),
    "DYNAMIC_PURCHASING_SCHEME": (Kind.COMPETITION, "competition"),
    "QUALIFICATION_SCHEME": (Kind.COMPETITION, "competition"),
    "ANNOUNCEMENT_OF_INTENT": (Kind.INTENTION, "dir-awa-pre"),
    "RESULT": (Kind.RESULT, "result"),
    "ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT": (Kind.RESULT, "result"),
    "CANCELLED_OR_MISSING_CONCLUSION_OF_CONTRACT": (Kind.CANCELLED, "result"),
    "CHANGE_OF_CONCLUSION_OF_CONTRACT": (Kind.CHANGE, "cont-modif"),
}
_STATUSES = frozenset({"ACTIVE", "EXPIRED", "AWARDED", "CANCELLED"})

# BT-727: anywhere, anywhere in the country, anywhere in the EEA. Such a place is no region.
_ANYWHERE = frozenset({"anyw", "anyw-cou", "anyw-eea"})

# The languages of Norwegian notices; "no" is what the model calls Bokmål.
_LANGUAGES = ("no", "nn", "sv", "da", "en")
_SURE = 0.6


def read_all(data: bytes) -> Iterator[Notice | Unreadable]:
    """Yield each notice of a page or of one hit, and for what cannot be read an Unreadable that says why."""
    if len(data) > _MOST_BYTES:
        yield Unreadable(f"The JSON is larger than {_MOST_BYTES // 2**20} MB, which no page of Doffin's search is.")
        return
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Unreadable("The file is empty." if not data.strip() else f"The file is not JSON: {error}.")
        return
    hits = document.get("hits", [document]) if isinstance(document, dict) else None
    if not isinstance(hits, list) or (isinstance(document, dict) and not {"hits", "id"} & document.keys()):
        yield Unreadable(
            "The JSON is neither a page of hits from Doffin's search nor one hit: it has no hits and no id."
        )
        return
    for place, hit in enumerate(hits, start=1):
        try:
            yield _read(hit)
        except Unreadable as reason:
            yield Unreadable(f"Hit {place}: {reason}")


def _read(hit: Any) -> Notice:
    if not isinstance(hit, dict):
        raise Unreadable("it is not an object with fields.")
    number = _text(hit, "id") or ""
    if not _NUMBER.fullmatch(number):
        raise Unreadable(f"the id is {number[:100] or 'missing'}, not a Doffin number such as 2026-112542.")
    heading, description = _text(hit, "heading"), _text(hit, "description")
    language = _language(heading, description)
    unknown: set[str] = set()
    kind, form_type = _kind(hit, unknown)
    lots = tuple(_lot(lot, place, kind, language) for place, lot in enumerate(_objects(hit, "lots"), start=1))
    buyers = tuple(_buyers(hit))
    cpv, additional = _cpv(hit, unknown)
    tenders = _tenders(hit)
    return Notice(
        source="doffin",
        identifier=number,
        version="01",
        format="doffin-json",
        kind=kind,
        publication_number=number,
        form_type=form_type,
        notice_type=_text(hit, "type"),
        url=_DETAIL + number,
        language=language,
        title=_texts(language, heading),
        description=_texts(language, description),
        cpv=cpv,
        cpv_additional=additional,
        nuts=tuple(sorted(set(_strings(hit, "locationId")) - _ANYWHERE)),
        joint=len(buyers) > 1,
        published_on=_day(hit, "publicationDate"),
        dispatched_on=_day(hit, "issueDate"),
        deadlines=tuple(_deadlines(hit)),
        estimated_value=_money(hit),
        tenders=tenders.get("tenders"),
        tenders_sme=tenders.get("t-sme"),
        buyers=buyers,
        winners=tuple(_winners(hit)),
        lots=lots,
        unknown_codes=tuple(sorted(unknown)),
    )


def _kind(hit: dict[str, Any], unknown: set[str]) -> tuple[Kind, str]:
    """Return what the one type says; for a type that nobody knows, what the wider types beside it say."""
    stated, status = _text(hit, "type"), _text(hit, "status")
    if status and status not in _STATUSES:
        unknown.add(f"doffin-status:{status}")
    if stated not in _TYPES:
        unknown.add(f"doffin-type:{stated}")
    found = next((_TYPES[one] for one in (stated, *_strings(hit, "allTypes")) if one in _TYPES), None)
    if found is None:
        raise Unreadable(f"the type is {stated or 'missing'}, so what the notice does is not known.")
    if status == "CANCELLED" and found[0] is Kind.COMPETITION:
        return Kind.CANCELLED, found[1]
    return found


def _language(*texts: str | None) -> str | None:
    """Return the language of the texts, "no" where it is not clear: the JSON does not say, and Doffin is Norwegian."""
    text = ". ".join(filter(None, texts))[:2000]
    if not text:
        return None
    language, certainty = _identifier().classify(text)
    return str(language) if certainty >= _SURE else "no"


@cache
def _identifier() -> Any:
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    # The languages that were not chosen, kept for another choice: 28 MB in every worker.
    identifier._full_model = None
    return identifier


def _lot(lot: dict[str, Any], place: int, kind: Kind, language: str | None) -> Lot:
    """Return a lot, numbered by its place. A contract that is concluded with somebody was awarded."""
    return Lot(
        identifier=str(place),
        title=_texts(language, _text(lot, "heading")),
        description=_texts(language, _text(lot, "description")),
        result="selec-w" if kind is Kind.RESULT and _objects(lot, "winner") else None,
    )


def _texts(language: str | None, text: str | None) -> tuple[Text, ...]:
    return (Text(language or "no", text),) if text else ()


def _buyers(hit: dict[str, Any]) -> Iterator[Buyer]:
    for buyer in _objects(hit, "buyer"):
        name = _text(buyer, "name")
        if name:
            identifier = cleaned(_text(buyer, "organizationId"), "NO")
            yield Buyer(name, identifier, country="NO" if _is_norwegian(identifier) else None)


def _is_norwegian(identifier: str | None) -> bool:
    """Return whether it is a Norwegian organisation number: nine digits, the last a check by weights, modulo 11."""
    if not identifier or not re.fullmatch(r"\d{9}", identifier):
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(identifier, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True))
    return weighted % 11 == 0


def _winners(hit: dict[str, Any]) -> Iterator[Winner]:
    """Yield each supplier once, with the lots it won; Norwegian where its number is: the JSON names no country."""
    won: dict[tuple[str, str | None], list[str]] = {}
    for place, lot in enumerate(_objects(hit, "lots"), start=1):
        for winner in _objects(lot, "winner"):
            name = _text(winner, "name")
            if name:
                won.setdefault((name, _text(winner, "organizationId")), []).append(str(place))
    for (name, stated), lots in won.items():
        identifier = cleaned(stated, "NO")
        country = "NO" if _is_norwegian(identifier) else None
        yield Winner(name, identifier, country, lots=tuple(lots), is_person=is_personal_number(stated, "NO"))


def _cpv(hit: dict[str, Any], unknown: set[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the main code and the others.

    The list is in no order and also holds the codes above those that the buyer chose. Where all of it leads to one
    code, that is the main one; else the JSON does not say which is.
    """
    stated = set(_strings(hit, "cpvCodes"))
    unknown.update(f"BT-262:{code}" for code in stated if not _CPV.fullmatch(code))
    known = sorted((code for code in stated if _CPV.fullmatch(code)), key=lambda code: len(code.rstrip("0")))
    main = known[-1] if known and all(known[-1].startswith(code.rstrip("0")) for code in known) else None
    return main, tuple(sorted(set(known) - {main}))


def _tenders(hit: dict[str, Any]) -> dict[str, int]:
    """Return the numbers received by kind (BT-760).

    ``receivedTenders`` is 0 also where nothing is said. A number of tenders smaller than that of one kind of tenders
    (0 tenders, 3 of them electronic) is a slip, and none.
    """
    counts: dict[str, int] = {}
    for received in _objects(hit, "allReceivedTenders"):
        total = received.get("total")
        if isinstance(total, int) and not isinstance(total, bool):
            counts[_text(received, "type") or ""] = total
    if counts.get("tenders", 0) < max(counts.values(), default=0):
        counts.pop("tenders", None)
    return counts


def _deadlines(hit: dict[str, Any]) -> Iterator[Deadline]:
    """Yield the one time limit. Doffin does not say whether it is for tenders or for requests to take part."""
    at = _text(hit, "deadline")
    if at is None:
        return
    try:
        datetime.fromisoformat(at)
    except ValueError as error:
        raise Unreadable(f"the field deadline is {at}, not a time.") from error
    yield Deadline("tenders", at)


def _money(hit: dict[str, Any]) -> Money | None:
    value = hit.get("estimatedValue")
    if value is None:
        return None
    amount = value.get("amount") if isinstance(value, dict) else None
    currency = _text(value, "currencyCode") if isinstance(value, dict) else None
    if not isinstance(amount, int | float) or isinstance(amount, bool) or currency is None:
        raise Unreadable("the field estimatedValue is not an amount with a currency.")
    try:
        return Money(float(amount), currency)
    except OverflowError:  # JSON's whole numbers have no end
        return Money(inf, currency)


def _day(hit: dict[str, Any], field: str) -> date | None:
    stated = _text(hit, field)
    if stated is None:
        return None
    try:
        return date.fromisoformat(stated[:10])
    except ValueError as error:
        raise Unreadable(f"the field {field} is {stated}, not a date.") from error


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"the field {name} is not a text.")
    return _storable(value).strip() or None if value else None


def _strings(fields: dict[str, Any], name: str) -> list[str]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Unreadable(f"the field {name} is not a list of texts.")
    return [_storable(value) for value in values]


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def _objects(fields: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise Unreadable(f"the field {name} is not a list of objects.")
    return values
