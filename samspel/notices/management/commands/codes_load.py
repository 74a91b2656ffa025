from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake.codelists import CodeLists
from samspel.lake.editions import Unusable


class Command(Base):
    help = "Load official code lists (CPV in Bokmål among them) from an eForms SDK."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the SDK's folder or zip, or a folder of CSV files")

    def handle(self, *, path, json, **options):
        if not path.exists():
            raise CommandError(f"There is no file or folder called {path}.", returncode=2)
        try:
            report = CodeLists(settings.HOME.codes).load(path)
        except Unusable as unusable:
            raise CommandError(str(unusable)) from unusable
        lines = [f"{name:<32} {number:>7,} codes" for name, number in report.lists.items()]
        lines += [f"Passed over: {name}: {why}" for name, why in report.skipped]
        self.report(asdict(report), as_json=json, text="\n".join(lines))
