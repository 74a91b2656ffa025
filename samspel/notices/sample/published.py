"""The notices of a story, each as the format of its day would have it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samspel.lake.notice import Deadline, Kind, Lot, Marks, Money, Notice, Text
from samspel.lake.rules import SILENT_SUBTYPES
from samspel.notices.sample.story import buyers, languages, suppliers

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
# In which the outcome is known.
_ENDED = {"dir-awa-pre", "result", "cont-modif", "completion"}


def published(story):
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
    is_ended = form.form_type in _ENDED
    lots = _lots(story, form, step)
    winners = _winners(story, is_eforms=is_eforms) if is_ended else ()
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
        corrects=_corrects(versions, before, form),
        follows=tuple(notice.identifier for notice in before[-1:] if not versions and form.form_type != "change"),
        legal_basis="32014L0024",
        language=_language(story),
        title=_texts(story.title),
        description=_texts(story.description),
        nature=story.nature,
        cpv=story.cpv,
        cpv_additional=story.cpv_additional,
        nuts=tuple(sorted({buyers()[slug].nuts for slug in story.buyers})),
        procedure=None if form.form_type in {"planning", "consultation"} else story.procedure,
        joint=len(story.buyers) > 1,
        framework=story.framework,
        published_on=step.on,
        dispatched_on=step.on - timedelta(days=2),
        deadlines=_deadlines(story, step, is_eforms=is_eforms),
        estimated_value=None if is_ended else _total(lot.estimated_value for lot in lots),
        awarded_value=_total(lot.awarded_value for lot in lots),
        tenders=_sum(lot.tenders for lot in lots),
        tenders_sme=_sum(lot.tenders_sme for lot in lots),
        buyers=_buyers(story),
        winners=winners,
        lots=lots,
        marks=_marks(story, form, is_eforms=is_eforms),
        change_reason=form.reason,
    )
