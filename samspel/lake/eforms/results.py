"""What came of each lot of an eForms notice: who won, for how much, among how many."""

from __future__ import annotations

from dataclasses import dataclass, field

from samspel.lake.eforms.organisations import Organisation, Organisations
from samspel.lake.eforms.paths import CONTRACT, RECEIVED, RESULT, TENDER, TENDERING_PARTY, Facts, gather, tree
from samspel.lake.eforms.values import Values, total
from samspel.lake.notice import Money, Winner, shared_ceiling

_RESULT = tree(RESULT)
_RECEIVED = tree(RECEIVED)
_TENDER = tree(TENDER)
_CONTRACT = tree(CONTRACT)
_TENDERING_PARTY = tree(TENDERING_PARTY)

_NOT_AWARDED = ("clos-nw", "open-nw")


@dataclass(frozen=True, slots=True)
class Tender:
    """An offer that the notice names, with the lot or group of lots it is for."""

    identifier: str
    lot: str | None
    party: str | None
    value: Money | None


@dataclass(slots=True)
class Outcome:
    """What came of one lot. Notices that Doffin converted have a result for each contract of the lot."""

    result: str | None = None
    reason: str | None = None
    won: list[Tender] = field(default_factory=list)
    received: dict[str, set[int]] = field(default_factory=dict)

    def value(self, lot: str) -> Money | None:
        """Return what was awarded, where every winning tender is for this lot alone and states its value."""
        values = [tender.value if tender.lot in (lot, None) else None for tender in self.won]
        return shared_ceiling(values) or total(values)

    def count(self, kind: str) -> int | None:
        """Return how many tenders of a kind (BT-760) came in, where the lot's results agree."""
        numbers = self.received.get(kind, ())
        return next(iter(numbers)) if len(numbers) == 1 else None


def read_outcomes(notice: Facts, values: Values) -> dict[str, Outcome]:
    """Return the outcomes by lot identifier: LotResult, with its SettledContracts and LotTenders."""
    if "result" not in notice:
        return {}
    tenders = _tenders(notice, values)
    contracts = {
        values.text(facts, "OPT-316"): values.all(facts, "BT-3202")
        for facts in (gather(element, _CONTRACT) for element in notice.get("contract", ()))
    }
    outcomes: dict[str, Outcome] = {}
    for element in notice["result"]:
        facts = gather(element, _RESULT)
        lot = values.text(facts, "BT-13713")
        if lot is None:
            continue
        outcome = outcomes.setdefault(lot, Outcome())
        result = values.code(facts, "BT-142")
        outcome.result = "selec-w" if "selec-w" in (result, outcome.result) else outcome.result or result
        outcome.reason = outcome.reason or values.code(facts, "BT-144")
        if result not in _NOT_AWARDED:
            contracted = {tender for contract in values.all(facts, "OPT-315") for tender in contracts.get(contract, ())}
            outcome.won += _winning(lot, values.all(facts, "OPT-320"), contracted, tenders)
        _count(outcome, facts, values)
    return outcomes


def _tenders(notice: Facts, values: Values) -> dict[str, Tender]:
    tenders = {}
    for element in notice.get("tender", ()):
        facts = gather(element, _TENDER)
        if identifier := values.text(facts, "OPT-321"):
            tenders[identifier] = Tender(
                identifier,
                lot=values.text(facts, "BT-13714"),
                party=values.text(facts, "OPT-310"),
                value=values.money(facts, "BT-720"),
            )
    return tenders


def _winning(lot: str, listed: list[str], contracted: set[str], tenders: dict[str, Tender]) -> list[Tender]:
    """Return the lot's tenders that became a contract; one contract can cover several lots, some lots have none."""
    if not listed:
        return [tender for tender in tenders.values() if tender.identifier in contracted and tender.lot == lot]
    won = [identifier for identifier in listed if identifier in contracted] or listed
    return [tenders[identifier] for identifier in won if identifier in tenders]


def _count(outcome: Outcome, result: Facts, values: Values) -> None:
    for element in result.get("received", ()):
        facts = gather(element, _RECEIVED)
        kind, number = values.text(facts, "BT-760"), values.count(facts, "BT-759")
        if kind is not None and number is not None:
            outcome.received.setdefault(kind, set()).add(number)


def read_winners(
    notice: Facts, outcomes: dict[str, Outcome], organisations: Organisations, values: Values
) -> tuple[Winner, ...]:
    """Return who won, each supplier once: the tenderers behind the winning tenders.

    A joint tender counts with its whole value for each of those who made it: the notice does not say how they share.
    """
    parties = {
        values.text(facts, "OPT-210"): values.all(facts, "OPT-300")
        for facts in (gather(element, _TENDERING_PARTY) for element in notice.get("tendering party", ()))
    }
    won: dict[Organisation, dict[str, Tender]] = {}
    lots: dict[Organisation, dict[str, None]] = {}
    for lot, outcome in outcomes.items():
        for tender in outcome.won:
            for reference in parties.get(tender.party, ()):
                if organisation := organisations.get(reference):
                    won.setdefault(organisation, {})[tender.identifier] = tender
                    lots.setdefault(organisation, {})[lot] = None
    return tuple(
        Winner(
            name=organisation.name,
            identifier=organisation.identifier,
            country=organisation.country,
            nuts=organisation.nuts,
            size=organisation.size,
            lots=tuple(sorted(lots[organisation])),
            value=total(tender.value for tender in tenders.values()),
            is_person=organisation.is_person,
        )
        for organisation, tenders in won.items()
    )


def awarded_value(outcomes: dict[str, Outcome]) -> Money | None:
    """Return the winning tenders' sum; a tender for a group of lots counts once, and so does a lot's shared ceiling."""
    won: dict[str, Money | None] = {}
    for outcome in outcomes.values():
        ceiling = shared_ceiling([tender.value for tender in outcome.won])
        won |= {tender.identifier: tender.value for tender in (outcome.won[:1] if ceiling else outcome.won)}
    return total(won.values())
