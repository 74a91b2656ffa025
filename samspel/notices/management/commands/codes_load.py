from pathlib import Path

from django.conf import settings

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake import codelists


class Command(Base):
    help = "Load official code lists (CPV in Bokmål among them) from an eForms SDK."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the SDK's folder or zip, or a folder of CSV files")

    def handle(self, *, path, json, **options):
        try:
            report = codelists.load(path, settings.HOME.codes)
        except codelists.CodesRefused as refused:
            raise CommandError(str(refused)) from refused
        lines = [f"{name}: {count} codes" for name, count in sorted(report.items())]
        self.report(report, as_json=json, text="\n".join(lines))
