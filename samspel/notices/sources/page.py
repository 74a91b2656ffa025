"""The sources of the hub's notices: what each is, under what terms, and what it cannot say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class About:
    """A source in words."""

    key: str
    name: Any
    url: str
    what: Any
    terms: Any
    command: str  # how notices of it come into the hub
    silent: tuple[Any, ...]  # what it cannot say


ABOUT = (
    About(
        "ted",
        _("TED, the EU’s notice database"),
        "https://ted.europa.eu/",
        _("Notices of public purchases above the EU’s thresholds, from all of the EU and the EEA."),
        _("Free to reuse (Commission Decision 2011/833/EU)."),
        "samspel notices harvest ted --country NO,SE --since 2026-01-01",
        (
            _("Purchases under the thresholds, which are most purchases."),
            _("Marks for innovation before 25 October 2023, when the format eForms became compulsory."),
            _("What came of a purchase whose buyer never published a result."),
        ),
    ),
    About(
        "doffin",
        _("Doffin, Norway’s notice database"),
        "https://www.doffin.no/",
        _("Norwegian notices, above and under the EU’s thresholds."),
        _("CC BY 4.0."),
        "samspel notices harvest doffin --since 2026-01-01",
        (
            _("Its search lists marks for innovation only inside each notice’s document, so those are fetched too."),
            _("Notices read from its search alone often lack value, deadline and place."),
            _("A market dialogue announced as a plan cannot carry a mark for innovation."),
        ),
    ),
    About(
        "uhm",
        _("Upphandlingsmyndigheten’s statistics, Sweden"),
        "https://www.upphandlingsmyndigheten.se/statistik/",
        _("Swedish procurements that were advertised, above and under the thresholds, with suppliers and tenders."),
        _("CC0."),
        "samspel notices load uhm-2021-procurements.csv.gz",
        (
            _("Whether a mark that is missing means no or not stated: the marks say yes or nothing."),
            _("Who the supplier is beyond its name: no registration numbers, and no names of sole traders."),
            _("The text of the notice: only its title is there. The day is that of the advertisement."),
            _(
                "Some procurements stand only in its tables of suppliers, values or tenders, not in the table of "
                "procurements. The hub counts them too, so it has a few more than the authority."
            ),
            _("Which marks a buyer could set: nearly all marks come from one of the advertising databases."),
        ),
    ),
)
