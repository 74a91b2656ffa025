"""Dates, amounts and counts as people write them, in the language of the page."""

import datetime as dt
import math

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, get_timezone_name
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

QUOTED = {"sv": "”{}”", "nb": "«{}»", "en": "“{}”"}
LOCALES = {"sv": "sv_SE", "nb": "nb_NO", "en": "en_GB"}

DAY = {"sv": "d MMM y", "nb": "d. MMM y", "en": "d MMM y"}
MOMENT = {
    "sv": "EEE d MMM y 'kl.' HH.mm",
    "nb": "EEE d. MMM y 'kl.' HH.mm",
    "en": "EEE d MMM y 'at' HH:mm",
}

# The currency that a language means by "kr", and its words for a million and a billion of it and of another currency.
CROWN = {"sv": "SEK", "nb": "NOK"}
AMOUNTS = {
    "sv": {"own": ("{} kr", "{} mn kr", "{} md kr"), "other": ("{} {}", "{} mn {}", "{} md {}")},
    "nb": {"own": ("{} kr", "{} mill. kr", "{} mrd. kr"), "other": ("{} {}", "{} mill. {}", "{} mrd. {}")},
    "en": {"other": ("{1} {0}", "{1} {0} million", "{1} {0} billion")},
}
MILLION, BILLION = 1_000_000, 1_000_000_000

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"


def day(value):
    """Write a date: 2 mars 2026. A time is first moved to the hub's zone."""
    return _write(value, DAY)


def moment(value):
    """Write a time: fre 12 mars 2027 kl. 09.30, in the hub's zone; a date alone is written as a day."""
    return _write(value, MOMENT if isinstance(value, dt.datetime) else DAY)


def moment_with_zone(value):
    """Write a time and its zone, where a reader may sit in another: … kl. 09.30 (centraleuropeisk normaltid)."""
    zone = get_timezone_name(_local(value), width="long", locale=_locale())
    return f"{moment(value)} ({zone})"


def money(amount, currency):
    """Write an amount: 8,4 mn kr · 8,4 mill. kr · SEK 8.4 million. Three digits are enough to compare by."""
    language = _language()
    own = "own" if CROWN.get(language) == currency else "other"
    crowns, millions, billions = AMOUNTS[language][own]
    # 999 950 000 would be written as 1000 million.
    if abs(amount) >= BILLION * 0.9995:
        pattern, number = billions, _three_digits(amount / BILLION)
    elif abs(amount) >= MILLION:
        pattern, number = millions, _three_digits(amount / MILLION)
    else:
        pattern, number = crowns, count(round(amount))
    return pattern.format(number, currency).strip().replace(" ", SPACE)


def count(number):
    """Write a whole number with the language's own grouping: 21 740 · 21,740."""
    return decimal(number, "#,##0")


def share(ratio):
    """Write a share of one, for a table: 1,9 % · 1.9%."""
    sign = "%" if _language() == "en" else f"{SPACE}%"
    return _percent(ratio) + sign


def share_in_words(ratio):
    """Write a share of one, in a sentence: 1,9 procent."""
    percent = 100 * ratio
    return format_unit(round(percent, _share_digits(percent)), "percent", locale=_locale()).replace(" ", SPACE)


def language_name(code):
    """Name a language in the language of the page: norskt bokmål; an unknown code is returned as it is."""
    try:
        return Locale.parse(code).get_language_name(_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def quoted(text):
    """Put a text between the quotation marks of the page's language: ”…”, «…», “…”."""
    return QUOTED[_language()].format(text)


def listed(parts):
    """Join words as a sentence does: "a", "a and b", "a, b and c"; safe HTML."""
    if len(parts) == 1:
        return format_html("{}", parts[0])
    first = format_html_join(", ", "{}", ((part,) for part in parts[:-1]))
    return format_html(_("{} and {}"), first, parts[-1])


def _language():
    language = (get_language() or "en").split("-")[0]
    return language if language in LOCALES else "en"


def _locale():
    return LOCALES[_language()]


def _write(value, patterns):
    language = _language()
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = _local(value)
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    text = format_datetime(value, patterns[language], locale=_locale())
    # Swedish authorities write jan and fre; CLDR writes jan. and fre.
    return text.replace(".", "", text.split(" kl.")[0].count(".")) if language == "sv" else text


def _local(value):
    try:
        return timezone.localtime(value)
    except (OverflowError, ValueError):  # at the edge of the calendar the hub's zone is in the year 0 or 10000
        return value


def decimal(number, pattern):
    # The narrow space holds a number together and never breaks a line.
    return format_decimal(number, pattern, locale=_locale()).replace(SPACE, NARROW_SPACE)


def _three_digits(number):
    return decimal(number, "#,##0.#" if abs(number) < 100 else "#,##0")


def _percent(ratio):
    percent = 100 * ratio
    digits = _share_digits(percent)
    return decimal(percent, "0." + "#" * digits if digits else "0")


def _share_digits(percent):
    # Two digits that mean something, at most three decimals: 0.43, 1.9, 31.
    if percent == 0:
        return 0
    return min(3, max(0, 1 - math.floor(math.log10(abs(percent)))))
