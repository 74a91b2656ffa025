from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake.load import Stopped
from samspel.lake.store import Busy
from samspel.notices import actions
from samspel.notices.report import report_text


class Command(Base):
    help = "Read every kept document anew, as after an update of the hub."
    reports = True

    def handle(self, *, json, **options):
        try:
            with self.progress("Reading again") as tell:
                report = actions.read_again(progress=tell)
        except Busy as busy:
            raise CommandError(str(busy)) from busy
        except Stopped as stopped:
            message = f"{stopped} What was done so far is kept; run the same command again to go on."
            raise CommandError(message) from stopped
        self.report(report.as_dict(), as_json=json, text=report_text(report))
