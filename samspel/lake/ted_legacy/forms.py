"""The forms of the 2014 directives in TED_EXPORT (R2.0.9): F01–F08, F12–F15, F20–F25, and T01, T02 for transport.

One grammar holds for them all; a form leaves out the sections that it does not need. The numbers in comments are those
of the printed forms (Regulation (EU) 2015/1986).
"""

from __future__ import annotations

from lxml import etree

from samspel.lake.notice import Buyer, Deadline, Lot, Winner
from samspel.lake.ted_legacy import codes
from samspel.lake.ted_legacy.content import (
    Award,
    Content,
    Wording,
    buyer,
    code_at,
    cpv_codes,
    day,
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

# Forms with the box "joint procurement" (I.2) and those with the box "framework agreement" (IV.1.3): there, no cross
# means no. F01, F04, F21 and F22 have the second only where they call for or end a competition.
_FORMS_ASKING_JOINT = frozenset({"F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F12", "F13", "F21", "F22"})
_FORMS_ASKING_FRAMEWORK = frozenset({"F02", "F03", "F05", "F06", "F15"})
_FORMS_ASKING_FRAMEWORK_IN_A_CALL = frozenset({"F01", "F04", "F21", "F22"})
_FORMS_ASKING_HASTE = frozenset({"F02", "F03"})  # the box "accelerated procedure" (IV.1.1)
_PLANS = frozenset({"PRI_ONLY", "PRI_REDUCING_TIME_LIMITS", "PER_ONLY", "PER_REDUCING_TIME_LIMITS"})
_CALLS_BY_PLAN = frozenset({"PRI_CALL_COMPETITION", "PER_CALL_COMPETITION", "PRI"})


def read(form: etree._Element, coded_procedure: str | None, unknown: set[str]) -> Content:
    """Return what the form says; codes it holds that nobody knows are added to ``unknown``."""
    number = form.get("FORM", "")
    content = Content(buyers=_buyers(form, unknown))
    content.joint = len(content.buyers) > 1 or (False if number in _FORMS_ASKING_JOINT else None)
    if first(form, "CONTRACTING_BODY/JOINT_PROCUREMENT_INVOLVED") is not None:
        content.joint = True
    content.legal_basis = _legal_basis(form)
    objects = form.findall(path("OBJECT_CONTRACT"))
    if objects:
        _read_object(objects[0], content, unknown)
    for position, described in enumerate(objects, start=1):
        prefix = f"{position}-" if len(objects) > 1 else ""
        lots = described.iterfind(path("OBJECT_DESCR"))
        content.lots.extend(_lot(lot, f"{prefix}{{}}", item) for item, lot in enumerate(lots, start=1))
    _read_procedure(form, number, content, coded_procedure)
    content.follows = [
        number.text.strip() for number in form.iter("{*}NOTICE_NUMBER_OJ") if number.text and number.text.strip()
    ]
    content.awards = [_award(award) for award in form.iterfind(path("AWARD_CONTRACT"))]
    content.awards.extend(_award(award) for award in form.iterfind(path("RESULTS")))
    return content


def wording(form: etree._Element) -> Wording:
    """Return the form's texts, which differ between its translations where its facts do not."""
    objects = form.findall(path("OBJECT_CONTRACT"))
    lots = tuple(
        (prose(first(lot, "TITLE")), prose(first(lot, "SHORT_DESCR")))
        for described in objects
        for lot in described.iterfind(path("OBJECT_DESCR"))
    )
    if not objects:
        return Wording(None, None, lots)
    # F12, F13 and F20 describe the object only where the others describe a lot.
    description = prose(first(objects[0], "SHORT_DESCR")) or (lots[0][1] if len(lots) == 1 else None)
    return Wording(prose(first(objects[0], "TITLE")), description, lots)


def _buyers(form: etree._Element, unknown: set[str]) -> list[Buyer]:
    body = first(form, "CONTRACTING_BODY")
    if body is None:
        return []
    # I.4, I.5 and I.6 speak of the body that comes first.
    legal_type = mapped(code_at(body, "CA_TYPE", "VALUE"), codes.LEGAL_TYPES, "BT-11", unknown) or _own(
        value_at(body, "CA_TYPE_OTHER")
    )
    activity = mapped(
        code_at(body, "CA_ACTIVITY", "VALUE") or code_at(body, "CE_ACTIVITY", "VALUE"),
        codes.ACTIVITIES,
        "BT-10",
        unknown,
    ) or _own(value_at(body, "CA_ACTIVITY_OTHER", "CE_ACTIVITY_OTHER"))
    leading = [(address, legal_type, activity) for address in body.iterfind(path("ADDRESS_CONTRACTING_BODY"))]
    joining = [(address, None, None) for address in body.iterfind(path("ADDRESS_CONTRACTING_BODY_ADDITIONAL"))]
    found = (
        buyer(address, web_address(address, "URL_GENERAL", "URL_BUYER", "URL"), kind, does)
        for address, kind, does in leading + joining
    )
    return [one for one in found if one]


def _own(text: str | None) -> str | None:
    return f"ted:{' '.join(text.split())}" if text else None


def _legal_basis(form: etree._Element) -> str | None:
    return code_at(form, "LEGAL_BASIS", "VALUE") or prose(first(form, "LEGAL_BASIS_OTHER"))


def _read_object(described: etree._Element, content: Content, unknown: set[str]) -> None:
    content.cpv = next(cpv_codes(described, "CPV_MAIN"), None)
    content.nature = mapped(code_at(described, "TYPE_CONTRACT", "CTYPE"), codes.NATURES, "BT-23", unknown)
    content.estimated_value = money(first(described, "VAL_ESTIMATED_TOTAL"))  # II.1.5
    content.awarded_value = money(first(described, "VAL_TOTAL"))  # II.1.7; a range says no value


def _lot(lot: etree._Element, numbering: str, item: int) -> Lot:
    duration = first(lot, "DURATION")
    # A qualification system's dates stand in an element of their own.
    dates = first(lot, "QS")
    if dates is None:
        dates = lot
    number = value_at(lot, "LOT_NO") or lot.get("ITEM") or str(item)
    return Lot(
        identifier=numbering.format(" ".join(number.split())),
        # These are additional to the notice's main code; a form has no main code for a lot.
        cpv_additional=tuple(dict.fromkeys(cpv_codes(lot, "CPV_ADDITIONAL"))),
        nuts=nuts_codes(lot),
        estimated_value=money(first(lot, "VAL_OBJECT")),  # II.2.6
        duration_months=months(duration.text, duration.get("TYPE")) if duration is not None else None,
        starts_on=day(value_at(dates, "DATE_START")),
        ends_on=day(value_at(dates, "DATE_END")),
    )


def _read_procedure(form: etree._Element, number: str, content: Content, coded: str | None) -> None:
    procedure = first(form, "PROCEDURE")
    kind = code_at(form, "NOTICE", "TYPE") or ""
    content.procedure = coded
    if procedure is None:
        return
    # F15 puts the procedure below the directive it belongs to.
    stated = (codes.PROCEDURES.get(name_of(one)) for one in procedure.iter() if name_of(one).startswith("PT_"))
    content.procedure = next(filter(None, stated), coded)
    if first(procedure, "ACCELERATED_PROC") is not None:
        content.accelerated = True
    elif number in _FORMS_ASKING_HASTE:
        content.accelerated = False
    asked = number in _FORMS_ASKING_FRAMEWORK or (
        number in _FORMS_ASKING_FRAMEWORK_IN_A_CALL and bool(kind) and kind not in _PLANS
    )
    content.framework = "none" if asked else None
    if first(procedure, "FRAMEWORK") is not None:
        content.framework = "fa"
    content.deadlines = _deadlines(procedure, kind, content.procedure)


def _deadlines(procedure: etree._Element, kind: str, code: str | None) -> list[Deadline]:
    # IV.2.2: one box, whose meaning the printed form and the procedure decide.
    waited_for = "requests" if code in codes.TWO_STAGE_PROCEDURES else "tenders"
    if kind in _CALLS_BY_PLAN:
        waited_for = "interest"
    received = moment(value_at(procedure, "DATE_RECEIPT_TENDERS"), value_at(procedure, "TIME_RECEIPT_TENDERS"))
    opened = moment(
        value_at(procedure, "OPENING_CONDITION/DATE_OPENING_TENDERS"),
        value_at(procedure, "OPENING_CONDITION/TIME_OPENING_TENDERS"),
    )
    found = ((waited_for, received), ("opening", opened))
    return [Deadline(what, at) for what, at in found if at]


def _award(award: etree._Element) -> Award:
    """Return one contract (V), or the outcome of a design contest (F13), whose prizes are no contract values."""
    number = value_at(award, "LOT_NO")
    refused = first(award, "NO_AWARDED_CONTRACT", "NO_AWARDED_PRIZE")
    if refused is not None:
        reason = next((name_of(child).removeprefix("PROCUREMENT_").lower() for child in refused), "not_awarded")
        return Award(number, not_awarded_reason=f"ted:{reason}")
    given = first(award, "AWARDED_CONTRACT", "AWARDED_PRIZE")
    if given is None:
        return Award(number)
    tenders = first(given, "TENDERS")
    if tenders is None:
        tenders = given
    values = first(given, "VALUES", "VALUE")
    if values is None:
        values = given
    return Award(
        number,
        winners=tuple(_winners(given)),
        value=money(first(values, "VAL_TOTAL")),
        estimated_value=money(first(values, "VAL_ESTIMATED_TOTAL")),
        tenders=whole_number(value_at(tenders, "NB_TENDERS_RECEIVED")),
        tenders_sme=whole_number(value_at(tenders, "NB_TENDERS_RECEIVED_SME")),
    )


def _winners(given: etree._Element) -> list[Winner]:
    found = []
    for steps in ("CONTRACTOR", "CONTRACTORS/CONTRACTOR", "WINNER", "WINNERS/WINNER"):
        for one in given.iterfind(path(steps)):
            address = first(one, "ADDRESS_CONTRACTOR", "ADDRESS_WINNER")
            if address is None:
                continue
            # The form asks "SME: yes or no"; no is taken as large, the only size left.
            size = "sme" if first(one, "SME") is not None else "large" if first(one, "NO_SME") is not None else None
            if named := winner(address, size):
                found.append(named)
    return found
