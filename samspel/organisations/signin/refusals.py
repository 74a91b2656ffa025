"""What is said to somebody who may not go on yet: that it was too often, and when to try again."""

from allauth.core import context, ratelimit
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.organisations.signin import limits


def too_many(action, key):
    """Return the refusal of one try too many, with how long to wait."""
    return ValidationError(wait_in_words(limits.seconds_left(context.request, action, key=key)), code="too_many")


def refuse_while_waiting(action, key):
    """Raise where a limit is reached; counts nothing."""
    if limits.seconds_left(context.request, action, key=key):
        raise too_many(action, key)


def refuse_too_many(action, key):
    """Count one try, and raise where it is one too many."""
    if not ratelimit.consume(context.request, action=action, key=key):
        raise too_many(action, key)


def wait_in_words(seconds):
    """Say that it was too often, and when to try again."""
    if seconds <= 90:
        return _("Too many tries. Wait a minute and try again.")
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many tries. Try again in %(minutes)s minute.",
        "Too many tries. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
