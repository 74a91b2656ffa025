"""Codes in words. The code lists belong to an app after this one, which adds them when the hub starts::

    code_lists.add(CodeList("cpv", in_words, codes))

Without them a code stands as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from samspel.kit.registry import Registry

CPV, REGION, COUNTRY = "cpv", "region", "country"


@dataclass(frozen=True)
class CodeList:
    """A code list. ``name(code)`` returns its name, None where there is none; ``codes(country)`` those to
    choose from, where they are few enough for that.

    A name may be safe HTML, where it is in another language than the page's.
    """

    key: str
    name: Callable[[str], Any]
    codes: Callable[[str], Iterable[str]] | None = None
    order: int = 100


code_lists = Registry()


def named(key, code):
    """Return a code in words, the code itself where nobody has words for it."""
    known = code_lists.get(key)
    return (known and code and known.name(code)) or code


def is_known(key, code):
    """Return whether a code list has a code; where there is no list, any code will do."""
    known = code_lists.get(key)
    return known is None or known.name(code) is not None


def choices(key, country):
    """Return the codes of a country to choose from, each with its name, by name; none where nobody has them."""
    known = code_lists.get(key)
    if known is None or known.codes is None:
        return []
    found = [(code, str(named(key, code))) for code in known.codes(country)]
    return sorted(found, key=lambda choice: choice[1].casefold())
