"""Registration numbers as people type them, by the rules of each country."""

import re

from django.utils.translation import gettext_lazy as _

from samspel.registration_numbers import cleaned

_NORWEGIAN_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_DANISH_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_FINNISH_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def plain(typed, country):
    """Return a number as digits and capital letters, without spaces, hyphens and the ends of a VAT number."""
    return cleaned(typed, country) or ""


def wrong(number, country):
    """Return in words what is wrong with a number, None where nothing is or the country's rule is not known."""
    rule = _RULES.get(country)
    return None if rule is None or rule[0](number) else rule[1]


def _is_norwegian(number):
    """Nine digits, the last by modulus 11 (Brønnøysundregistrene, organisasjonsnummer)."""
    if not re.fullmatch("[0-9]{9}", number):
        return False
    remainder = sum(weight * int(digit) for weight, digit in zip(_NORWEGIAN_WEIGHTS, number, strict=False)) % 11
    return (11 - remainder) % 11 == int(number[-1])


def _is_swedish(number):
    """Ten digits, the last by Luhn (Skatteverket, organisationsnummer); a sole trader's is the personal number."""
    if not re.fullmatch("[0-9]{10}", number):
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(number))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _is_danish(number):
    """Eight digits, weighted sum divisible by 11 (Erhvervsstyrelsen, CVR-nummer)."""
    if not re.fullmatch("[0-9]{8}", number):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_DANISH_WEIGHTS, number, strict=True)) % 11 == 0


def _is_finnish(number):
    """Seven digits and a check digit by modulus 11, where 1 is never given out (PRH, Y-tunnus)."""
    if not re.fullmatch("[0-9]{8}", number):
        return False
    remainder = sum(weight * int(digit) for weight, digit in zip(_FINNISH_WEIGHTS, number, strict=False)) % 11
    return remainder != 1 and (11 - remainder) % 11 == int(number[-1])


_RULES = {
    "NO": (_is_norwegian, _("A Norwegian organisation number has nine digits. Check that all of them are right.")),
    "SE": (_is_swedish, _("A Swedish organisation number has ten digits. Check that all of them are right.")),
    "DK": (_is_danish, _("A Danish CVR number has eight digits. Check that all of them are right.")),
    "FI": (_is_finnish, _("A Finnish business ID has seven digits and a check digit. Check that all are right.")),
}
