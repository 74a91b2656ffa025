"""What a form of TED_EXPORT says, whatever its generation, and the small things that all generations write alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from lxml import etree

from samspel.lake.notice import Buyer, Deadline, Lot, Money, Winner
from samspel.lake.ted_legacy import codes
from samspel.registration_numbers import cleaned, is_personal_number

_DAYS_IN_A_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a form in one language: of the notice, and of each lot in the order they stand."""

    title: str | None
    description: str | None
    lots: tuple[tuple[str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Award:
    """One contract of a result notice: awarded, or declared not awarded."""

    lot_number: str | None
    winners: tuple[Winner, ...] = ()
    not_awarded_reason: str | None = None  # "ted:" and TED's own word; None where the contract was awarded
    value: Money | None = None
    estimated_value: Money | None = None
    tenders: int | None = None
    tenders_sme: int | None = None

    @property
    def is_awarded(self) -> bool:
        """Whether a contract came of it."""
        return self.not_awarded_reason is None


@dataclass(slots=True)
class Content:
    """What one form says. Lots have no texts yet: those come from ``Wording``, in every language kept."""

    buyers: list[Buyer] = field(default_factory=list)
    nature: str | None = None
    cpv: str | None = None
    cpv_additional: list[str] = field(default_factory=list)
    nuts: tuple[str, ...] = ()  # beside those of the lots
    procedure: str | None = None
    accelerated: bool | None = None
    joint: bool | None = None
    framework: str | None = None
    legal_basis: str | None = None
    deadlines: list[Deadline] = field(default_factory=list)
    estimated_value: Money | None = None
    awarded_value: Money | None = None
    follows: list[str] = field(default_factory=list)  # "2019/S 053-122342"
    lots: list[Lot] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)


@cache
def path(steps: str) -> str:
    """Return a path for any of TED's six namespaces: "A/B" is "{*}A/{*}B"; "." and ".." are not used."""
    return "/".join(step if step in {"", "."} else "{*}" + step for step in steps.split("/"))


def name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def first(element: etree._Element, *paths: str) -> etree._Element | None:
    """Return the first element at the first path that leads to one."""
    for steps in paths:
        found = element.find(path(steps))
        if found is not None:
            return found
    return None


def value_at(element: etree._Element, *paths: str) -> str | None:
    """Return the text at the first path that leads to an element with any, without space around it."""
    for steps in paths:
        found = element.findtext(path(steps))
        if found and found.strip():
            return found.strip()
    return None


def code_at(element: etree._Element, steps: str, attribute: str = "CODE") -> str | None:
    """Return an attribute of the element at a path."""
    found = element.find(path(steps))
    return found.get(attribute) if found is not None else None


def prose(element: etree._Element | None) -> str | None:
    """Return running text, a line for each paragraph (P), white space as a reader sees it; None where empty."""
    if element is None:
        return None
    paragraphs = element.findall(path("P")) or [element]
    lines = (" ".join("".join(map(str, paragraph.itertext())).split()) for paragraph in paragraphs)
    return "\n".join(filter(None, lines)) or None


def cpv_codes(element: etree._Element, steps: str) -> Iterator[str]:
    """Yield the CPV codes below a path, eight digits, without the supplementary codes."""
    for code in element.iterfind(path(steps + "/CPV_CODE")):
        if code.get("CODE"):
            yield code.get("CODE", "")[:8]


def nuts_codes(element: etree._Element) -> tuple[str, ...]:
    """Return the regions directly in an element, as stated, sorted, each once."""
    return tuple(sorted({code for nuts in element.iterfind(path("NUTS")) if (code := nuts.get("CODE"))}))


def money(element: etree._Element | None) -> Money | None:
    """Return an amount of one number and a currency, else None. Older forms format it for reading and hold FMTVAL."""
    if element is None:
        return None
    number = element if element.text and element.text.strip() else first(element, "VALUE_COST")
    currency = element.get("CURRENCY")
    if number is None or not currency or first(element, "INCLUDING_VAT") is not None:
        return None
    amount = "".join((number.get("FMTVAL") or number.text or "").split()).replace(",", ".")
    return Money(float(amount), currency) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]+)?", amount) else None


def sum_of(amounts: list[Money | None]) -> Money | None:
    """Return the sum, or None where one is not stated or they are in several currencies."""
    stated = [amount for amount in amounts if amount]
    if not stated or len(stated) < len(amounts) or len({amount.currency for amount in stated}) > 1:
        return None
    return Money(round(sum(amount.amount for amount in stated), 2), stated[0].currency)


def whole_number(text: str | None) -> int | None:
    """Return a count, or None where the text is no whole number."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else None


def day(text: str | None) -> date | None:
    """Return a date from ``2018-02-12`` or ``20180212``; None where the text is no date."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def moment(on: str | None, at: str | None) -> str | None:
    """Return a day, and an hour where there is one, in ISO 8601: TED gives local time and never says which zone."""
    found = day(on)
    if not found:
        return None
    clock = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", at or "")
    return f"{found}T{clock[1]:0>2}:{clock[2]}" if clock else str(found)


def months(amount: str | None, unit: str | None) -> float | None:
    """Return a duration in months."""
    number = whole_number(amount)
    if number is None:
        return None
    return {"YEAR": 12.0 * number, "MONTH": float(number), "DAY": round(number / _DAYS_IN_A_MONTH, 4)}.get(unit or "")


def web_address(element: etree._Element, *paths: str) -> str | None:
    """Return the first address of the web, with its protocol, which buyers often leave out; None for anything else."""
    for steps in paths:
        stated = value_at(element, steps) or ""
        if re.fullmatch(r"https?://[^\s\"'<>]+", stated, re.IGNORECASE):
            return stated
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+([/?#][^\s\"'<>]*)?", stated):
            return f"http://{stated}"
    return None


def country(element: etree._Element) -> str | None:
    """Return the country of an address as ISO 3166 alpha-2."""
    code = code_at(element, "COUNTRY", "VALUE")
    return codes.COUNTRIES.get(code, code) if code else None


def buyer(address: etree._Element, website: str | None, legal_type: str | None, activity: str | None) -> Buyer | None:
    """Return the buyer at an address, or None where it has no name."""
    name = value_at(address, "OFFICIALNAME", "ORGANISATION/OFFICIALNAME")
    if not name:
        return None
    where = country(address)
    return Buyer(
        name=" ".join(name.split()),
        identifier=cleaned(value_at(address, "NATIONALID", "ORGANISATION/NATIONALID"), where),
        country=where,
        nuts=code_at(address, "NUTS"),
        town=value_at(address, "TOWN"),
        website=website,
        legal_type=legal_type,
        activity=activity,
    )


def winner(address: etree._Element, size: str | None, lots: tuple[str, ...] = ()) -> Winner | None:
    """Return the supplier at an address, or None where it has no name."""
    name = value_at(address, "OFFICIALNAME", "ORGANISATION/OFFICIALNAME")
    if not name:
        return None
    where = country(address)
    stated = value_at(address, "NATIONALID", "ORGANISATION/NATIONALID")
    return Winner(
        name=" ".join(name.split()),
        identifier=cleaned(stated, where),
        country=where,
        nuts=code_at(address, "NUTS"),
        size=size,
        lots=lots,
        is_person=is_personal_number(stated, where),
    )


def mapped(code: str | None, table: dict[str, str], term: str, unknown: set[str]) -> str | None:
    """Return the eForms code, or TED's own behind "ted:", and note in ``unknown`` a code the table does not hold."""
    if not code:
        return None
    if code in table:
        return table[code]
    if code not in codes.OWN_LEGAL_TYPES:
        unknown.add(f"{term}:{code}")
    return f"ted:{code}"
