"""Asking to act for an organisation, and taking it back."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations import numbers
from samspel.organisations.bodies.actions import tie_by_number
from samspel.organisations.joining import emails
from samspel.organisations.joining.domains import proving_domain
from samspel.organisations.models import SUPPLIERS, Kind, Membership, Organisation, Person, Role
from samspel.organisations.permissions import Permission, Refused, require

VERBS = [
    trail.Verb("organisation.registered", gettext_lazy("registered the organisation")),
    trail.Verb("membership.asked", gettext_lazy("asked to join")),
    trail.Verb("membership.claimed", gettext_lazy("asked to be administrator")),
    trail.Verb(
        "membership.proved",
        gettext_lazy("let the person in as administrator: the e-mail domain is known from official notices"),
    ),
    trail.Verb("membership.withdrawn", gettext_lazy("took back the request")),
    trail.Verb("membership.approved", gettext_lazy("let the person in")),
    trail.Verb("membership.refused", gettext_lazy("refused the request")),
]


class NumberTaken(Refused):
    """The organisation is there already, as ``organisation``."""

    def __init__(self, organisation):
        super().__init__(_("There is already an organisation with this number."))
        self.organisation = organisation


@transaction.atomic
def register(*, by, name, kind, country, number, role, message=""):
    """Add an organisation, ask for its administration, and return the membership.

    Sending the same twice is one organisation. Raises NumberTaken, Refused.
    """
    require(by, Permission.ASK_TO_JOIN)
    # One at a time for each person, so that a double click finds what the first one did.
    Person.objects.select_for_update().get(pk=by.person_id)
    facts = {"name": name, "kind": kind, "country": country, "number": numbers.plain(number, country)}
    if again := Membership.objects.filter(
        person_id=by.person_id,
        ended_at__isnull=True,
        organisation__registered_by=F("person_id"),
        **{f"organisation__{field}": value for field, value in facts.items()},
    ).first():
        return again
    _require_a_kind_that_registers(kind, facts["number"])
    organisation = _added(facts, by)
    trail.record("organisation.registered", organisation, by=by)
    tie_by_number(organisation=organisation, by=by)
    return ask(organisation, by=by, role=role, message=message, claims=True)


@transaction.atomic
def ask(organisation, *, by, role, message="", claims=False, at=None):
    """Ask to join, or with ``claims`` to administer an organisation that nobody administers; return the membership.

    Who claims and whose confirmed e-mail domain official notices give for the organisation is let in at once. Asking
    again changes nothing. Raises Refused.
    """
    require(by, Permission.ASK_TO_JOIN, organisation)
    # One at a time for each organisation: two requests of one person are one, and one claim is granted by its domain.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = Membership.objects.filter(person_id=by.person_id, organisation=organisation, ended_at__isnull=True).first()
    if held and (held.is_claim or not claims or held.administers):
        return held
    _require_joinable(organisation, role, claims=claims)
    at = at or timezone.now()
    held = _asked(held or Membership(person=by.person, organisation=organisation, role=role), message, claims, at)
    trail.record("membership.claimed" if claims else "membership.asked", held, by=by)
    if claims and proving_domain(by.person, organisation):
        _prove(held, at)
    else:
        emails.asked(held, by=by)
    return held


@transaction.atomic
def withdraw(membership, *, by, at=None):
    """Take back one's own request; twice is once. Raises Refused where it has been answered meanwhile."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    held = Membership.objects.get(pk=membership.pk)
    if held.person_id != by.person_id:
        raise Refused(_("You can take back only your own requests."))
    if held.ended_at and held.ended_by_id == by.person_id:
        return held
    if not held.waits:
        raise Refused(_("Your request has been answered meanwhile."))
    before = trail.state(held)
    if held.is_asked:
        held.ended_at, held.ended_by = at or timezone.now(), by.person
    else:
        held.claimed_at = None
    held.save()
    trail.record("membership.withdrawn", held, by=by, before=before)
    return held


def _require_a_kind_that_registers(kind, number):
    if kind == Kind.PROGRAMME_PARTNER:
        raise Refused(_("Partners of the programme are added by the programme."))
    if not number and kind not in SUPPLIERS:
        raise Refused(_("A public buyer has a registration number."))


def _added(facts, by):
    taken = Organisation.objects.filter(country=facts["country"], number=facts["number"]).exclude(number="")
    if other := taken.first():
        raise NumberTaken(other)
    try:
        with transaction.atomic():
            return Organisation.objects.create(**facts, registered_by=by.person)
    except IntegrityError as error:
        # Somebody else was quicker.
        raise NumberTaken(taken.get()) from error


def _require_joinable(organisation, role, *, claims):
    if organisation.successor:
        raise Refused(
            _("%(organisation)s is now part of %(successor)s. Ask to join that one instead.")
            % {"organisation": organisation, "successor": organisation.successor}
        )
    if role not in Role.for_organisation(organisation):
        raise Refused(_("Choose one of the roles that the organisation has."))
    if claims and organisation.is_programme:
        raise Refused(_("The programme itself chooses who administers it."))
    if claims and Membership.objects.in_charge(organisation).exists():
        raise Refused(_("The organisation has an administrator now. Ask to join it instead."))


def _asked(held, message, claims, at):
    """Write the request down, in a new membership or one that is held or asked for already."""
    held.message = message or held.message
    if held.pk is None:
        held.asked_at = at
    if claims:
        held.claimed_at, held.claim_answered_at, held.claim_answered_by, held.refusal = at, None, None, ""
        held.administers = held.is_asked
    held.save()
    return held


def _prove(held, at):
    before = trail.state(held)
    held.administers, held.claim_answered_at = True, at
    held.approved_at = held.approved_at or at
    held.save()
    trail.record("membership.proved", held, by=None, before=before)
