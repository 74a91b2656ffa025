from samspel.kit.commands import Command as Base
from samspel.lake import indexing
from samspel.notices.lake import current_lake


class Command(Base):
    help = "Make the search index anew; the old one serves until it is done."

    def handle(self, **options):
        with self.progress("Indexing notices") as tell:
            indexing.rebuild(current_lake(), progress=tell)
        self.stdout.write("The index is new.")
