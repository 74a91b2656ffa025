"""What no notice can truthfully say is taken out of it here, once for every format, before anybody stores or shows it.

Strangers write notices. A count that no table holds, a date that no clock can show, an identifier that is no address
or a personal number in a name would otherwise break or shame every page that it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any

from samspel.lake.notice import Buyer, Deadline, Lot, Money, Notice, Unreadable, Winner
from samspel.registration_numbers import is_personal_number, without_personal_numbers

MOST_TENDERS = 2_000_000  # the lots' counts are added up, and the sum of a thousand must fit 32 bits
TOO_MUCH = 1e15  # an amount beyond is no amount
YEARS = range(1900, 2201)
_MOST_MONTHS = 2400  # two hundred years

# A part of an address: it begins with a letter or a digit, so that it is never "." or "..".
_ADDRESS = re.compile(r"[^\W_][\w.:-]{0,99}")
_NOTICE_FIELDS = {
    "tenders": "BT-759",
    "tenders_sme": "BT-759",
    "estimated_value": "BT-27",
    "awarded_value": "BT-161",
    "published_on": "OPP-012",
    "dispatched_on": "BT-05(a)",
}
_LOT_FIELDS = {
    "tenders": "BT-759",
    "tenders_sme": "BT-759",
    "estimated_value": "BT-27",
    "awarded_value": "BT-720",
    "duration_months": "BT-36",
    "starts_on": "BT-536",
    "ends_on": "BT-537",
}
_WINNER_FIELDS = {"value": "BT-720"}
_DEADLINE_FIELDS = {
    "tenders": "BT-131",
    "requests": "BT-1311",
    "interest": "BT-630",
    "answers": "BT-800",
    "questions": "BT-13",
    "opening": "BT-132",
}


def bounded(notice: Notice) -> Notice | Unreadable:
    """Return the notice without what is out of bounds, or why it cannot have an address in the hub.

    What is taken out stands in ``unknown_codes``; a personal number in a supplier's name is masked, and a website that
    is a mail address or holds a password is left out.
    """
    if why := _no_address(notice):
        return Unreadable(why)
    unknown = set(notice.unknown_codes)
    changed = _impossible(notice, _NOTICE_FIELDS, unknown) | {
        "deadlines": _deadlines(notice.deadlines, unknown),
        "buyers": tuple(map(_buyer, notice.buyers)),
        "winners": tuple(_winner(winner, unknown) for winner in notice.winners),
        "lots": tuple(_lot(lot, unknown) for lot in notice.lots),
    }
    return replace(notice, **changed, unknown_codes=tuple(sorted(unknown)))


def _no_address(notice: Notice) -> str | None:
    parts = {
        "identifier": notice.identifier,
        "version": notice.version,
        "publication number": notice.publication_number,
    }
    for what, text in parts.items():
        if text is not None and not _is_address(text):
            return f"Its {what} “{_printable(text)}” is not one the hub can use as an address."
    return None


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and (text.isascii() or all(sign.isascii() or sign.isalpha() for sign in text))


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:60]) + "…" * (len(text) > 60)


def _impossible(record: Notice | Lot | Winner, fields: Mapping[str, str], unknown: set[str]) -> dict[str, Any]:
    """Return None for each field that is out of bounds, which is remembered by its eForms identifier."""
    found: dict[str, Any] = {}
    for field, term in fields.items():
        value = getattr(record, field)
        if value is not None and not _is_possible(value):
            stated = value.amount if isinstance(value, Money) else value
            unknown.add(f"{term}:{_printable(str(stated))}")
            found[field] = None
    return found


def _is_possible(value: Money | date | float) -> bool:
    if isinstance(value, Money):
        return isfinite(value.amount) and abs(value.amount) < TOO_MUCH
    if isinstance(value, date):
        return value.year in YEARS
    return 0 <= value <= (MOST_TENDERS if isinstance(value, int) else _MOST_MONTHS)


def _deadlines(deadlines: tuple[Deadline, ...], unknown: set[str]) -> tuple[Deadline, ...]:
    kept = []
    for deadline in deadlines:
        if deadline.at[:4].isdecimal() and int(deadline.at[:4]) in YEARS:
            kept.append(deadline)
        else:
            unknown.add(f"{_DEADLINE_FIELDS[deadline.kind]}:{_printable(deadline.at)}")
    return tuple(kept)


def _buyer(buyer: Buyer) -> Buyer:
    website = None if buyer.website and "@" in buyer.website else buyer.website
    name = without_personal_numbers(buyer.name, buyer.country)
    is_kept = (name, website) == (buyer.name, buyer.website)
    return buyer if is_kept else replace(buyer, website=website, name=name)


def _winner(winner: Winner, unknown: set[str]) -> Winner:
    return replace(
        winner,
        **_impossible(winner, _WINNER_FIELDS, unknown),
        name=without_personal_numbers(winner.name, winner.country),
        is_person=winner.is_person or is_personal_number(winner.identifier, winner.country),
    )


def _lot(lot: Lot, unknown: set[str]) -> Lot:
    changed = _impossible(lot, _LOT_FIELDS, unknown)
    deadlines = _deadlines(lot.deadlines, unknown)
    return replace(lot, **changed, deadlines=deadlines) if changed or deadlines != lot.deadlines else lot
