"""Read TED_EXPORT, the format of TED before eForms: R2.0.9, R2.0.8 and what came before, 2011–2024.

A notice is coded data that TED itself added (dates, kind, procedure, main CPV), the form as the buyer filled it in, and
the same form again for every language it was translated into. Facts come from the form in its original language, and
from the coded data where the form is silent. The format has no marks (BT-06, 774, 775, 776): nothing is read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from samspel.lake.notice import Buyer, Deadline, Kind, Notice, SetAside, Text, Unreadable
from samspel.lake.ted_legacy import codes, older
from samspel.lake.ted_legacy import forms as forms_of_2014
from samspel.lake.ted_legacy.awards import joined_with
from samspel.lake.ted_legacy.content import (
    Content,
    Wording,
    code_at,
    day,
    first,
    moment,
    name_of,
    path,
    prose,
    sum_of,
    value_at,
)
from samspel.lake.xml import parse

ROOTS = frozenset({"TED_EXPORT"})

_DETAIL = "https://ted.europa.eu/en/notice/-/detail/"
_DIRECTIVE = re.compile(r"(\d{4})/(\d+)/E[CU]")
_REFERENCE = re.compile(r"(\d{4})/S \d+-0*(\d+)")


def read(data: bytes) -> Notice:
    """Return the notice in a file, or raise Unreadable or SetAside."""
    return read_root(parse(data))


def read_root(root: etree._Element) -> Notice:
    """Return the notice below a TED_EXPORT element, or raise Unreadable or SetAside."""
    if name_of(root) not in ROOTS:
        raise Unreadable(f"The root element is {name_of(root)}, not TED_EXPORT.")
    coded = first(root, "CODED_DATA_SECTION")
    section = first(root, "FORM_SECTION")
    forms = [] if section is None else [form for form in section if form.get("LG")]
    if coded is None or not forms:
        raise Unreadable("The notice is incomplete: it needs TED's coded data (CODED_DATA_SECTION) and a form.")
    unknown: set[str] = set()
    document_type = code_at(coded, "CODIF_DATA/TD_DOCUMENT_TYPE")
    kind, form_type = _kind(document_type)
    original = next((form for form in forms if form.get("CATEGORY") == "ORIGINAL"), forms[0])
    grammar = forms_of_2014 if _is_of_2014(original) else older
    content = grammar.read(original, _coded_procedure(coded, unknown), unknown)
    wordings = {form.get("LG", "").lower(): grammar.wording(form) for form in _kept(forms, original)}
    number = _number(root)
    lots, winners, is_cancelled = joined_with(content.awards, _with_texts(content, wordings), kind)
    references = _references(coded, content, number, unknown)
    subtype = original.get("FORM")
    notice = Notice(
        source="ted",
        identifier=number,
        version="01",
        format=_format(root, original),
        kind=Kind.CANCELLED if is_cancelled else kind,
        publication_number=number,
        subtype=f"F{subtype:0>2}" if subtype and subtype.isdigit() else subtype,
        form_type=form_type,
        notice_type=document_type,
        corrects=references if form_type == "change" else (),
        follows=() if form_type == "change" else references,
        legal_basis=content.legal_basis or _directive(coded),
        url=_DETAIL + number,
        language=original.get("LG", "").lower(),
        title=_texts({language: said.title for language, said in wordings.items()}) or tuple(_coded_titles(root)),
        description=_texts({language: said.description for language, said in wordings.items()}),
        nature=content.nature or codes.CODED_NATURES.get(code_at(coded, "CODIF_DATA/NC_CONTRACT_NATURE") or ""),
        nuts=_places(coded, content),
        procedure=content.procedure,
        accelerated=content.accelerated or _is_coded_accelerated(coded) or content.accelerated,
        joint=content.joint,
        framework=content.framework,
        published_on=day(value_at(coded, "REF_OJS/DATE_PUB")),
        dispatched_on=day(value_at(coded, "CODIF_DATA/DS_DATE_DISPATCH")),
        deadlines=_deadlines(coded, content, kind),
        estimated_value=content.estimated_value or sum_of([lot.estimated_value for lot in lots]),
        awarded_value=content.awarded_value or sum_of([award.value for award in content.awards if award.is_awarded]),
        tenders=_total(lot.tenders for lot in lots),
        tenders_sme=_total(lot.tenders_sme for lot in lots),
        buyers=tuple(content.buyers) or tuple(_coded_buyers(root, coded)),
        winners=winners,
        lots=lots,
    )
    unknown.update(_odd_countries(notice))
    cpv, additional = _cpv(coded, content)
    return replace(notice, cpv=cpv, cpv_additional=additional, unknown_codes=tuple(sorted(unknown)))


def _kind(document_type: str | None) -> tuple[Kind, str]:
    if document_type in codes.NO_PROCUREMENT:
        raise SetAside(f"It is {codes.NO_PROCUREMENT[document_type]}, not a step of a procurement.")
    if document_type not in codes.DOCUMENT_TYPES:
        stated = f"is {document_type}" if document_type else "is missing"
        raise Unreadable(f"The document type (TD_DOCUMENT_TYPE) {stated}, so what the notice does is not known.")
    return codes.DOCUMENT_TYPES[document_type]


def _is_of_2014(form: etree._Element) -> bool:
    return name_of(form).endswith("_2014") or name_of(form) == "MOVE"


def _coded_procedure(coded: etree._Element, unknown: set[str]) -> str | None:
    code = code_at(coded, "CODIF_DATA/PR_PROC")
    if code and code not in codes.CODED_PROCEDURES:
        unknown.add(f"BT-105:{code}")
    return codes.CODED_PROCEDURES.get(code or "")


def _kept(forms: list[etree._Element], original: etree._Element) -> Iterator[etree._Element]:
    """Yield the forms whose texts are kept, the first original before all."""
    yield original
    for form in forms:
        languages_kept = form.get("CATEGORY") == "ORIGINAL" or form.get("LG") in codes.KEPT_TRANSLATIONS
        if form is not original and languages_kept:
            yield form


def _number(root: etree._Element) -> str:
    stated = re.fullmatch(r"0*(\d+)-(\d{4})", root.get("DOC_ID", ""))
    if stated:
        return f"{stated[1]}-{stated[2]}"
    in_journal = _REFERENCE.fullmatch(value_at(root, "CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS") or "")
    if not in_journal:
        raise Unreadable("The publication number is missing: neither DOC_ID nor NO_DOC_OJS holds one.")
    return f"{in_journal[2]}-{in_journal[1]}"


def _with_texts(content: Content, wordings: dict[str, Wording]) -> Content:
    for place, lot in enumerate(content.lots):
        said = {language: one.lots[place] for language, one in wordings.items() if place < len(one.lots)}
        content.lots[place] = replace(
            lot,
            title=_texts({language: title for language, (title, _) in said.items()}),
            description=_texts({language: description for language, (_, description) in said.items()}),
        )
    return content


def _texts(by_language: dict[str, str | None]) -> tuple[Text, ...]:
    """Return the texts, the original first; a "translation" that only repeats it is none."""
    kept: dict[str, Text] = {}
    for language, text in by_language.items():
        if text:
            kept.setdefault(text, Text(language, text))
    return tuple(kept.values())


def _references(coded: etree._Element, content: Content, own: str, unknown: set[str]) -> tuple[str, ...]:
    stated = [number.text or "" for number in coded.iterfind(path("NOTICE_DATA/REF_NOTICE/NO_DOC_OJS"))]
    found = set()
    for reference in (*stated, *content.follows):
        known = _REFERENCE.fullmatch(reference.strip())
        if known:
            found.add(f"{known[2]}-{known[1]}")
        else:
            unknown.add(f"OPP-090:{reference}")
    return tuple(sorted(found - {own}))


def _format(root: etree._Element, form: etree._Element) -> str:
    version = root.get("VERSION") or form.get("VERSION") or str(root.tag)
    found = re.search(r"R\d\.\d\.\d(\.S\d\d)?", version)
    return found[0] if found else "TED_EXPORT"


def _directive(coded: etree._Element) -> str | None:
    stated = code_at(coded, "CODIF_DATA/DIRECTIVE", "VALUE")
    found = _DIRECTIVE.fullmatch(stated or "")
    return f"3{found[1]}L{int(found[2]):04}" if found else stated


def _coded_titles(root: etree._Element) -> Iterator[Text]:
    """Yield TED's own titles (the words of the main CPV code), for a form that has none."""
    languages = codes.KEPT_TRANSLATIONS | {value_at(root, "CODED_DATA_SECTION/NOTICE_DATA/LG_ORIG")}
    for title in root.iterfind(path("TRANSLATION_SECTION/ML_TITLES/ML_TI_DOC")):
        text = prose(first(title, "TI_TEXT"))
        if title.get("LG") in languages and text:
            yield Text(title.get("LG", "").lower(), text)


def _places(coded: etree._Element, content: Content) -> tuple[str, ...]:
    stated = {code for lot in content.lots for code in lot.nuts} | set(content.nuts)
    if stated:
        return tuple(sorted(stated))
    for name in ("PERFORMANCE_NUTS", "ORIGINAL_NUTS"):
        found = {code for nuts in coded.iterfind(path(f"NOTICE_DATA/{name}")) if (code := nuts.get("CODE"))}
        if found:
            return tuple(sorted(found))
    return ()


def _is_coded_accelerated(coded: etree._Element) -> bool:
    return code_at(coded, "CODIF_DATA/PR_PROC") in codes.ACCELERATED_PROCEDURES


def _deadlines(coded: etree._Element, content: Content, kind: Kind) -> tuple[Deadline, ...]:
    found = content.deadlines
    if kind not in {Kind.COMPETITION, Kind.CHANGE}:
        return tuple(found)
    # A corrigendum (F14) gives the new time limit in words and in the coded data.
    stated = (value_at(coded, "CODIF_DATA/DT_DATE_FOR_SUBMISSION") or "").split()
    at = moment(stated[0], stated[1] if len(stated) > 1 else None) if stated else None
    if at and not found:
        found = [Deadline("requests" if content.procedure in codes.TWO_STAGE_PROCEDURES else "tenders", at)]
    return tuple(sorted(found, key=lambda deadline: (deadline.at, deadline.kind)))


def _total(counts: Iterator[int | None]) -> int | None:
    stated = [count for count in counts if count is not None]
    return sum(stated) if stated else None


def _coded_buyers(root: etree._Element, coded: etree._Element) -> Iterator[Buyer]:
    """Yield the buyer by the name TED gives it, for a notice without a form."""
    code = code_at(coded, "NOTICE_DATA/ISO_COUNTRY", "VALUE") or ""
    for name in root.iterfind(path("TRANSLATION_SECTION/ML_AA_NAMES/AA_NAME")):
        if text := prose(name):
            yield Buyer(text, country=codes.COUNTRIES.get(code, code) or None)
            return


def _odd_countries(notice: Notice) -> Iterator[str]:
    countries = {buyer.country for buyer in notice.buyers} | {winner.country for winner in notice.winners}
    for country in countries:
        if country and not re.fullmatch("[A-Z]{2}", country):
            yield f"BT-514:{country}"


def _cpv(coded: etree._Element, content: Content) -> tuple[str | None, tuple[str, ...]]:
    """Return the main code and the others: TED's coded data repeats all of them, the main one first."""
    stated = [(code.get("CODE") or "")[:8] for code in coded.iterfind(path("NOTICE_DATA/ORIGINAL_CPV"))]
    of_lots = [code for lot in content.lots for code in (lot.cpv, *lot.cpv_additional)]
    main = content.cpv or next(iter(stated), None)
    others = {code for code in (*content.cpv_additional, *of_lots, *stated) if code} - {main}
    return main, tuple(sorted(others))
