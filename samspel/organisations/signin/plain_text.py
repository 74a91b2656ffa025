"""What a line of text that people type may hold: no sign that nobody sees and that changes what others see."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Joins letters of some scripts; all other signs of its category hide, or turn the direction of the text (UTR 36).
_JOINERS = "\u200c\u200d"
_HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}


def plain_line(value):
    """Refuse control signs, line breaks and marks of direction."""
    if value != without_hidden(value):
        raise ValidationError(_("This holds signs that cannot be seen. Type it by hand rather than paste it."))


def without_hidden(value):
    """Return a text without such signs, where nobody can be asked to type it again."""
    return "".join(sign for sign in value if sign in _JOINERS or unicodedata.category(sign) not in _HIDDEN)
