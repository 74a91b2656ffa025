"""What happened in a procurement, and when: its notices, what their corrections changed, and its deadlines."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.lake.notice import Kind
from samspel.notices.links import notice_url
from samspel.notices.notice import sentences
from samspel.notices.notice.changes import changes
from samspel.notices.notice.deadlines import acting_due
from samspel.notices.published import DATED_BY_ADVERTISEMENT
from samspel.notices.words import KINDS, SOURCE_NAMES, word


@dataclass(frozen=True)
class Event:
    """A line of ``kit/_timeline.html``. ``now`` marks the notice the page is about."""

    at: date
    what: Any
    text: Any = ""
    url: str = ""
    now: bool = False


def timeline(record, at=None):
    """Return the events of the record's procurement, oldest first."""
    groups = _copies(record)
    events = [_event(record, notices, groups) for notices in groups if notices[0].first_seen_on]
    events += _deadline(record, at)
    return sorted(events, key=lambda event: event.at)


def _copies(record):
    """Group the notices that stand in several sources, the one that the page is about first, then TED's."""
    groups = {}
    for member in record.members:
        notice = member.notice
        groups.setdefault((notice.identifier.lower(), notice.version), []).append(notice)
    own = record.notice.key
    return [
        sorted(notices, key=lambda notice: (notice.key != own, notice.source != "ted", notice.source))
        for notices in groups.values()
    ]


def _event(record, notices, groups):
    notice, *copies = notices
    is_here = notice.key == record.notice.key
    parts = [*_outcome(notice), *_corrected(notice, groups), *_places(copies)]
    return Event(
        at=notice.first_seen_on,
        what=f"{_what(notice)}.",
        text=format_html_join(" ", "{}", ((part,) for part in parts)),
        url="" if is_here else notice_url(notice.key),
        now=is_here,
    )


def _what(notice):
    if notice.source in DATED_BY_ADVERTISEMENT:
        return _("Advertised")
    if notice.form_type == "cont-modif":
        return _("Contract changed")
    if notice.kind is Kind.CHANGE or notice.version.lstrip("0") in {"", "1"}:
        return KINDS[notice.kind]
    return _("%(kind)s, new version") % {"kind": KINDS[notice.kind]}


def _outcome(notice):
    if notice.source in DATED_BY_ADVERTISEMENT and notice.kind is Kind.RESULT:
        yield _("When it was decided is not stated.")
    if notice.winners:
        suppliers = len({sentences.party_url("supplier", winner) for winner in notice.winners})
        won = ngettext("%(count)s supplier won.", "%(count)s suppliers won.", suppliers)
        yield won % {"count": formats.count(suppliers)}
    without = sum(lot.result == "clos-nw" for lot in notice.lots)
    if without and notice.kind is Kind.RESULT:
        ended = ngettext("%(count)s lot ended without a contract.", "%(count)s lots ended without a contract.", without)
        yield ended % {"count": formats.count(without)}
    elif notice.procedure and notice.kind is Kind.COMPETITION:
        yield f"{word('BT-105', notice.procedure).text}."


def _corrected(notice, groups):
    """Say what a correction or a new version changed in the notice before it."""
    before = _before(notice, groups)
    if notice.change_reason and notice.kind is not Kind.CANCELLED:
        yield f"{word('BT-140', notice.change_reason).text}."
    if before is None or notice.kind is Kind.CANCELLED:
        return
    # A legacy corrigendum is a list of places in the old notice, not the notice as it now stands.
    if notice.form_type == "change" or notice.form_type != before.form_type:
        yield _("What it changes stands in the original.")
        return
    yield from changes(before, notice) or [_("Nothing changed in the facts the hub reads; see the original.")]


def _before(notice, groups):
    named = {reference.lower() for reference in notice.corrects}
    others = [other for other, *_copies in groups if other.key != notice.key]
    for other in others:
        if f"{other.identifier}-{other.version}".lower() in named or other.publication_number in named:
            return other
    earlier = [
        other
        for other in others
        if other.identifier.lower() == notice.identifier.lower() and other.version < notice.version
    ]
    return max(earlier, key=lambda other: other.version, default=None)


def _places(copies):
    if copies:
        links = [
            format_html('<a class="ds-link" href="{}">{}</a>', notice_url(copy.key), SOURCE_NAMES[copy.source])
            for copy in copies
        ]
        yield format_html(_("Also in {}."), sentences.listed(links))


def _deadline(record, at):
    """Return the last deadline of the newest notice that has one, as an event of its own."""
    current = [member.notice for member in record.members if not member.replaced]
    stated = [(notice.first_seen_on, due) for notice in current if (due := acting_due(notice))]
    if not stated:
        return []
    _seen, due = max(stated, key=lambda pair: (str(pair[0]), str(pair[1].at)))
    tail = due.words if due.is_open(at) else _("%(moment)s, has passed") % {"moment": due.words}
    return [Event(at=due.day, what=f"{due.label}:", text=f"{tail}.")]
