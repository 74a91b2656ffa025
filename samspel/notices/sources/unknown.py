"""Values that the hub does not know, for a reader: which field each stands in."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.notices.words import DEADLINES


@dataclass(frozen=True)
class Unknown:
    """A value as it stands, its field in words and by its number in eForms, and how many notices have it."""

    value: str
    field: str
    words: Any
    notices: int


def unknown(code, notices):
    """Take a code such as "BT-132(d):2024-10-14" apart."""
    field, _colon, value = code.partition(":")
    number = field.partition("(")[0]
    return Unknown(value, number, FIELDS.get(number, ""), notices)


FIELDS = {
    "BT-01": _("Law"),
    "BT-10": _("The buyer’s activity"),
    "BT-11": _("Kind of buyer"),
    "BT-13": DEADLINES["questions"],
    "BT-23": _("Nature"),
    "BT-27": _("Estimated value"),
    "BT-36": _("Duration"),
    "BT-105": _("Procedure"),
    "BT-131": DEADLINES["tenders"],
    "BT-132": DEADLINES["opening"],
    "BT-140": _("Why the notice was changed"),
    "BT-142": _("Outcome of a lot"),
    "BT-144": _("Why a lot was not awarded"),
    "BT-161": _("Awarded value"),
    "BT-165": _("The supplier’s size"),
    "BT-262": _("CPV"),
    "BT-263": _("CPV"),
    "BT-514": _("Country"),
    "BT-630": DEADLINES["interest"],
    "BT-720": _("Awarded value"),
    "BT-759": _("Number of tenders"),
    "BT-765": _("Framework"),
    "BT-774": _("Mark for the environment"),
    "BT-775": _("Mark for social aims"),
    "BT-776": _("Mark for innovation"),
    "BT-800": DEADLINES["answers"],
    "BT-1311": DEADLINES["requests"],
    "BT-5071": _("Place"),
    "OPP-070": _("Subtype of the notice"),
    "OPP-090": _("The notice that this one follows"),
}
