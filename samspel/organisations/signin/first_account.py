"""The first account of a hub: somebody of the programme, who lets all others in."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samspel.kit import trail
from samspel.organisations.models import Kind, Membership, Organisation, Person, Role
from samspel.organisations.signin.plain_text import plain_line


class Refused(Exception):
    """The account cannot be made so. The message is fit to show."""


@transaction.atomic
def create_administrator(*, email, name="", organisation="", country="SE", password=None):
    """Make sure that somebody administers the programme, and return what is so now. Done twice, it changes nothing.

    The address counts as confirmed: who runs the hub says that it is this person's. A password is set where the person
    has none. Raises Refused.
    """
    address = _address(email)
    person = Person.objects.filter(email=address).first()
    is_new = person is None
    if person is None:
        person = Person.objects.create_user(address, name=_name(name))
        trail.record("person.signed_up", person, by=None)
    _check_open(person)
    _confirm(person)
    _set_password(person, password)
    programme = _programme(organisation, country)
    membership = _membership(person, programme)
    return {
        "email": person.email,
        "person": person.pk,
        "new": is_new,
        "organisation": programme.name,
        "administers": membership.administers,
        "password": person.has_usable_password(),
    }


def one_time_link(email):
    """Return a link that sets the person's password, once, within the time that the settings say."""
    person = Person.objects.get(email=_address(email))
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.HUB_URL + reverse("account_reset_password_from_key", kwargs=key)


def _address(email):
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(f"“{email}” is no e-mail address.") from error
    return address


def _name(name):
    try:
        plain_line(name)
    except ValidationError as error:
        raise Refused("The name holds signs that cannot be seen.") from error
    return name.strip()[:200]


def _check_open(person):
    if not person.is_active or person.erased_at:
        raise Refused(f"The account {person.email} is closed.")


def _confirm(person):
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True, primary=True)
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def _set_password(person, password):
    if password is None or (person.has_usable_password() and person.check_password(password)):
        return
    if person.has_usable_password():
        raise Refused(f"{person.email} has another password already. Leave it out, and use the link to set a new one.")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    trail.record("person.password_changed", person, by=None)


def _programme(name, country):
    """Return the programme's organisation: the one named, else the only one, made where there is none."""
    partners = Organisation.objects.current().filter(kind=Kind.PROGRAMME_PARTNER)
    if name and (found := partners.filter(name=name).first()):
        return found
    if not name and partners.count() > 1:
        raise Refused(
            f"The programme has several partners. Name one: {', '.join(partners.values_list('name', flat=True))}"
        )
    if not name and (only := partners.first()):
        return only
    made = Organisation(name=_name(name) or "Programme", kind=Kind.PROGRAMME_PARTNER, country=country)
    try:
        made.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    made.save()
    trail.record("organisation.registered", made, by=None)
    return made


def _membership(person, programme):
    held = Membership.objects.filter(person=person, organisation=programme, ended_at__isnull=True).first()
    if held and held.is_current and held.administers and held.region is None:
        return held
    before = trail.state(held) if held else None
    held = held or Membership(person=person, organisation=programme)
    held.role, held.administers, held.region = Role.ADVISER, True, None
    held.approved_at = held.approved_at or timezone.now()
    held.save()
    trail.record("membership.approved", held, by=None, before=before)
    return held
