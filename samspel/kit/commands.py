"""What every command of the hub has in common: --json, true progress, exit codes, no traceback for bad input."""

import json
import sys
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from samspel.kit.damage import damage_of

__all__ = ["Command", "CommandError"]


class Command(BaseCommand):
    """A verb. Subclasses set ``help``, add arguments, and implement ``handle``.

    A refusal is a CommandError: its message is printed and the exit code is 1. Wrong words give exit code 2.
    """

    requires_system_checks = []
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
        "--skip-checks",
    }
    reports = False

    def create_parser(self, prog_name, subcommand, **kwargs):
        noun, _, verb = subcommand.partition("_")
        parser = super().create_parser("samspel", f"{noun} {verb}", **kwargs)
        parser.prog = f"samspel {noun} {verb}"
        if self.reports:
            parser.add_argument("--json", action="store_true", help="print the report as JSON")
        return parser

    def execute(self, *args, **options):
        try:
            return self._told(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line:
                raise
            # Django would write the name of the exception before it.
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def report(self, facts, *, as_json, text):
        """Print the facts as JSON, or as the text that a person reads."""
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1, default=str) if as_json else text)

    @contextmanager
    def progress(self, what):
        """Give a function ``tell(count, detail)`` that shows how far a long work has come, on a terminal only."""
        console = Console(stderr=True)
        columns = [SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn()]
        with Progress(
            *columns, TextColumn("{task.fields[detail]}"), console=console, disable=not console.is_terminal
        ) as bar:
            task = bar.add_task(what, total=None, detail="")
            yield lambda count, detail="": bar.update(task, completed=count, detail=detail[-60:])

    def _told(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except BrokenPipeError as error:
            if _is_open(sys.stdout):
                raise CommandError(str(error)) from error
            # Nobody reads any longer what is printed, as after "| head".
            sys.stderr.close()
            return None
        except OSError as error:
            message = (
                f"The machine refused: {error}. What was done so far is kept; run the same command again to go on."
            )
            raise CommandError(message) from error
        except Exception as error:
            damage = damage_of(error)
            if damage is None:
                raise
            told = f"The notices cannot be read. {damage.advice} {damage.command}"
            message = str(error) if damage.is_told else told
            raise CommandError(message) from error
        except KeyboardInterrupt:
            message = "Stopped. What was done so far is kept; run the same command again to go on."
            raise CommandError(message, returncode=130) from None


def _is_open(stream):
    try:
        stream.flush()
    except BrokenPipeError:
        return False
    return True
