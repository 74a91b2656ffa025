"""What the pages about one's own data show."""

from functools import cached_property
from itertools import islice

from django.utils.text import capfirst

from samspel.kit.personal_data import declared, elsewhere
from samspel.organisations.account import own_data, rows
from samspel.organisations.account.charge import held_by
from samspel.organisations.account.ways import in_words
from samspel.organisations.models import Person

# The page shows so many of each kind; the file has all.
MOST = 100


class OwnDataPage:
    """A person's own data, to read."""

    most = MOST

    def __init__(self, person):
        self._person = person

    @cached_property
    def parts(self):
        """Each kind with its newest records."""
        return [
            {"part": part, "records": part.records[-MOST:][::-1], "total": len(part.records)}
            for part in own_data.parts(self._person)
        ]

    @cached_property
    def mentions(self):
        return own_data.mentions(self._person)

    @cached_property
    def elsewhere(self):
        """What the libraries hold."""
        return [{"one": one, "groups": in_words(one.held(self._person))} for one in elsewhere]

    @cached_property
    def trail(self):
        return list(islice(own_data.trail_of(self._person), MOST))


class ErasurePage:
    """What is erased, what stays and why, and what has to be done first."""

    def __init__(self, person):
        self._person = person
        self.held = held_by(person)

    @property
    def with_belongings(self):
        """Memberships in which something can be handed over to a colleague."""
        return [held for held in self.held if held.belongings and held.has_colleagues]

    @property
    def to_pass_on(self):
        """Memberships by which the person is the last in charge, and a colleague could be."""
        return [held for held in self.held if held.is_last and held.has_colleagues]

    @property
    def alone(self):
        """Memberships by which the person is the last, and nobody else is there."""
        return [held for held in self.held if held.is_last and not held.has_colleagues]

    @property
    def erased(self):
        """The kinds of working copies that are deleted."""
        return [capfirst(str(model._meta.verbose_name_plural)) for model, _rows in rows.working_copies(self._person)]

    @property
    def kept(self):
        """The kinds of records that stay, with how long."""
        kinds = {model for model, _rows in rows.working_copies(self._person)}
        return [
            {"label": capfirst(str(model._meta.verbose_name_plural)), "kept": said.kept}
            for model, said in declared().items()
            if said and said.fields and model not in kinds and model is not Person
        ]
