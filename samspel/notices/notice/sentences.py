"""What a notice says, in one or two sentences a person would say."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspel.kit import formats
from samspel.kit.formats import listed
from samspel.lake.notice import Kind
from samspel.lake.parties import party_key
from samspel.notices.notice.deadlines import acting_due

# More names than these are counted instead of named.
NAMED = 3


def lead(notice, at=None):
    """Return who wants or bought this, from whom, for how much, and how many tendered; safe HTML."""
    stage = _stage(notice)
    sentences = [_LEADS[stage](notice, at), _tenders(notice) if stage in {"result", "cancelled"} else ""]
    return mark_safe(" ".join(str(sentence) for sentence in sentences if sentence))  # noqa: S308 - parts are escaped


def party_url(role, party):
    """Return the address of a buyer's or supplier's page."""
    return reverse(f"{role}-detail", args=[party_key(party)])


def names(role, parties):
    """Return the parties' names as links, the first few by name: "A, B and 4 others"; safe HTML."""
    unique = list({party_key(party): party for party in parties}.values())
    if not unique:
        return _UNNAMED[role]()
    shown = unique if len(unique) <= NAMED + 1 else unique[:NAMED]
    linked = [format_html('<a class="ds-link" href="{}">{}</a>', party_url(role, one), one.name) for one in shown]
    left = len(unique) - len(shown)
    if left:
        linked.append(ngettext("%(count)s other", "%(count)s others", left) % {"count": formats.count(left)})
    return listed(linked)


def _stage(notice):
    if notice.kind is Kind.CHANGE:
        # A correction of a competition is still that competition; one of a contract says something of its own.
        return {"competition": "competition", "planning": "planning", "result": "result"}.get(
            notice.form_type, "modification" if notice.form_type == "cont-modif" else "change"
        )
    return str(notice.kind)


def _planning(notice, at):
    return format_html(_("{buyer} plans to buy this{value}."), **_who(notice), value=_estimate(notice))


def _consultation(notice, at):
    first = format_html(_("{buyer} asks the market before it decides whether and what to buy."), **_who(notice))
    return _with_due(notice, at, first)


def _competition(notice, at):
    first = format_html(_("{buyer} wants to buy this{value}."), **_who(notice), value=_estimate(notice))
    return _with_due(notice, at, first)


def _intention(notice, at):
    if not notice.winners:
        return format_html(_("{buyer} intends to award this without a competition."), **_who(notice))
    return format_html(
        _("{buyer} intends to buy this from {supplier} without a competition{value}."),
        **_who(notice),
        value=_price(notice),
    )


def _result(notice, at):
    if not notice.winners:
        return format_html(_("{buyer} has ended this competition; the notice names no supplier."), **_who(notice))
    value = _price(notice)
    first = format_html(_("{buyer} bought this from {supplier}{value}."), **_who(notice), value=value)
    return first if value else format_html("{} {}", first, _no_value(notice.awarded_value))


def _cancelled(notice, at):
    return format_html(_("{buyer} ended this without a contract."), **_who(notice))


def _completion(notice, at):
    return format_html(_("The contract between {buyer} and {supplier} is completed."), **_who(notice))


def _modification(notice, at):
    return format_html(_("{buyer} has changed its contract with {supplier}."), **_who(notice))


def _change(notice, at):
    return format_html(_("{buyer} corrects an earlier notice."), **_who(notice))


def _with_due(notice, at, first):
    due = acting_due(notice)
    if due is None:
        return first
    is_open, has_passed = _DUE[due.kind]
    return format_html("{} {}", first, format_html(is_open if due.is_open(at) else has_passed, due.words))


def _who(notice):
    return {"buyer": names("buyer", notice.buyers), "supplier": names("supplier", notice.winners)}


def _estimate(notice):
    if notice.estimated_value is None or notice.estimated_value.is_placeholder:
        return ""
    return _(", at an estimated %(value)s") % {"value": _money(notice.estimated_value)}


def _price(notice):
    if notice.awarded_value is None or notice.awarded_value.is_placeholder:
        return ""
    return _(" for %(value)s") % {"value": _money(notice.awarded_value)}


def _no_value(stated):
    if stated is None:
        return _("The value is not stated.")
    return _("The value is not stated: the notice says %(value)s.") % {"value": _money(stated)}


def _money(value):
    return formats.money(value.amount, value.currency)


def _tenders(notice):
    if notice.tenders is None:
        return ""
    came = ngettext("%(count)s tender came", "%(count)s tenders came", notice.tenders)
    came %= {"count": formats.count(notice.tenders)}
    if notice.tenders_sme is None:
        return f"{came}."
    if notice.tenders == notice.tenders_sme == 1:
        return _("%(came)s, from a small or medium-sized company.") % {"came": came}
    small = ngettext(
        "%(came)s, %(small)s of them from a small or medium-sized company.",
        "%(came)s, %(small)s of them from small or medium-sized companies.",
        notice.tenders_sme,
    )
    return small % {"came": came, "small": formats.count(notice.tenders_sme)}


_DUE = {
    "tenders": (gettext_lazy("Tenders can be sent until {}."), gettext_lazy("Tenders could be sent until {}.")),
    "requests": (
        gettext_lazy("Suppliers can ask to take part until {}."),
        gettext_lazy("Suppliers could ask to take part until {}."),
    ),
    "interest": (
        gettext_lazy("Suppliers can show their interest until {}."),
        gettext_lazy("Suppliers could show their interest until {}."),
    ),
    "answers": (gettext_lazy("Answers can be sent until {}."), gettext_lazy("Answers could be sent until {}.")),
}

_UNNAMED = {
    "buyer": lambda: _("A buyer that is not named"),
    "supplier": lambda: _("a supplier that is not named"),
}

_LEADS = {
    "planning": _planning,
    "consultation": _consultation,
    "competition": _competition,
    "intention": _intention,
    "result": _result,
    "cancelled": _cancelled,
    "completion": _completion,
    "modification": _modification,
    "change": _change,
}
