from samspel.kit.commands import Command as Base
from samspel.notices import actions


class Command(Base):
    help = "Remove the invented notices."

    def handle(self, **options):
        removed = actions.remove_sample()
        self.stdout.write("The sample is removed." if removed else "There is no sample.")
