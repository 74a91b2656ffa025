"""What the commands on failed jobs have in common: which jobs, and what is said when it is done."""

from samspel.kit.commands import Command, CommandError
from samspel.kit.jobs.actions import NotFailed


class OnFailedJobs(Command):
    """A verb on failed jobs. Subclasses set ``act``, which takes their numbers, and ``told``, the report."""

    reports = True

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("numbers", nargs="*", default=[], metavar="ID", help="numbers that samspel jobs list shows")
        which.add_argument("--all", action="store_true", dest="everything", help="every failed job")

    def handle(self, *, numbers, everything, json, **options):
        try:
            count = self.act([] if everything else numbers)
        except NotFailed as refused:
            raise CommandError(str(refused)) from refused
        self.report({"jobs": count}, as_json=json, text=self.told.format(count=count))
