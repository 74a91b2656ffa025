from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.kit import formats
from samspel.kit.access import public
from samspel.notices.lake import current_lake
from samspel.notices.notice import facts, lots, marks, records, sentences
from samspel.notices.notice.state import state
from samspel.notices.notice.timeline import timeline
from samspel.notices.notice.twin import twin
from samspel.notices.published import published

# No identifier is longer; who sends more is not asking for a notice.
LONGEST_KEY = 200


@require_safe
@public
def notice_detail(request, source, identifier, version):
    record = _find(source, identifier, version)
    if record is None:
        return _missing(request, source, identifier)
    now = timezone.now()
    address = request.build_absolute_uri(request.path)
    return render(request, "notices/notice_detail.html", {**_page(record, now), "address": address, "at": now})


@require_safe
@public
def notice_json(request, source, identifier, version):
    record = _find(source, identifier, version)
    if record is None:
        raise Http404
    return JsonResponse(twin(record), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _find(source, identifier, version):
    key = f"{source}/{identifier}/{version}"
    return records.find(current_lake(), key) if _can_be_key(key) else None


def _can_be_key(key):
    return len(key) <= LONGEST_KEY and key.isprintable()


def _page(record, at):
    notice = record.notice
    return {
        "record": record,
        "notice": notice,
        "newer": record.newer(),
        "title": lots.text_of(notice.title, notice.language),
        "published": _published(notice),
        "state": state(notice, at),
        "lead": sentences.lead(notice, at),
        "events": timeline(record, at),
        "missing": record.missing(),
        "deadlines": facts.deadlines(notice),
        "lots": lots.table(notice),
        "texts": _texts(notice),
        "mark_groups": marks.mark_groups(notice),
        "counted": marks.counted(notice),
        "facts": facts.facts(record),
        "identifiers": facts.identifiers(notice),
    }


def _published(notice):
    day = notice.first_seen_on
    return published(notice.source, notice.kind, formats.day(day)) if day else ""


def _texts(notice):
    """Return the description in the reader's language first, then in the notice's other languages."""
    texts = notice.description or (notice.lots[0].description if len(notice.lots) == 1 else ())
    first = lots.text_of(texts, notice.language)
    return [first, *(text for text in texts if text is not first)] if first else []


def _missing(request, source, identifier):
    keys = records.other_versions(current_lake(), source, identifier) if _can_be_key(f"{source}/{identifier}") else []
    versions = [key.rsplit("/", 1)[1] for key in keys]
    links = [(version, reverse("notice-detail", args=[source, identifier, version])) for version in versions]
    return render(request, "notices/notice_missing.html", {"versions": links}, status=404)
