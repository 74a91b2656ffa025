from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.notices import actions


class Command(Base):
    help = "Fill a hub in development with invented notices to look at."

    def handle(self, **options):
        try:
            actions.fill_sample()
        except actions.Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("The sample is there. Remove it with: samspel sample remove")
