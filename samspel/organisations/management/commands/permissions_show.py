from samspel.kit.commands import Command as Base
from samspel.organisations.who_may.document import document


class Command(Base):
    help = "Print the table of permissions as a page of the documentation."

    def handle(self, **options):
        self.stdout.write(document(), ending="")
