from pathlib import Path

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake.load import Stopped
from samspel.lake.store import Busy
from samspel.notices import actions
from samspel.notices.report import report_text, unreadable_text


class Command(Base):
    help = "Load notices from files, folders and archives."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, a folder or an archive")

    def handle(self, *, paths, json, **options):
        if missing := [str(path) for path in paths if not path.exists()]:
            raise CommandError(f"There is no file or folder called {', '.join(missing)}.", returncode=2)
        try:
            with self.progress("Reading notices") as tell:
                report = actions.load_notices(paths, progress=tell)
        except Busy as busy:
            raise CommandError(str(busy)) from busy
        except Stopped as stopped:
            message = f"{stopped} What was done so far is kept; run the same command again to go on."
            raise CommandError(message) from stopped
        self.report(report.as_dict(), as_json=json, text=report_text(report))
        if report.unreadable_total:
            raise CommandError(unreadable_text(report), returncode=3)
