"""What a body's notices add up to, in two or three sentences in which every number opens."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats


def lead(page):
    """Return the sentences on a body's page (``PartyPage``); safe HTML."""
    return _LEADS[page.party.role](page)


def _buyer_lead(page):
    return _sentences(_bought(page), _paid(page))


def _supplier_lead(page):
    return _sentences(_supplied(page), *_earned(page))


def _bought(page):
    count, dealt = page.overview.procurements, page.counterparties.procurements
    if not dealt:
        words = ngettext(
            "Buyer in {count} procurement {when}; no supplier is named.",
            "Buyer in {count} procurements {when}; no supplier is named.",
            count,
        )
    elif dealt == count:
        words = ngettext(
            "Buyer in {count} procurement {when}, won by {others}.",
            "Buyer in {count} procurements {when}, won by {others}.",
            count,
        )
    else:
        words = ngettext(
            "Buyer in {count} procurements {when}. Who won is stated in {named} of them: {others}.",
            "Buyer in {count} procurements {when}. Who won is stated in {named} of them: {others}.",
            dealt,
        )
    suppliers = ngettext("%(number)s supplier", "%(number)s suppliers", page.counterparties.total)
    return _counted(page, words, suppliers)


def _paid(page):
    over = sum(one.over for one in page.overview.sums)
    if not over:
        return _("No value is stated.")
    words = ngettext(
        "Awarded value where it is stated, in {over} of them: {value}.",
        "Awarded value where it is stated, in {over} of them: {value}.",
        over,
    )
    return format_html(words, value=page.sums, over=formats.count(over))


def _supplied(page):
    words = ngettext(
        "Won {count} procurement {when}, of {others}.",
        "Won {count} procurements {when}, of {others}.",
        page.overview.procurements,
    )
    return _counted(page, words, ngettext("%(number)s buyer", "%(number)s buyers", page.counterparties.total))


def _earned(page):
    """Yield what the supplier alone won, and of how many procurements that is not known."""
    sums, count = page.overview.sums, page.overview.procurements
    over = sum(one.over for one in sums)
    if not over:
        yield _("What it won for is not stated.")
        return
    is_alone = sum(one.alone for one in sums) == over
    words = (
        _("The value is {value}.") if count == 1 else _stated_of_the_only(over) if is_alone else _stated_of_each(over)
    )
    yield format_html(words, value=page.sums, over=formats.count(over))
    if rest := count - over:
        words = ngettext(
            "In the other {rest} the value per supplier is not stated.",
            "In the other {rest} the value per supplier is not stated.",
            rest,
        )
        yield format_html(words, rest=page.link(formats.count(rest), unvalued=1))


def _stated_of_the_only(over):
    return ngettext(
        "In {over} of them, where it was the only supplier, the value is stated: {value}.",
        "In {over} of them, where it was the only supplier, the value is stated: {value}.",
        over,
    )


def _stated_of_each(over):
    return ngettext(
        "In {over} of them it is stated what it won alone: {value}.",
        "In {over} of them it is stated what it won alone: {value}.",
        over,
    )


def _sentences(*parts):
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _counted(page, words, others):
    dealt = page.counterparties.procurements
    return format_html(
        words,
        count=format_html('<a class="ds-link" href="#procurements">{}</a>', formats.count(page.overview.procurements)),
        when=_when(page.overview),
        named=page.link(formats.count(dealt), named=1),
        others=format_html(
            '<a class="ds-link" href="#others">{}</a>', others % {"number": formats.count(page.counterparties.total)}
        ),
    )


def _when(overview):
    if overview.first_on is None:
        return _("of unknown date")
    first, last = overview.first_on.year, overview.last_on.year
    return _("in %(year)s") % {"year": first} if first == last else f"{first}–{last}"


_LEADS = {"buyer": _buyer_lead, "supplier": _supplier_lead}
