"""One key per body that buys or supplies, the same in every notice that names it the same way."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from samspel.lake.notice import Buyer, Winner
from samspel.registration_numbers import is_personal_number

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_FOLD = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ð": "d", "þ": "th", "ł": "l"})


# What the Swedish statistics write in place of a sole trader's name: many people, not one.
NAMELESS = "Personuppgift"


def party_key(party: Buyer | Winner) -> str:
    """Return the body's key: country and registration number, else country and name.

    A sole trader's number is a personal number in Sweden, so a person's key is made from the name alone, whether the
    notice says that it is a person or only the number does; nothing of the number can be read from the key or tried
    against it. Somebody without a name has no key ("").
    """
    if party.name == NAMELESS:
        return ""
    country = party.country or "XX"
    is_person = isinstance(party, Winner) and party.is_person
    if party.identifier and not is_person and not is_personal_number(party.identifier, party.country):
        return f"{country}-{_NOT_A_WORD.sub('', party.identifier.lower())}"
    return f"{country}-{slug(party.name)}"


def slug(name: str) -> str:
    """Return a name as a part of an address: a–z, digits and hyphens, told apart by a digest when cut or empty."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_FOLD)).encode("ascii", "ignore").decode()
    words = _NOT_A_WORD.sub("-", plain).strip("-")
    if 3 <= len(words) <= 80 and not words.replace("-", "").isdigit():
        return words
    return f"{words[:60]}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}".strip("-")
