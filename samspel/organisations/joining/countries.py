"""The countries of the world by their names in the language of the page."""

import re

from babel import Locale
from django.utils.translation import get_language

from samspel.kit import formats

# Those whose bodies are most often meant come first.
NEAREST = ("SE", "NO", "DK", "FI", "IS")
# What Unicode lists beside countries: the Union, the currency area, outlying parts, trial codes and "unknown".
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def choices():
    """Return each country's code and name, the nearest first, then by name."""
    names = {code: name for code, name in _names().items() if re.fullmatch("[A-Z]{2}", code)}
    rest = sorted(names.keys() - set(NEAREST) - _NO_COUNTRY, key=lambda code: names[code].casefold())
    return [(code, names[code]) for code in (*NEAREST, *rest)]


def nearest():
    """Return the country that a reader of this language most likely means, "" where none is likelier."""
    return {"sv": "SE", "nb": "NO"}.get(get_language() or "", "")


def _names():
    return Locale.parse(formats.LOCALES.get(get_language() or "en", "en_GB")).territories
