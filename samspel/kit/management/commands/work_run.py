from argparse import SUPPRESS

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.kit.jobs.tasks import LONG, SHORT
from samspel.kit.jobs.worker import Worker, end_with


class Command(Base):
    help = "Do the hub's jobs: mails, the nightly harvest and whatever else waits in the queue."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due, and end")
        parser.add_argument("--long", action="store_true", help="only long jobs, such as a harvest")
        parser.add_argument("--beside", type=int, metavar="PID", help=SUPPRESS)

    def handle(self, *, once, long, beside, **options):
        if beside:
            end_with(beside)
        if _is_behind():
            raise CommandError("The database is not up to date: start the hub first (samspel hub run).")
        queues = [LONG] if long else [SHORT, LONG] if once else [SHORT]
        worker = Worker(queues)
        worker.listen()
        if once:
            worker.run_due()
        else:
            worker.run()


def _is_behind():
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
