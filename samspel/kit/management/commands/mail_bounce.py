import sys

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.kit.mail.bounces import LARGEST, Unreadable, note_bounce
from samspel.kit.models import Mail


class Command(Base):
    help = "Read a delivery report on stdin, and mark the mail it is about as bounced."

    def handle(self, **options):
        try:
            mail, report = note_bounce(sys.stdin.buffer.read(LARGEST + 1))
        except Unreadable as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        if mail.state == Mail.State.BOUNCED:
            self.stdout.write(f"The mail {mail.message_id} came back: {mail.error}")
        else:
            self.stdout.write(f"Nothing is changed: the report says “{report.action[:40]}” of {mail.message_id}.")
