import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.kit.jobs import worker
from samspel.notices import actions
from samspel.notices.lake import real_lake


class Command(Base):
    help = "Bring the database up to date and serve the hub."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", default="8000", help="port to listen on (default: 8000)")
        parser.add_argument("--workers", default="2", help="processes, about one for each core (default: 2)")
        parser.add_argument("--no-work", action="store_true", help="do no jobs: samspel work runs somewhere else")

    def handle(self, *, host, port, workers, no_work, **options):
        if not settings.ALLOWED_HOSTS:
            message = "ALLOWED_HOSTS is empty: say under which names the hub is asked for, such as hub.example.org."
            raise CommandError(message, returncode=2)
        settings.HOME.path.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        if settings.DEVELOPMENT and real_lake().is_empty():
            actions.fill_sample()
        here = f"http://localhost:{port}"
        names = f" (behind {', '.join(settings.ALLOWED_HOSTS)})"
        self.stdout.write(f"Samspel is at {here}{'' if settings.DEVELOPMENT else names}")
        self.stdout.flush()
        if not no_work:
            subprocess.Popen(worker.command())  # noqa: S603 (fixed words; it ends when this process does)
        # One thread in each worker, with connections kept open: the fastest on SQLite, and no lock is fought over.
        granian = str(Path(sys.executable).with_name("granian"))
        place = ["--host", host, "--port", port, "--workers", workers, "--blocking-threads", "1"]
        words = [
            granian,
            "--interface",
            "wsgi",
            "--no-ws",
            "--log-level",
            "warning",
            *place,
            "samspel.wsgi:application",
        ]
        os.execv(granian, words)  # noqa: S606 (the server takes this process's place: one to stop, one to watch)
