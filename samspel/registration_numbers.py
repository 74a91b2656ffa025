"""Registration numbers of organisations, and which of them are a person's own number.

A sole trader's number is a personal number in Sweden (a company's third digit is never below 2), and some notices of
the other Nordic countries carry a personal number where an organisation's belongs. Such numbers are kept, to tell two
suppliers apart, and shown to nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# The organisation's own number inside its VAT number: SE…01, NO…MVA, DK…, FI….
_VAT = {
    "SE": re.compile(r"SE(\d{10})01"),
    "NO": re.compile(r"(?:NO)?(\d{9})MVA|NO(\d{9})"),
    "DK": re.compile(r"(?:DK)?(?:CVR(?:NR)?)?(\d{8})"),
    "FI": re.compile(r"FI(\d{8})"),
}
# The signs of the shortest personal number: DDMMYY, three digits and a check (Finland).
_SHORTEST = 10
_ALPHA_2 = {"SWE": "SE", "NOR": "NO", "DNK": "DK", "FIN": "FI"}
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

# A number as it stands in words: not within a longer row of digits. The Swedish one may have its century before, and
# after it the 01 of a VAT number; these are two patterns, since twelve digits can be either.
_SWEDISH = (
    re.compile(r"(?<!\d)(?:18|19|20)(\d{6})[-+ ]?(\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(\d{6})[-+ ]?(\d{4})(?:01)?(?!\d)"),
)
# However it is written: any signs between the digits, even those that are not seen. Such a row needs a true date and a
# true check digit, since other numbers are written apart too.
_BETWEEN = r"[^0-9A-Z]{0,4}"
_WRITTEN_APART = re.compile(
    rf"(?<!\d)(?:(?:1{_BETWEEN}[89]|2{_BETWEEN}0){_BETWEEN})?((?:\d{_BETWEEN}){{9}}\d)(?!\d)", re.ASCII
)
_SWEDISH_HYPHEN = re.compile(r"(?<!\d)(?:18|19|20)?(\d{6}[-+]\d{4})(?!\d)")
_SWEDISH_VAT = re.compile(r"(?<![0-9A-Z])SE(\d{10})01(?!\d)")
_NORWEGIAN = re.compile(r"(?<!\d)\d{6}[- ]?\d{5}(?!\d)")
_DANISH = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
_FINNISH = re.compile(r"(?<!\d)(\d{6})([-+ABCDEFUVWXY]?)(\d{3})([0-9A-Y])(?![0-9A-Z])")
_FINNISH_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ITALIAN = re.compile(r"(?<![0-9A-Z])[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z](?![0-9A-Z])")
_NORWEGIAN_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
_DANISH_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def cleaned(identifier: str | None, country: str | None = None) -> str | None:
    """Return a number as digits and capital letters only, or None where there is no digit in it (words, a dash).

    A Nordic VAT number becomes the organisation's own number, so that one body has one number; ``country`` is ISO 3166
    alpha-2.
    """
    kept = _kept(identifier or "")
    if not any(map(str.isdigit, kept)):
        return None
    where = _alpha_2(country)
    vat = _VAT[where].fullmatch(kept) if where in _VAT else None
    return next(filter(None, vat.groups()), kept) if vat else kept


def is_personal_number(identifier: str | None, country: str | None) -> bool:
    """Return whether a registration number is a person's, or holds one among words or other numbers.

    Sweden: ten digits whose third is below 2, also with the century before (twelve) or the VAT ending 01 after.
    Finland: DDMMYY, sign, three digits, check character. Norway: eleven digits. Denmark: ten digits that begin with a
    date. Each counts under every Nordic country, where it begins with a date. Where the country is not stated it also
    needs a true check digit, since ten digits are common elsewhere. An Italian tax code (sixteen signs, of a person)
    counts everywhere.
    """
    if not identifier:
        return False
    kept = _kept(identifier)
    if len(kept) < _SHORTEST:
        return False
    where = _alpha_2(country)
    is_nordic = where is None or where in _VAT
    if is_nordic and (where == "SE" or re.match(r"SE\d{10}", kept)) and _is_swedish(kept):
        return True
    if where == "NO" and re.fullmatch(r"\d{11}", kept):
        return True
    return any(next(_found(text, where), None) for text in (_plain(identifier), kept))


def without_personal_numbers(text: str, country: str | None) -> str:
    """Return a text with the personal numbers in it masked: sole traders write theirs in the name of the firm."""
    if sum(map(str.isdigit, text)) < 7:
        return text
    plain = _plain(text)
    found = list(_found(plain, _alpha_2(country)))
    # In capitals ß is two letters, and the places are then those in the plain text only.
    text = plain if found and len(plain) != len(text) else text
    for start, end in found:
        text = text[:start] + re.sub(r"[^\W_]", "•", text[start:end]) + text[end:]
    return text


def masked(identifier: str) -> str:
    """Return a number with every character hidden: the first six of a personal number are the date of birth."""
    return "•" * len(identifier)


def _kept(identifier: str) -> str:
    return "".join(filter(str.isalnum, identifier)).upper()


def _plain(text: str) -> str:
    """Return a text in capitals, with digits and dashes of every script as ASCII."""
    return text.upper() if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES).upper()


@lru_cache(512)
def _alpha_2(country: str | None) -> str | None:
    """Return a country as ISO 3166 alpha-2; None where it is no code, which is as good as not stated."""
    code = (country or "").strip().upper()
    return _ALPHA_2.get(code, code) if re.fullmatch("[A-Z]{2,3}", code) else None


def _is_swedish(kept: str) -> bool:
    digits = re.sub(r"^SE", "", kept)
    if re.fullmatch(r"(18|19|20)\d{10}", digits) and _is_date(digits[6:8], digits[4:6]):
        return True
    if re.fullmatch(r"16\d{10}", digits):  # "16" before ten digits marks a body that is no person
        return digits[4] < "2"
    return bool(re.fullmatch(r"\d{10}(01)?", digits)) and digits[2] < "2"


def _found(text: str, country: str | None) -> Iterator[tuple[int, int]]:
    """Yield where personal numbers stand in a plain text."""
    yield from (match.span() for match in _ITALIAN.finditer(text))
    is_nordic = country in _VAT
    # Elsewhere ten digits are many other things, but not with a Swedish beginning or the Swedish hyphen.
    for pattern in (_SWEDISH_VAT, _SWEDISH_HYPHEN if country and not is_nordic else _WRITTEN_APART):
        for match in pattern.finditer(text):
            digits = _digits(match[1])
            if _is_date(digits[4:6], digits[2:4]) and _passes_luhn(digits):
                yield match.span()
    if country is not None and not is_nordic:
        return
    for pattern in _SWEDISH:
        for match in pattern.finditer(text):
            digits = match[1] + match[2]
            if _is_date(digits[4:6], digits[2:4]) and (is_nordic or _passes_luhn(digits)):
                yield match.span()
    for match in _NORWEGIAN.finditer(text):
        digits = _kept(match[0])
        if _is_date(digits[:2], digits[2:4]) and (is_nordic or _is_weighed(digits, *_NORWEGIAN_WEIGHTS)):
            yield match.span()
    for match in _DANISH.finditer(text):
        digits = _kept(match[0])
        if _is_date(digits[:2], digits[2:4]) and (is_nordic or _is_weighed(digits, _DANISH_WEIGHTS)):
            yield match.span()
    yield from (match.span() for match in _FINNISH.finditer(text) if _is_finnish(match, country))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_finnish(match: re.Match[str], country: str | None) -> bool:
    day, sign, serial, check = match.groups()
    # Ten digits without a sign between them are more likely something else, abroad.
    is_plain_number = not sign and check.isdigit() and country != "FI"
    return not is_plain_number and _is_date(day[:2], day[2:4]) and _FINNISH_CHECKS[int(day + serial) % 31] == check


def _is_date(day: str, month: str) -> bool:
    # Swedish co-ordination numbers add 60 to the day, Norwegian D-numbers 40.
    return day.isdigit() and month.isdigit() and 1 <= int(day) % 60 <= 31 and 1 <= int(month) <= 12


def _passes_luhn(digits: str) -> bool:
    doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(digits))
    return sum(map(int, doubled)) % 10 == 0


def _is_weighed(digits: str, *weights: tuple[int, ...]) -> bool:
    """Return whether the digits, each times its weight, add up to a multiple of eleven, by each row of weights."""
    return all(
        sum(int(digit) * weight for digit, weight in zip(digits, row, strict=False)) % 11 == 0 for row in weights
    )
