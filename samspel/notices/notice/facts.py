"""The facts about a notice that stand to its side, as ``kit/_facts.html`` takes them."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.notices import labels
from samspel.notices.notice import sentences
from samspel.notices.notice.deadlines import acting_due, dues
from samspel.notices.notice.lots import is_ended
from samspel.notices.words import SOURCE_NAMES, word
from samspel.registration_numbers import is_personal_number, masked

# Regions and codes beyond these are counted.
LISTED = 4


@dataclass(frozen=True)
class Fact:
    """A line: a label and its value, text or safe HTML. A fact without a value is left out."""

    label: Any
    value: Any
    note: Any = ""
    url: str = ""


def facts(record):
    """Return what a reader asks first about a notice: who, how much, how, what, where, by which law, from where."""
    notice = record.notice
    return [
        Fact(ngettext("Buyer", "Buyers", len(notice.buyers)), _buyers(notice)),
        _value(_("Estimated value"), notice.estimated_value),
        _value(_("Awarded value"), notice.awarded_value),
        _due(notice),
        Fact(_("Duration"), _duration(notice)),
        Fact(_("Procedure"), _coded("BT-105", notice.procedure), _("accelerated") if notice.accelerated else ""),
        Fact(_("Nature"), _coded("BT-23", notice.nature)),
        Fact(_("Kind of agreement"), _coded("BT-765", notice.framework)),
        Fact(_("CPV"), _cpv(notice)),
        Fact(_("Place"), _places(notice)),
        Fact(_("Law"), _coded("BT-01", notice.legal_basis)),
        Fact(_("Source"), SOURCE_NAMES[notice.source], _read_on(record)),
        Fact(_("Advertised in"), notice.channel),
    ]


def deadlines(notice):
    """Return every deadline of a notice that nobody has decided yet, in local time with its zone."""
    return [] if is_ended(notice) else [Fact(due.label, due.words) for due in dues(notice.deadlines)]


def identifiers(notice):
    """Return the numbers by which others know the notice."""
    return [
        Fact(_("Publication number"), notice.publication_number),
        Fact(_("Notice"), _("%(identifier)s, version %(version)s") % _own(notice)),
        Fact(_("Procedure"), notice.procedure_identifier),
        Fact(_("Corrects"), ", ".join(notice.corrects)),
        Fact(_("Same procurement in TED") if notice.source == "uhm" else _("Follows"), ", ".join(notice.follows)),
        Fact(_("Format"), f"{notice.format}, {notice.subtype}" if notice.subtype else notice.format),
        Fact(_("Codes the hub does not know"), ", ".join(notice.unknown_codes)),
    ]


def shown_number(identifier, country, *, is_person=False):
    """Return a registration number as the public may see it: a person's own number is hidden."""
    if identifier and (is_person or is_personal_number(identifier, country)):
        return masked(identifier)
    return identifier


def _own(notice):
    return {"identifier": notice.identifier, "version": notice.version}


def _buyers(notice):
    links = [
        format_html('<a class="ds-link" href="{}">{}</a>', sentences.party_url("buyer", buyer), buyer.name)
        for buyer in notice.buyers
    ]
    return _lines(links, len(links)) if links else _("Not stated")


def _due(notice):
    due = None if is_ended(notice) else acting_due(notice)
    if due is None:
        return Fact(_("Open until"), "")
    return Fact(_("Open until") if due.is_open() else _("Closed"), due.short)


def _value(label, value):
    if value is None:
        return Fact(label, "")
    words = formats.money(value.amount, value.currency)
    if value.is_placeholder:
        return Fact(label, _("not stated: the notice says %(value)s") % {"value": words})
    return Fact(label, words, _("without VAT"))


def _duration(notice):
    months = {round(lot.duration_months) for lot in notice.lots if lot.duration_months}
    if not months:
        return ""
    shortest, longest = min(months), max(months)
    if longest == 0:
        return _("less than a month")
    words = ngettext("%(months)s month", "%(months)s months", longest) % {"months": formats.count(longest)}
    return words if shortest == longest else _("%(shortest)s to %(longest)s") % {"shortest": shortest, "longest": words}


def _coded(field, code):
    if code is None:
        return ""
    found = word(field, code)
    if found.note == "unknown":
        return format_html('{} <span class="quiet">({})</span>', code, _("unknown code"))
    return found.text


def _cpv(notice):
    if notice.cpv is None:
        return ""
    first = labels.cpv(notice.cpv).html
    others = [labels.cpv(code).html for code in notice.cpv_additional]
    if not others:
        return first
    more = ngettext("%(count)s more code", "%(count)s more codes", len(others)) % {"count": formats.count(len(others))}
    return format_html(
        '{}<details class="small"><summary>{}</summary>{}</details>', first, more, _lines(others, len(others))
    )


def _places(notice):
    names = list(dict.fromkeys(labels.place(code) for code in notice.nuts))
    return _lines([format_html("{}", name) for name in names], LISTED)


def _read_on(record):
    if record.member.loaded_at is None:
        return ""
    return _("read %(day)s") % {"day": formats.day(record.member.loaded_at)}


def _lines(parts, most):
    left = len(parts) - most
    shown = list(parts[:most])
    if left > 0:
        shown.append(ngettext("and %(count)s more", "and %(count)s more", left) % {"count": formats.count(left)})
    return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in shown))
