"""What a field is called on the page of own data: as its model says, or a plain word that several models share."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_WORDS = {
    "address": _("Address"),
    "subject": _("Subject"),
    "text": _("Text"),
    "state": _("State"),
    "made_at": _("Written"),
    "sent_at": _("Sent"),
    "query": _("Search"),
    "at": _("Time"),
    "since": _("Since"),
    "saved_at": _("Saved"),
    "organisation": _("Organisation"),
    "procurement": _("Procurement"),
    "stage": _("Stage"),
    "asked_at": _("Asked"),
    "approved_at": _("Let in"),
    "ended_at": _("Ended"),
    "joined_at": _("Joined"),
    "key": _("Subscription"),
}


def label_of(field):
    """Return the word for a field, or "" where it has none: then it is for the machine, and in the file alone."""
    if isinstance(field.verbose_name, Promise):
        return capfirst(str(field.verbose_name))
    return str(_WORDS.get(field.name, ""))
