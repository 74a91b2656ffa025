from argparse import ArgumentTypeError
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date, timedelta

from django.conf import settings

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake.sources import Stopped, doffin, ted
from samspel.lake.store import Busy
from samspel.notices import actions
from samspel.notices.report import report_text, unreadable_text


class Command(Base):
    help = "Fetch notices from TED or Doffin and load them."
    reports = True

    def add_arguments(self, parser):
        yesterday = date.today() - timedelta(days=1)
        parser.add_argument("source", choices=["ted", "doffin"])
        parser.add_argument("--since", type=_day, default=yesterday, metavar="YYYY-MM-DD", help="default: yesterday")
        parser.add_argument("--until", type=_day, default=yesterday, metavar="YYYY-MM-DD", help="default: yesterday")
        parser.add_argument("--country", default="", help="ISO codes with commas between, such as NO,SE; default: all")

    def handle(self, *, source, since, until, country, json, **options):
        if since > until:
            raise CommandError("--since must not be later than --until.", returncode=2)
        countries = [code.strip().upper() for code in country.split(",") if code.strip()]
        try:
            with self.progress(f"Fetching from {source}") as tell, closing(_source(source)) as asked:
                harvested, loaded = actions.harvest_notices(
                    asked,
                    since=since,
                    until=until,
                    countries=countries,
                    progress=lambda day, kept, documents: tell(kept, f"{day}: {kept} of {documents}"),
                )
        except Busy as busy:
            raise CommandError(str(busy)) from busy
        facts = harvested.as_json() | {"load": loaded.as_dict() if loaded else None}
        self.report(facts, as_json=json, text=_text(harvested, loaded))
        if harvested.outcome != "complete":
            raise CommandError(harvested.message or "Not everything could be fetched.", returncode=3)
        if loaded and loaded.unreadable_total:
            raise CommandError(unreadable_text(loaded), returncode=3)


def _source(name):
    try:
        if name == "ted":
            limits = _limits(ted.LIMITS, settings.TED_LIMITS)
            return ted.Ted(base_url=settings.TED_URL, packages_url=settings.TED_PACKAGES_URL, limits=limits)
        limits = _limits(doffin.LIMITS, settings.DOFFIN_LIMITS)
        return doffin.Doffin(settings.DOFFIN_KEY, base_url=settings.DOFFIN_URL, limits=limits)
    except Stopped as stopped:
        raise CommandError(str(stopped)) from stopped


def _limits(limits, wanted):
    """Return the limits with those that the settings name set otherwise."""
    kinds = {name: type(value) for name, value in asdict(limits).items()}
    if unknown := sorted(wanted.keys() - kinds.keys()):
        raise CommandError(f"There is no limit called {', '.join(unknown)}. There are: {', '.join(kinds)}.")
    try:
        return replace(limits, **{name: kinds[name](value) for name, value in wanted.items()})
    except ValueError as error:
        raise CommandError(f"A limit is no number: {error}.") from error


def _text(harvested, loaded):
    fetched = f"{harvested.source}: {harvested.fetched:,} fetched, {harvested.skipped:,} already here."
    return "\n".join([fetched, report_text(loaded) if loaded else "Nothing new to load."])


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is no day; write it as 2026-11-20"
        raise ArgumentTypeError(message) from None
