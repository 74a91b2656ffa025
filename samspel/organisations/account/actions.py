"""What people do with their own account: change the details, take out their data, be erased."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations.account import rows
from samspel.organisations.account.charge import last_in_charge
from samspel.organisations.members.actions import end_all
from samspel.organisations.models import Membership, Organisation, Person
from samspel.organisations.permissions import Refused
from samspel.organisations.signin.actions import remove_ways_in

VERBS = (
    trail.Verb("person.details_changed", gettext_lazy("changed the own details")),
    trail.Verb("person.data_taken_out", gettext_lazy("took out the own data")),
    trail.Verb("person.erased", gettext_lazy("erased the account")),
    trail.Verb("records.deleted", gettext_lazy("deleted what had been kept long enough")),
)


@transaction.atomic
def change_details(person, *, by, name, language):
    """Change a person's own name and language. Raises Refused."""
    _require_own(person, by)
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = trail.state(held)
    held.name, held.language = name, language
    held.save(update_fields=["name", "language"])
    trail.record("person.details_changed", held, by=by, before=before)
    return held


@transaction.atomic
def note_own_data(person, *, by):
    """Write that a person takes out their own data. Raises Refused."""
    _require_own(person, by)
    return trail.record("person.data_taken_out", person, by=by)


@transaction.atomic
def erase(person, *, by, leaving=(), at=None):
    """Erase a person: all that says who it was, every way in, and working copies; what others need stays, nameless.

    ``by`` is the person, or None where the programme was asked and does it by command. ``leaving`` are the ids of
    organisations that may be left with nobody in charge. Erasing twice changes nothing. Raises Refused.
    """
    _lock_organisations(person)
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if held.erased_at:
        return held
    if by is not None:
        _require_own(person, by)
    _require_others_in_charge(held, leaving)
    end_all(held, by=by, at=at)
    for _model, copies in rows.working_copies(held):
        copies.delete()
    remove_ways_in(held)
    return _emptied(held, by, at or timezone.now())


def _require_own(person, by):
    if by.person_id != person.pk:
        raise Refused(_("You can do this with your own account only."))


def _lock_organisations(person):
    """Lock where the person is a member, as who ends a membership does: two cannot leave as the last at once."""
    held = Membership.objects.filter(person=person, ended_at__isnull=True)
    list(Organisation.objects.select_for_update().filter(pk__in=held.values("organisation")).order_by("pk"))


def _require_others_in_charge(person, leaving):
    left = [held for held in last_in_charge(person) if held.membership.organisation_id not in leaving]
    if left:
        names = ", ".join(str(held.membership.organisation) for held in left)
        raise Refused(_("You are the last who looks after %(organisations)s.") % {"organisations": names})


def _emptied(person, by, at):
    before = trail.state(person)
    # A name that nobody can receive mail at (RFC 2606), and nobody can guess and take beforehand.
    person.email = f"{uuid4().hex}@erased.invalid"
    person.name = person.language = ""
    person.is_active = person.is_superuser = False
    person.last_login, person.erased_at = None, at
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    trail.record("person.erased", person, by=by, before=before)
    return person
