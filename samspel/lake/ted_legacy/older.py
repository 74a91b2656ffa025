"""The forms of the 2004 and 2009 directives in TED_EXPORT (R2.0.8 and before), the defence forms 16–19 among them.

Every form has its own names for the sections, and the same names for what stands in them: facts are found by those,
with the lots' own parts left aside. A notice without a form (OTH_NOT) has a title and running text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from samspel.lake.notice import Deadline, Lot
from samspel.lake.ted_legacy import codes
from samspel.lake.ted_legacy.content import (
    Award,
    Content,
    Wording,
    buyer,
    cpv_codes,
    first,
    mapped,
    moment,
    money,
    months,
    name_of,
    nuts_codes,
    path,
    prose,
    value_at,
    web_address,
    whole_number,
    winner,
)

_BUYER = ("CA_CE_CONCESSIONAIRE_PROFILE", "CA_CE_CONCESSIONAIRE_PROFILE_NOTICE")
_FRAMEWORKS = ("ESTABLISHMENT_FRAMEWORK_AGREEMENT", "CONCLUSION_FRAMEWORK_AGREEMENT")
_TITLES = ("TITLE_CONTRACT", "TITLE_RESULT_DESIGN_CONTEST", "TITLE_DESIGN_CONTACT_NOTICE", "TI_DOC")
_DESCRIPTIONS = ("SHORT_CONTRACT_DESCRIPTION", "SHORT_DESCRIPTION", "TOTAL_QUANTITY_OR_SCOPE", "CONTENTS")
_AWARD_SECTIONS = ("AWARD_OF_CONTRACT", "AWARD_OF_CONTRACT_DEFENCE", "AWARD_CONTRACT_CONTRACT_AWARD_UTILITIES")


def read(form: etree._Element, coded_procedure: str | None, unknown: set[str]) -> Content:
    """Return what the form says; codes it holds that nobody knows are added to ``unknown``."""
    content = Content(procedure=coded_procedure)
    _read_buyer(form, content, unknown)
    parts = list(_lot_parts(form))
    within = {inner for part in parts for inner in part.iter("{*}CPV", "{*}NUTS", "{*}COSTS_RANGE_AND_CURRENCY")}
    main = next((cpv for cpv in form.iter("{*}CPV") if cpv not in within), None)
    if main is not None:
        content.cpv = next(cpv_codes(main, "CPV_MAIN"), None)
        content.cpv_additional = list(cpv_codes(main, "CPV_ADDITIONAL"))
    kind = _anywhere(form, "TYPE_CONTRACT")
    if kind is not None:
        content.nature = mapped(kind.get("VALUE"), codes.NATURES, "BT-23", unknown)
    content.framework = _framework(form)
    content.estimated_value = next(
        (money(cost) for cost in form.iter("{*}COSTS_RANGE_AND_CURRENCY") if cost not in within), None
    )
    content.deadlines = list(_deadlines(form, coded_procedure))
    content.follows = [
        number.text.strip() for number in form.iter("{*}NOTICE_NUMBER_OJ") if number.text and number.text.strip()
    ]
    places = tuple(sorted({code for nuts in form.iter("{*}NUTS") if nuts not in within and (code := nuts.get("CODE"))}))
    content.lots = [_lot(part, item) for item, part in enumerate(parts, start=1)] or [_whole(form, places)]
    content.nuts = places
    content.awards = [_award(award) for award in form.iter(*("{*}" + name for name in _AWARD_SECTIONS))]
    total = _anywhere(form, "TOTAL_FINAL_VALUE")
    if total is not None:
        content.awarded_value = money(first(total, "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE"))
    return content


def wording(form: etree._Element) -> Wording:
    """Return the form's texts."""
    lots = tuple(
        (prose(first(part, "LOT_TITLE")), prose(first(part, "LOT_DESCRIPTION", "NATURE_QUANTITY_SCOPE")))
        for part in _lot_parts(form)
    )
    title = _anywhere(form, *_TITLES)
    described = _anywhere(form, *_DESCRIPTIONS)
    return Wording(prose(title), prose(described), lots or ((None, None),))


def _anywhere(element: etree._Element, *names: str) -> etree._Element | None:
    for name in names:
        for found in element.iter("{*}" + name):
            return found
    return None


def _lot_parts(form: etree._Element) -> Iterator[etree._Element]:
    for number in form.iter("{*}LOT_NUMBER"):
        part = number.getparent()
        if part is not None and first(part, "LOT_TITLE", "LOT_DESCRIPTION", "CPV") is not None:
            yield part


def _read_buyer(form: etree._Element, content: Content, unknown: set[str]) -> None:
    address = _anywhere(form, *_BUYER)
    if address is None:
        return
    legal = _anywhere(form, "TYPE_OF_CONTRACTING_AUTHORITY", "TYPE_OF_CONTRACTING_AUTHORITY_OTHER")
    does = _anywhere(form, "TYPE_OF_ACTIVITY", "ACTIVITY_OF_CONTRACTING_ENTITY")
    links = address.getparent()
    website = None if links is None else _website(links)
    legal_type = mapped(legal.get("VALUE"), codes.LEGAL_TYPES, "BT-11", unknown) if legal is not None else None
    if legal is not None and legal.get("VALUE") == "OTHER" and (word := prose(legal)):
        legal_type = f"ted:{word}"
    activity = mapped(does.get("VALUE"), codes.ACTIVITIES, "BT-10", unknown) if does is not None else None
    named = buyer(address, website, legal_type, activity)
    content.buyers = [named] if named else []


def _website(links: etree._Element) -> str | None:
    addresses = (one for one in links if name_of(one).startswith("INTERNET_ADDRESSES"))
    return next((web_address(one, "URL_GENERAL", "URL_BUYER") for one in addresses), None)


def _framework(form: etree._Element) -> str | None:
    if _anywhere(form, *_FRAMEWORKS) is not None:
        return "fa"
    said = _anywhere(form, "NOTICE_INVOLVES_DEFENCE", "FRAMEWORK_AGREEMENT")
    if said is not None and said.get("VALUE") in {*_FRAMEWORKS, "YES"}:
        return "fa"
    if (said is not None and said.get("VALUE")) or _anywhere(form, "PUBLIC_CONTRACT") is not None:
        return "none"
    return None


def _deadlines(form: etree._Element, procedure: str | None) -> Iterator[Deadline]:
    waited_for = "requests" if procedure in codes.TWO_STAGE_PROCEDURES else "tenders"
    opening = _anywhere(form, "CONDITIONS_FOR_OPENING_TENDERS")
    opened = first(opening, "DATE_TIME") if opening is not None else None
    for kind, when in ((waited_for, _anywhere(form, "RECEIPT_LIMIT_DATE")), ("opening", opened)):
        if when is None:
            continue
        parts = [value_at(when, name) or "" for name in ("YEAR", "MONTH", "DAY")]
        at = moment("-".join(part.zfill(2) for part in parts), value_at(when, "TIME"))
        if at:
            yield Deadline(kind, at)


def _lot(part: etree._Element, item: int) -> Lot:
    cost = first(part, "NATURE_QUANTITY_SCOPE/COSTS_RANGE_AND_CURRENCY", "COSTS_RANGE_AND_CURRENCY")
    main = next(cpv_codes(part, "CPV/CPV_MAIN"), None)
    return Lot(
        identifier=value_at(part, "LOT_NUMBER") or str(item),
        cpv=main,
        cpv_additional=tuple(dict.fromkeys(code for code in cpv_codes(part, "CPV/CPV_ADDITIONAL") if code != main)),
        nuts=nuts_codes(part),
        estimated_value=money(cost),
        duration_months=_duration(first(part, "PERIOD_WORK_DATE_STARTING")),
    )


def _whole(form: etree._Element, places: tuple[str, ...]) -> Lot:
    """Return the one lot of a purchase that is not divided."""
    return Lot(identifier="1", nuts=places, duration_months=_duration(_anywhere(form, "PERIOD_WORK_DATE_STARTING")))


def _duration(period: etree._Element | None) -> float | None:
    if period is None:
        return None
    return months(value_at(period, "MONTHS"), "MONTH") or months(value_at(period, "DAYS"), "DAY")


def _award(award: etree._Element) -> Award:
    values = first(award, "CONTRACT_VALUE_INFORMATION")
    won = []
    for operator in award.iterfind(path("ECONOMIC_OPERATOR_NAME_ADDRESS")):
        address = first(operator, "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME", "CONTACT_DATA")
        if address is not None and (named := winner(address, None)):
            won.append(named)
    return Award(
        value_at(award, "LOT_NUMBER"),
        winners=tuple(won),
        value=money(first(values, "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE")) if values is not None else None,
        estimated_value=money(first(values, "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT")) if values is not None else None,
        tenders=whole_number(value_at(award, "OFFERS_RECEIVED_NUMBER")),
    )
