"""Whom to complain to, by country."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Authority:
    """One that watches over a law in one country."""

    country: str
    country_name: Any
    name: str
    url: str


PRIVACY = (
    Authority("SE", _("Sweden"), "Integritetsskyddsmyndigheten (IMY)", "https://www.imy.se/"),
    Authority("NO", _("Norway"), "Datatilsynet", "https://www.datatilsynet.no/"),
)
ACCESSIBILITY = (
    Authority("SE", _("Sweden"), "Myndigheten för digital förvaltning (Digg)", "https://www.digg.se/tdosanmalan"),
    Authority("NO", _("Norway"), "Tilsynet for universell utforming av ikt (uutilsynet)", "https://www.uutilsynet.no/"),
)


def of_the_hub(authorities):
    """Return those of the hub's own countries, all where it has none of theirs."""
    return [one for one in authorities if one.country in settings.HOME_COUNTRIES] or list(authorities)
