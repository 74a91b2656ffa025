from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
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
        self.report(report.as_dict(), as_json=json, text=report_text(report))
