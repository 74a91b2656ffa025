"""Which lots the contracts of a TED_EXPORT result belong to, and what each lot and each winner got by them."""

from __future__ import annotations

import re
from dataclasses import replace

from samspel.lake.notice import Kind, Lot, Winner, shared_ceiling
from samspel.lake.ted_legacy.content import Award, Content, sum_of


def joined_with(awards: list[Award], content: Content, kind: Kind) -> tuple[tuple[Lot, ...], tuple[Winner, ...], bool]:
    """Return the lots with what came of them, the winners, and whether a result awarded nothing at all."""
    places = _places(content.lots)
    by_lot: dict[str, list[Award]] = {lot.identifier: [] for lot in content.lots}
    won: list[Winner] = []
    for award in awards:
        named = _lots_of(award, places)
        told = award if len(named) == 1 else _outcome_only(award)
        for identifier in named:
            by_lot[identifier].append(told)
        # A value that several suppliers share is nobody's alone.
        value = award.value if len(award.winners) == 1 else None
        won.extend(replace(winner, lots=named, value=value) for winner in award.winners)
    lots = tuple(_with_awards(lot, by_lot[lot.identifier], kind) for lot in content.lots)
    is_cancelled = kind is Kind.RESULT and bool(awards) and not any(award.is_awarded for award in awards)
    return lots, tuple(_each_once(won)), is_cancelled


def _places(lots: list[Lot]) -> dict[str, str]:
    """Return the lots' identifiers by what an award may call them: "1" for "Lot 01"."""
    places = {lot.identifier.casefold(): lot.identifier for lot in lots}
    for lot in lots:
        numbers = _numbers(lot.identifier)
        if len(numbers) == 1:
            places.setdefault(numbers[0], lot.identifier)
    return places


def _lots_of(award: Award, places: dict[str, str]) -> tuple[str, ...]:
    """Return the lots an award names ("1, 2 and 4" names three), or none where it names what is not there."""
    identifiers = tuple(dict.fromkeys(places.values()))
    if len(identifiers) == 1:
        return identifiers
    if not award.lot_number:
        return ()
    whole = " ".join(award.lot_number.split()).casefold()
    if whole in places:
        return (places[whole],)
    numbers = _numbers(whole)
    return tuple(dict.fromkeys(places[number] for number in numbers)) if all(n in places for n in numbers) else ()


def _outcome_only(award: Award) -> Award:
    """Return all that one contract over several lots says about each of them."""
    return Award(award.lot_number, not_awarded_reason=award.not_awarded_reason)


def _numbers(text: str) -> list[str]:
    return [number.lstrip("0") or "0" for number in re.findall(r"\d+", text)]


def _with_awards(lot: Lot, awards: list[Award], kind: Kind) -> Lot:
    if not awards:
        return lot
    given = [award for award in awards if award.is_awarded]
    result = ("selec-w" if given else "clos-nw") if kind is Kind.RESULT else None
    return replace(
        lot,
        estimated_value=lot.estimated_value or sum_of([award.estimated_value for award in awards]),
        result=result,
        not_awarded_reason=awards[0].not_awarded_reason if result == "clos-nw" else None,
        awarded_value=shared_ceiling([award.value for award in given]) or sum_of([award.value for award in given]),
        # Every contract of a lot repeats the number of tenders for the lot.
        tenders=max((award.tenders for award in given if award.tenders is not None), default=None),
        tenders_sme=max((award.tenders_sme for award in given if award.tenders_sme is not None), default=None),
    )


def _each_once(won: list[Winner]) -> list[Winner]:
    """Return each supplier once, with all the lots it won and the sum where every contract states a value."""
    together: dict[tuple[str, str | None, str | None], list[Winner]] = {}
    for winner in won:
        key = (winner.name.casefold(), winner.identifier, winner.country)
        together.setdefault(key, []).append(winner)
    return [
        replace(
            same[0],
            size=next((winner.size for winner in same if winner.size), None),
            lots=tuple(dict.fromkeys(lot for winner in same for lot in winner.lots)),
            value=sum_of([winner.value for winner in same]),
        )
        for same in together.values()
    ]
