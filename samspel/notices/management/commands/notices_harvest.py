from argparse import ArgumentTypeError
from contextlib import closing
from datetime import date, timedelta

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake.store import Busy
from samspel.notices import actions, asking
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
            with self.progress(f"Fetching from {source}") as tell, closing(asking.source(source)) as asked:
                harvested, loaded = actions.harvest_notices(
                    asked,
                    since=since,
                    until=until,
                    countries=countries,
                    progress=lambda day, kept, documents: tell(kept, f"{day}: {kept} of {documents}"),
                )
        except (Busy, asking.NotSetUp) as refused:
            raise CommandError(str(refused)) from refused
        facts = harvested.as_json() | {"load": loaded.as_dict() if loaded else None}
        self.report(facts, as_json=json, text=_text(harvested, loaded))
        if harvested.outcome != "complete":
            raise CommandError(harvested.message or "Not everything could be fetched.", returncode=3)
        if loaded and loaded.unreadable_total:
            raise CommandError(unreadable_text(loaded), returncode=3)


def _text(harvested, loaded):
    fetched = f"{harvested.source}: {harvested.fetched:,} fetched, {harvested.skipped:,} already here."
    return "\n".join([fetched, report_text(loaded) if loaded else "Nothing new to load."])


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is no day; write it as 2026-11-20"
        raise ArgumentTypeError(message) from None
