"""A person's ways in and sessions in words, for the page of own data."""

from django.utils.translation import gettext_lazy as _

from samspel.kit import formats, trail
from samspel.organisations.history.values import Values

_WORDS = {
    "e-mail addresses": _("E-mail addresses"),
    "sign-ins with other bodies": _("Sign-ins with other bodies"),
    "passkeys, app and recovery codes": _("Passkeys, app and recovery codes"),
    "sessions": _("Sessions"),
    "email": _("E-mail address"),
    "verified": _("Confirmed"),
    "primary": _("The one you sign in with"),
    "provider": _("Body"),
    "uid": _("Its number for you"),
    "date_joined": _("Connected"),
    "last_login": _("Last used"),
    "kind": _("Kind"),
    "name": _("Name"),
    "added": _("Added"),
    "last used": _("Last used"),
    "ip": _("Network address"),
    "user_agent": _("Browser"),
    "created_at": _("Begun"),
    "last_seen_at": _("Last used"),
}


def in_words(held):
    """Return what is held as a page shows it: each group's label, and its rows as facts."""
    return [{"label": _WORDS.get(name, name), "rows": [_facts(row) for row in found]} for name, found in held.items()]


def _facts(row):
    return [{"label": _WORDS.get(name, name), "value": _value(value)} for name, value in row.items()]


def _value(value):
    if hasattr(value, "isoformat"):
        return formats.moment(value)
    return Values(()).in_words(None, "", trail.plain(value))
