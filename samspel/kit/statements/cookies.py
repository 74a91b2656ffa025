"""Every cookie that the hub sets. None needs consent: each is what a person asked for cannot be given without.

LEK (2022:482) 9 kap. 28 §, ekomloven (LOV-2024-12-13-76) § 3-15.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Cookie:
    """One cookie: its name in the browser, what for, and how long."""

    name: str
    purpose: Any
    kept: Any


def cookies():
    """Return the cookies as this hub sets them."""
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("Keeps you signed in, and remembers where you are while you sign in."),
            _hours(settings.SESSION_COOKIE_AGE),
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Makes sure that a form was sent from this hub by you. Set by pages with a form."),
            _days(settings.CSRF_COOKIE_AGE),
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("Remembers the language that you have chosen."),
            _days(settings.LANGUAGE_COOKIE_AGE),
        ),
        Cookie("messages", _("Carries a message such as “It is saved” to the next page."), _("Until it is shown.")),
    ]


def _hours(seconds):
    hours = max(round(seconds / 3600), 1)
    return ngettext_lazy("%(number)s hour after you used it last", "%(number)s hours after you used it last", hours) % {
        "number": hours
    }


def _days(seconds):
    days = round(seconds / (24 * 3600))
    return ngettext_lazy("%(number)s day", "%(number)s days", days) % {"number": days}
