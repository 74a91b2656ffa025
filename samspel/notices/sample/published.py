"""The notices of a story, each as the format of its day would have it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samspel.lake.notice import Deadline, Kind, Lot, Marks, Money, Notice, Text
from samspel.lake.rules import SILENT_SUBTYPES
from samspel.notices.sample.story import buyers, suppliers

# The day from which notices to TED had to be eForms: Implementing Regulation (EU) 2019/1780, article 3.
_EFORMS_SINCE = date(2023, 10, 25)
_ZONES = {"FI": ZoneInfo("Europe/Helsinki")}
_ZONE = ZoneInfo("Europe/Stockholm")
_CURRENCIES = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "FI": "EUR"}


@dataclass(frozen=True)
class _Form:
    """What a step is called in a slug, and in the codes of the formats."""

    word: str
    kind: Kind
    form_type: str  # BT-03
    notice_type: str  # BT-02, or the TED document type
    subtype: str
    reason: str | None = None  # BT-140


_EFORMS = {
    "planning": _Form("plan", Kind.PLANNING, "planning", "pin-only", "4"),
    "consultation": _Form("dialog", Kind.CONSULTATION, "consultation", "pmc", "E1"),
    "competition": _Form("annons", Kind.COMPETITION, "competition", "cn-standard", "16"),
    "correction": _Form("annons", Kind.CHANGE, "competition", "cn-standard", "16", "update-add"),
    "cancellation": _Form("annons", Kind.CANCELLED, "competition", "cn-standard", "16", "cancel"),
    "dir-awa-pre": _Form("avsikt", Kind.INTENTION, "dir-awa-pre", "veat", "25"),
    "result": _Form("resultat", Kind.RESULT, "result", "can-standard", "29"),
    "cont-modif": _Form("avtal", Kind.CHANGE, "cont-modif", "can-modif", "38"),
    "completion": _Form("slut", Kind.COMPLETION, "completion", "compl", "E5"),
}
_LEGACY = {
    "planning": _Form("plan", Kind.PLANNING, "planning", "0", "F01"),
    "consultation": _Form("dialog", Kind.CONSULTATION, "planning", "0", "F01"),
    "competition": _Form("annons", Kind.COMPETITION, "competition", "3", "F02"),
    "correction": _Form("rattelse", Kind.CHANGE, "change", "2", "F14"),
    "result": _Form("resultat", Kind.RESULT, "result", "7", "F03"),
}
# Before a procedure has begun, and after the outcome is known.
_BEFORE = {"planning", "consultation"}
_ENDED = {"dir-awa-pre", "result", "cont-modif", "completion"}


def notices_of(story):
    """Yield the notices of a story, oldest first. Publication number and identifier are the same readable words."""
    before = []
    for step in story.steps:
        notice = _notice(story, step, before)
        yield notice
        before.append(notice)


def _notice(story, step, before):
    is_eforms = step.on >= _EFORMS_SINCE
    form = (_EFORMS if is_eforms else _LEGACY)[step.form]
    identifier = f"{story.slug}-{form.word}"
    versions = [notice for notice in before if notice.identifier == identifier]
    lots = tuple(_lots(story, step, form, is_eforms=is_eforms))
    winners = tuple(_winners(story, lots, is_eforms=is_eforms)) if form.form_type in _ENDED else ()
    return Notice(
        source="sample",
        identifier=identifier,
        version=f"{len(versions) + 1:02}",
        format="eforms-sdk-1.13" if is_eforms else "R2.0.9.S05",
        kind=Kind.CANCELLED if form.kind is Kind.RESULT and not winners else form.kind,
        publication_number=identifier,
        subtype=form.subtype,
        form_type=form.form_type,
        notice_type=form.notice_type,
        procedure_identifier=story.slug if is_eforms else None,
        corrects=_corrects(form, versions, before),
        follows=() if versions or form.form_type == "change" else tuple(last.identifier for last in before[-1:]),
        legal_basis="32014L0024",
        language=_language(story),
        title=_texts(story.title),
        description=_texts(story.description),
        nature=story.nature,
        cpv=story.cpv,
        cpv_additional=story.cpv_additional,
        nuts=tuple(sorted({buyers()[slug].nuts for slug in story.buyers})),
        procedure=None if form.form_type in _BEFORE else story.procedure,
        joint=len(story.buyers) > 1,
        framework=story.framework,
        published_on=step.on,
        dispatched_on=step.on - timedelta(days=2),
        deadlines=_deadlines(story, step, form, is_eforms=is_eforms),
        estimated_value=_total(lot.estimated_value for lot in lots),
        awarded_value=_total(lot.awarded_value for lot in lots),
        tenders=_sum(lot.tenders for lot in lots),
        tenders_sme=_sum(lot.tenders_sme for lot in lots),
        buyers=tuple(_buyers(story)),
        winners=winners,
        lots=lots,
        marks=_marks(story, form, is_eforms=is_eforms),
        change_reason=form.reason,
    )


def _lots(story, step, form, *, is_eforms):
    """Yield the lots, with what is known of them at this step."""
    money = _CURRENCIES[buyers()[story.buyers[0]].country]
    is_result = form.form_type == "result"
    is_ended = form.form_type in _ENDED
    for number, lot in enumerate(story.lots, start=1):
        yield Lot(
            identifier=f"LOT-{number:04}" if is_eforms else f"{number}",
            title=_texts(lot.title or story.title),
            description=_texts(lot.description),
            nature=story.nature,
            cpv=lot.cpv or story.cpv,
            nuts=(buyers()[story.buyers[0]].nuts,),
            estimated_value=Money(float(lot.estimated), money) if lot.estimated and not is_ended else None,
            framework=story.framework,
            deadlines=_deadlines(story, step, form, is_eforms=is_eforms),
            duration_months=48.0,
            result=("selec-w" if lot.winners else "clos-nw") if is_result else None,
            not_awarded_reason=lot.reason if is_result else None,
            awarded_value=Money(float(lot.awarded), money) if lot.awarded and is_ended else None,
            tenders=lot.tenders if is_result else None,
            tenders_sme=lot.tenders_sme if is_result else None,
            marks=_marks(story, form, is_eforms=is_eforms),
        )


def _winners(story, lots, *, is_eforms):
    for slug in dict.fromkeys(slug for lot in story.lots for slug in lot.winners):
        won = [(told, lot) for told, lot in zip(story.lots, lots, strict=True) if slug in told.winners]
        alone = all(len(told.winners) == 1 for told, _lot in won)
        winner = suppliers()[slug]
        yield replace(
            winner,
            size=winner.size if is_eforms else _legacy_size(winner),
            lots=tuple(lot.identifier for _told, lot in won),
            value=_total(lot.awarded_value for _told, lot in won) if alone else None,
        )


def _legacy_size(winner):
    return None if winner.size == "large" else "sme"


def _corrects(form, versions, before):
    if form.form_type == "change":
        return (before[-1].identifier,)
    return tuple(f"{notice.identifier}-{notice.version}" for notice in versions[-1:])


def _language(story):
    return next(iter(story.title))


def _texts(texts):
    return tuple(Text(language, text) for language, text in texts.items())


def _deadlines(story, step, form, *, is_eforms):
    """The deadline, and before it the last day for questions. The old formats do not state the zone."""
    if step.days is None or form.form_type == "planning":
        return ()
    acting = "tenders" if story.procedure == "open" else "requests"
    kinds = {"answers": 0} if form.kind is Kind.CONSULTATION else {"questions": 10, acting: 0}
    zone = _ZONES.get(buyers()[story.buyers[0]].country, _ZONE) if is_eforms else None
    days = {kind: step.on + timedelta(days=step.days - earlier) for kind, earlier in kinds.items()}
    return tuple(
        Deadline(kind, datetime.combine(day, time(23, 59), zone).isoformat(timespec="minutes"))
        for kind, day in days.items()
    )


def _total(amounts):
    known = [money for money in amounts if money]
    return Money(sum(money.amount for money in known), known[0].currency) if known else None


def _sum(numbers):
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _buyers(story):
    leads = (True, *[False] * len(story.buyers)) if len(story.buyers) > 1 else (None,)
    for slug, is_leader in zip(story.buyers, leads, strict=False):
        yield replace(buyers()[slug], is_leader=is_leader)


def _marks(story, form, *, is_eforms):
    return story.marks if is_eforms and form.subtype not in SILENT_SUBTYPES else Marks()
