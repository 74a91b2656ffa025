from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.organisations.account import actions
from samspel.organisations.account.charge import last_in_charge
from samspel.organisations.models import Person
from samspel.organisations.permissions import Refused


class Command(Base):
    help = "Erase a person who has asked for it."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="E-MAIL", help="the address that the person signs in with")
        parser.add_argument("--even-if-last", action="store_true", help="also where nobody else is in charge after it")

    def handle(self, *, email, even_if_last, json, **options):
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError(f"There is no account with the address {email}.")
        left = [held.membership.organisation for held in last_in_charge(person)]
        try:
            actions.erase(person, by=None, leaving=[one.pk for one in left] if even_if_last else ())
        except Refused as refused:
            message = f"{refused} Let somebody else do that first, or say --even-if-last."
            raise CommandError(message) from refused
        facts = {"person": person.pk, "without_anybody_in_charge": [one.name for one in left]}
        self.report(facts, as_json=json, text=_text(person, left))


def _text(person, left):
    lines = [f"The person is erased. What stays names number {person.pk} only."]
    lines += [f"Nobody is in charge of {one.name} now." for one in left]
    return "\n".join(lines)
