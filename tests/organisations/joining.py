"""What the tests of joining and of members share."""

from django.test import Client
from django.utils import timezone

from samspel.kit import registry
from samspel.kit.models import Mail, TrailEntry
from samspel.organisations.actors import Actor
from samspel.organisations.joining import domains
from tests import make


def somebody(**facts):
    """Return a person who acts for nobody."""
    return Actor(make.person(**facts))


def adviser(region=None):
    """Return an adviser of the programme, of the whole country unless the test names a region."""
    return make.actor(organisation=make.organisation(name="Programmet", kind="programme_partner"), region=region)


def browser(actor):
    """Return a client that an actor is signed in with, acting for the actor's organisation."""
    client = Client()
    client.force_login(actor.person)
    if actor.organisation:
        session = client.session
        session["acting_for"] = actor.organisation_id
        session.save()
    return client


def confirm(person, address=None):
    """Confirm an e-mail address of a person, as the mail with the code does."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=person, email=address or person.email, verified=True, primary=True)


def notices_give(monkeypatch, **bodies):
    """Let official notices give domains: lillanas_example=1 is the domain lillanas.example, of one body."""
    given = {name.replace("_", "."): number for name, number in bodies.items()}
    source = domains.DomainSource("test", lambda _organisation: given)
    monkeypatch.setattr(domains, "sources", [source])


def told(record):
    """Return what the trail tells of a record: verb and person, the oldest first."""
    return [(entry.verb, entry.person_id) for entry in TrailEntry.objects.of(record).order_by("pk")]


def mails():
    """Return the mails that were written: address and subject."""
    return [(mail.address, mail.subject) for mail in Mail.objects.order_by("pk")]


class Notebooks:
    """Things of a later app, handed over when somebody leaves."""

    def __init__(self, **owned):
        self.owned = owned  # name of the thing → person's id

    def __enter__(self):
        registry.handover.add(registry.Handover("notebooks", "Notebooks", self.count, self.hand_over))
        return self

    def __exit__(self, *error):
        registry.handover.remove("notebooks")

    def count(self, person, organisation):
        return list(self.owned.values()).count(person.pk)

    def hand_over(self, giver, taker, organisation, by):
        self.owned = {name: taker.pk if pk == giver.pk else pk for name, pk in self.owned.items()}


def closed(person):
    """Close an account."""
    person.is_active, person.erased_at = False, timezone.now()
    person.save()
