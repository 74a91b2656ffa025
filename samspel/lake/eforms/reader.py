"""Read eForms notices, of TED and of Doffin: bytes in, a ``Notice`` out.

Nothing is validated: two in three of Doffin's notices are not valid and say what they mean all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized

from lxml import etree

from samspel.lake.eforms.codes import CODES
from samspel.lake.eforms.lots import all_marks, each_once, read_lots
from samspel.lake.eforms.organisations import Organisations, read_buyers
from samspel.lake.eforms.paths import LEGISLATION, NOTICE, Facts, gather, tree
from samspel.lake.eforms.results import Outcome, awarded_value, read_outcomes, read_winners
from samspel.lake.eforms.values import Values, total
from samspel.lake.notice import Deadline, Kind, Lot, Notice, SetAside, Unreadable
from samspel.lake.xml import parse

_REGISTRATION = "BusinessRegistrationInformationNotice"
ROOTS = frozenset({"PriorInformationNotice", "ContractNotice", "ContractAwardNotice", _REGISTRATION})

_NOTICE = tree(NOTICE)
_LEGISLATION = tree(LEGISLATION)
_REGISTERED = "A company's registration (X01, X02), not a procurement."
# What Doffin writes in the customization, for EU notices (…:eforms:eu) and national ones alike. All 73 notices that
# Doffin published say so, none of the 745 that TED did: Doffin sends TED a notice of the plain SDK.
_DOFFIN = "anskaffelser.no"
# By notice type (BT-02), which says more than the form type and belongs to one of them; else by form type (BT-03).
_KINDS = {
    code: kind
    for kind, codes in {
        Kind.PLANNING: "pin-buyer pin-only pin-rtl pin-tran planning",
        Kind.CONSULTATION: "pmc consultation",
        Kind.COMPETITION: "pin-cfc-standard pin-cfc-social qu-sy cn-standard cn-social cn-desg subco competition",
        Kind.INTENTION: "veat dir-awa-pre",
        Kind.RESULT: "can-standard can-social can-desg can-tran result",
        Kind.CHANGE: "can-modif corr cont-modif change",
        Kind.COMPLETION: "compl completion",
    }.items()
    for code in codes.split()
}


def read(data: bytes) -> Notice:
    """Return the notice, or raise Unreadable or SetAside saying why there is none."""
    return read_root(parse(data))


def read_root(root: etree._Element) -> Notice:
    """Return the notice of a parsed document; see ``read``."""
    name = etree.QName(root).localname
    if name == _REGISTRATION:
        raise SetAside(_REGISTERED)
    if name not in ROOTS:
        raise Unreadable(f"The document is a {name}, not an eForms notice.")
    facts = gather(root, _NOTICE)
    values = Values(facts)
    organisations = Organisations(facts.get("organisation", ()), values)
    buyers = read_buyers(facts.get("buyer", ()), organisations, values)
    identifier = values.text(facts, "BT-701")
    title = values.texts(facts, "BT-21")
    form_type, notice_type = _types(facts, values)
    if form_type == "bri":
        raise SetAside(_REGISTERED)
    if identifier is None or not title or not buyers or not (form_type or notice_type):
        raise Unreadable(_missing(identifier, title, buyers, form_type or notice_type))
    outcomes = read_outcomes(facts, values)
    lots, followed = read_lots(facts.get("lot", ()), outcomes, values)
    corrects = _references(values.all(facts, "BT-758"))
    change_reason = values.code(facts, "BT-140")
    cpv = values.text(facts, "BT-262") or _common(lot.cpv for lot in lots)
    source, number, url = _publication(identifier, facts, values)
    return Notice(
        source=source,
        identifier=identifier,
        version=(values.text(facts, "BT-757") or "1").zfill(2),
        format=(values.text(facts, "OPT-002") or "eforms").partition("#")[0],
        kind=_kind(form_type, notice_type, corrects, change_reason, outcomes),
        publication_number=number,
        subtype=_subtype(facts, values),
        form_type=form_type,
        notice_type=notice_type,
        procedure_identifier=values.text(facts, "BT-04"),
        corrects=corrects,
        # BT-1501(n): the award of a contract that is modified. It stays true, so it is followed, not corrected.
        follows=_references([*followed, *values.all(facts, "OPP-090"), *values.all(facts, "BT-1501(n)")]),
        legal_basis=_legal_basis(facts, values),
        url=url,
        language=values.language,
        title=title,
        description=values.texts(facts, "BT-24"),
        nature=values.code(facts, "BT-23") or _common(lot.nature for lot in lots),
        cpv=cpv,
        cpv_additional=_additional(cpv, facts, lots, values),
        nuts=each_once([*values.all(facts, "BT-5071"), *(region for lot in lots for region in lot.nuts)]),
        procedure=values.code(facts, "BT-105"),
        accelerated=_accelerated(facts, values),
        # The SDK forbids a group's leader (OPP-050) where there is one buyer; senders that say so anyway say it always.
        joint=len(buyers) > 1,
        framework=_framework(lots),
        published_on=values.day(facts, "OPP-012"),
        dispatched_on=values.day(facts, "BT-05(a)"),
        deadlines=_deadlines(facts, lots, values),
        estimated_value=values.money(facts, "BT-27") or total(lot.estimated_value for lot in lots),
        awarded_value=values.money(facts, "BT-161") or awarded_value(outcomes),
        tenders=_sum(lot.tenders for lot in lots),
        tenders_sme=_sum(lot.tenders_sme for lot in lots),
        buyers=buyers,
        winners=read_winners(facts, outcomes, organisations, values),
        lots=lots,
        marks=all_marks(lots),
        change_reason=change_reason,
        unknown_codes=tuple(sorted(values.unknown)),
    )


def _types(facts: Facts, values: Values) -> tuple[str | None, str | None]:
    """Return form type (BT-03) and notice type (BT-02), which are one element."""
    for element in facts.get("BT-02", ()):
        form_type = element.get("listName")
        return values.known("BT-03", form_type) if form_type else None, values.code(facts, "BT-02")
    return None, None


def _missing(identifier: str | None, title: Sized, buyers: Sized, notice_type: str | None) -> str:
    wanted = {
        "an identifier (BT-701)": identifier,
        "a title (BT-21)": title,
        "a buyer (BT-500)": buyers,
        "a notice type (BT-02)": notice_type,
    }
    return f"The notice lacks {', '.join(what for what, found in wanted.items() if not found)}."


def _references(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_reference, found)))


def _reference(text: str) -> str:
    """Return a publication number as 228541-2022, for 00228541-2022 and 2022/S 084-228541; else the text."""
    number, _, year = text.partition("-")
    if "/S " in text:
        number, year = year, text[:4]
    return f"{number.lstrip('0')}-{year}" if number.isdecimal() and year.isdecimal() and len(year) == 4 else text


def _publication(identifier: str, facts: Facts, values: Values) -> tuple[str, str | None, str | None]:
    """Return source, publication number, and where the public finds the original."""
    if _DOFFIN in (values.text(facts, "OPT-002") or ""):
        # The OPP-010 of Doffin's own notices is the one that they follow. Their number is the identifier of those that
        # Doffin converted from older forms (2023-610912); the others do not say it.
        year, _, number = identifier.partition("-")
        if not (len(year) == 4 and year.isdecimal() and number.isdecimal()):
            return "doffin", None, None
        return "doffin", identifier, f"https://www.doffin.no/notices/{identifier}"
    published = values.text(facts, "OPP-010")
    if not published:
        return "ted", None, None
    number = _reference(published)
    return "ted", number, f"https://ted.europa.eu/en/notice/-/detail/{number}"


def _kind(
    form_type: str | None,
    notice_type: str | None,
    corrects: tuple[str, ...],
    change_reason: str | None,
    outcomes: dict[str, Outcome],
) -> Kind:
    if change_reason == "cancel":
        return Kind.CANCELLED
    # Some change notices give the reason and forget which notice they change.
    if corrects or change_reason:
        return Kind.CHANGE
    kind = _KINDS.get(notice_type or "") or _KINDS.get(form_type or "")
    if kind is None:
        raise Unreadable(f"The notice's type is not known: {form_type} / {notice_type} (BT-03, BT-02).")
    # open-nw: no winner yet, the competition goes on.
    if kind is Kind.RESULT and outcomes and all(outcome.result == "clos-nw" for outcome in outcomes.values()):
        return Kind.CANCELLED
    return kind


def _subtype(facts: Facts, values: Values) -> str | None:
    subtype = values.text(facts, "OPP-070")
    if subtype is not None and subtype not in CODES["OPP-070"]:
        values.unknown.add(f"OPP-070:{subtype}")
    return subtype


def _legal_basis(facts: Facts, values: Values) -> str | None:
    basis = values.text(facts, "BT-01")
    if basis is None or basis.lower() != "other":
        return basis
    for element in facts.get("legislation", ()):
        law = gather(element, _LEGISLATION)
        identifier = values.text(law, "BT-01(c)")
        if identifier == "LocalLegalBasis":
            identifier = values.text(law, "BT-01(d)")
        if identifier and identifier != "CrossBorderLaw":  # BT-09, the law between buyers of two countries
            return identifier
    return "other"


def _common(found: Iterable[str | None]) -> str | None:
    different = set(found)
    return different.pop() if len(different) == 1 else None


def _additional(cpv: str | None, facts: Facts, lots: tuple[Lot, ...], values: Values) -> tuple[str, ...]:
    codes = set(values.all(facts, "BT-263"))
    for lot in lots:
        codes.update(lot.cpv_additional, (lot.cpv,) if lot.cpv else ())
    return tuple(sorted(codes - {cpv}))


def _accelerated(facts: Facts, values: Values) -> bool | None:
    codes = [element for element in facts.get("BT-106", ()) if element.get("listName") == "accelerated-procedure"]
    return values.yes({"BT-106": codes}, "BT-106")


def _framework(lots: tuple[Lot, ...]) -> str | None:
    stated = [lot.framework for lot in lots if lot.framework]
    return next((framework for framework in stated if framework != "none"), "none" if stated else None)


def _deadlines(facts: Facts, lots: tuple[Lot, ...], values: Values) -> tuple[Deadline, ...]:
    found = {*values.deadlines(facts), *(deadline for lot in lots for deadline in lot.deadlines)}
    return tuple(sorted(found, key=lambda deadline: (deadline.at, deadline.kind)))


def _sum(numbers: Iterable[int | None]) -> int | None:
    stated = [number for number in numbers if number is not None]
    return sum(stated) if stated else None
