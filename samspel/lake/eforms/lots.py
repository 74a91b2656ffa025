"""The lots of an eForms notice, with their marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from lxml import etree

from samspel.lake.eforms.paths import LOT, Facts, clark, gather, tree
from samspel.lake.eforms.results import Outcome
from samspel.lake.eforms.values import Values, stated
from samspel.lake.notice import Lot, Marks

_LOT = tree(LOT)
_IDENTIFIER = clark("cbc:ID")
# The list a mark's code is from, the mark, and its field. Some notices call BT-775's list by its own name.
_MARKS = {
    "strategic-procurement": ("strategic", "BT-06"),
    "environmental-impact": ("environmental", "BT-774"),
    "social-objective": ("social", "BT-775"),
    "social-procurement": ("social", "BT-775"),
    "innovative-acquisition": ("innovative", "BT-776"),
    "accessibility": ("accessibility", "BT-754"),
    "gpp-criteria": ("green_criteria", "BT-805"),
}
_MARK_NAMES = tuple(mark.name for mark in fields(Marks))
_NO_MARKS = Marks()
_NO_OUTCOME = Outcome()


def read_lots(
    elements: Iterable[etree._Element], outcomes: dict[str, Outcome], values: Values
) -> tuple[tuple[Lot, ...], list[str]]:
    """Return the lots (in planning: the parts) and the notices that they follow (BT-125)."""
    lots, follows = [], []
    for element in elements:
        # A group of lots (GLO-0001) repeats what its lots say.
        if (identifier := element.find(_IDENTIFIER)) is not None and identifier.get("schemeName") == "LotsGroup":
            continue
        facts = gather(element, _LOT)
        name = values.text(facts, "BT-137") or ""
        lots.append(_lot(name, facts, outcomes.get(name, _NO_OUTCOME), values))
        follows += values.all(facts, "BT-125(i)")
    return tuple(lots), follows


def _lot(identifier: str, facts: Facts, outcome: Outcome, values: Values) -> Lot:
    return Lot(
        identifier=identifier,
        title=values.texts(facts, "BT-21"),
        description=values.texts(facts, "BT-24"),
        nature=values.code(facts, "BT-23"),
        cpv=values.text(facts, "BT-262"),
        cpv_additional=each_once(values.all(facts, "BT-263")),
        nuts=each_once(values.all(facts, "BT-5071")),
        estimated_value=values.money(facts, "BT-27"),
        framework=values.code(facts, "BT-765", "framework-agreement"),
        deadlines=values.deadlines(facts),
        duration_months=values.months(facts, "BT-36"),
        starts_on=values.day(facts, "BT-536"),
        ends_on=values.day(facts, "BT-537"),
        result=outcome.result,
        not_awarded_reason=outcome.reason,
        awarded_value=outcome.value(identifier),
        tenders=outcome.count("tenders"),
        tenders_sme=outcome.count("t-sme"),
        marks=_marks(facts, values),
    )


def _marks(facts: Facts, values: Values) -> Marks:
    if "mark" not in facts:
        return _NO_MARKS
    codes: dict[str, list[str]] = {}
    for element in facts["mark"]:
        mark, field = _MARKS.get(element.get("listName") or "", (None, ""))
        if mark is not None and (text := stated(element)):
            codes.setdefault(mark, []).append(values.known(field, text))
    if values.text(facts, "BT-777"):
        codes["quota_transport"] = ["stated"]
    return Marks(**{mark: each_once(found) for mark, found in codes.items()})


def all_marks(lots: Iterable[Lot]) -> Marks:
    """Return what the lots promote together."""
    marked = [lot.marks for lot in lots if lot.marks is not _NO_MARKS]
    if not marked:
        return _NO_MARKS
    return Marks(**{mark: each_once(code for marks in marked for code in getattr(marks, mark)) for mark in _MARK_NAMES})


def each_once(found: Iterable[str]) -> tuple[str, ...]:
    """Return the texts sorted, each once."""
    once = set(found)
    return tuple(sorted(once)) if once else ()
