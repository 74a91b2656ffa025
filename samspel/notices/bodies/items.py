"""A body's procurements as its page lists them: what was bought, who won, for how much."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.notices.links import notice_url
from samspel.notices.notice import sentences
from samspel.notices.words import word


@dataclass(frozen=True)
class Item:
    """A procurement in the list."""

    at: Any
    title: str
    language: str
    url: str
    about: str
    declared: bool
    won_by: Any = ""  # in a buyer's list: who won, with links


def item(row, role):
    """Return a row of ``parties.procurements`` as the list of a buyer or a supplier shows it."""
    parts = [
        row["buyer_name"] if role == "supplier" else "",
        str(word("BT-105", row["procedure"]).text) if row["procedure"] else "",
        _tenders(row["tenders"]),
        _("cancelled") if row["cancelled"] else "",
        _value(row, role),
    ]
    return Item(
        at=row["first_on"],
        title=row["title"] or _("A notice without a title"),
        language=row["language"] or "",
        url=notice_url(row["notice"]),
        about=" · ".join(part for part in parts if part),
        declared=bool(row["declared"]),
        won_by=_won_by(row) if role == "buyer" else "",
    )


def _tenders(number):
    if number is None:
        return ""
    return ngettext("%(count)s tender", "%(count)s tenders", number) % {"count": formats.count(number)}


def _value(row, role):
    """Write what was awarded; of a supplier, what it alone won, else what it shares with the others who won."""
    if role == "supplier" and row["own_amount"]:
        return formats.money(row["own_amount"], row["own_currency"])
    if not row["amount"] or not row["currency"]:
        return ""
    value = formats.money(row["amount"], row["currency"])
    return _("%(value)s to all suppliers") % {"value": value} if role == "supplier" and row["suppliers"] > 1 else value


def _won_by(row):
    """Name who won with a link to each, the first few by name; safe HTML."""
    others = row["others"] or ()
    if not others:
        return "" if row["cancelled"] else _("Who won is not stated")
    shown = others if len(others) <= sentences.NAMED + 1 else others[: sentences.NAMED]
    linked = [_supplier(**one) for one in shown]
    if left := len(others) - len(shown):
        linked.append(ngettext("%(count)s more", "%(count)s more", left) % {"count": formats.count(left)})
    return format_html(_("Won by {}"), sentences.listed(linked))


def _supplier(key, name):
    return format_html('<a class="ds-link" href="{}">{}</a>', reverse("supplier-detail", args=[key]), name)
