"""Registration numbers of organisations, and which of them are a person's own number.

A sole trader's number is a personal number in Sweden (a company's third digit is never below 2), and some notices of
the other Nordic countries carry a personal number where an organisation's belongs. Such numbers are kept, to tell two
suppliers apart, and shown to nobody.
"""

from __future__ import annotations

import re

# The organisation's own number inside its VAT number: SE…01, NO…MVA, DK…, FI….
_VAT = {
    "SE": re.compile(r"SE(\d{10})01"),
    "NO": re.compile(r"(?:NO)?(\d{9})MVA|NO(\d{9})"),
    "DK": re.compile(r"(?:DK)?(?:CVR(?:NR)?)?(\d{8})"),
    "FI": re.compile(r"FI(\d{8})"),
}
_FINNISH = re.compile(r"(\d{6})[-+ABCDEFUVWXY]?(\d{3})([0-9A-Y])")
_FINNISH_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def cleaned(identifier: str | None, country: str | None = None) -> str | None:
    """Return a number as digits and capital letters only, or None where there is no digit in it (words, a dash).

    A Nordic VAT number becomes the organisation's own number, so that one body has one number; ``country`` is ISO 3166
    alpha-2.
    """
    kept = "".join(filter(str.isalnum, identifier or "")).upper()
    if not any(map(str.isdigit, kept)):
        return None
    vat = _VAT[country].fullmatch(kept) if country in _VAT else None
    return next(filter(None, vat.groups()), kept) if vat else kept


def is_personal_number(identifier: str | None, country: str | None) -> bool:
    """Return whether a registration number is a person's: Swedish, Finnish, Norwegian or Danish.

    Sweden: ten digits whose third is below 2, also with the century before (twelve) or the VAT ending 01 after. Where
    the country is not stated, only a Swedish number with a true date and check digit counts, since ten digits are
    common elsewhere. Finland: DDMMYY, sign, three digits, check character. Norway: eleven digits. Denmark: ten digits
    that begin with a date.
    """
    kept = "".join(filter(str.isalnum, identifier or "")).upper()
    if country == "SE":
        return _is_swedish(kept)
    if country == "FI":
        return _is_finnish(kept)
    if country == "NO":
        return bool(re.fullmatch(r"\d{11}", kept))
    if country == "DK":
        return bool(re.fullmatch(r"\d{10}", kept)) and _is_date(kept[:2], kept[2:4])
    if country is None:
        ten = kept[-10:]
        return _is_swedish(kept) and _is_date(ten[4:6], ten[2:4]) and _passes_luhn(ten)
    return False


def masked(identifier: str) -> str:
    """Return a number with every character hidden: the first six of a personal number are the date of birth."""
    return "•" * len(identifier)


def _is_swedish(kept: str) -> bool:
    digits = re.sub(r"^SE", "", kept)
    if re.fullmatch(r"(18|19|20)\d{10}", digits) and _is_date(digits[6:8], digits[4:6]):
        return True
    if re.fullmatch(r"16\d{10}", digits):  # "16" before ten digits marks a body that is no person
        return digits[4] < "2"
    return bool(re.fullmatch(r"\d{10}(01)?", digits)) and digits[2] < "2"


def _is_finnish(kept: str) -> bool:
    found = _FINNISH.fullmatch(kept)
    if not found:
        return False
    date, serial, check = found.groups()
    return _is_date(date[:2], date[2:4]) and _FINNISH_CHECKS[int(date + serial) % 31] == check


def _is_date(day: str, month: str) -> bool:
    # Swedish co-ordination numbers add 60 to the day.
    return day.isdigit() and month.isdigit() and 1 <= int(day) % 60 <= 31 and 1 <= int(month) <= 12


def _passes_luhn(digits: str) -> bool:
    doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(digits))
    return sum(map(int, doubled)) % 10 == 0
