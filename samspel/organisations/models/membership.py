"""Who acts for which organisation, and in which role."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import Document, PersonalData
from samspel.organisations.models.organisation import Kind, Organisation
from samspel.organisations.models.person import Person
from samspel.organisations.models.region import ProgrammeRegion


class Role(models.TextChoices):
    """What somebody does for an organisation. Administering it comes on top of a role (``administers``)."""

    PROCURER = "procurer", _("Procurer")
    NEED_OWNER = "need_owner", _("Need owner")
    LEADER = "leader", _("Leader")
    OBSERVER = "observer", _("Observer")
    SUPPLIER = "supplier", _("Supplier")
    ADVISER = "adviser", _("Adviser of the programme")

    @classmethod
    def for_organisation(cls, organisation):
        """Return the roles that somebody can have in an organisation of this kind."""
        if organisation.is_programme:
            return (cls.ADVISER,)
        if organisation.is_supplier:
            return (cls.SUPPLIER,)
        return (cls.PROCURER, cls.NEED_OWNER, cls.LEADER, cls.OBSERVER)


# A person who has asked to administer, in a membership that waits or that holds already.
_CLAIMED = Q(ended_at__isnull=True, administers=True, approved_at__isnull=True) | Q(
    ended_at__isnull=True, claimed_at__isnull=False, claim_answered_at__isnull=True
)


class MembershipQuerySet(models.QuerySet):
    def asked(self):
        """Narrow to those that wait for an answer."""
        return self.filter(approved_at__isnull=True, ended_at__isnull=True)

    def claims(self):
        """Narrow to those whose person has asked to administer and waits for an answer."""
        return self.filter(_CLAIMED)

    def of_active_people(self):
        """Narrow to those of people who still have an account."""
        return self.filter(person__is_active=True, person__erased_at__isnull=True)

    def current(self):
        """Narrow to those that hold now."""
        return self.filter(approved_at__isnull=False, ended_at__isnull=True)

    def administrators(self):
        return self.current().of_active_people().filter(administers=True)

    def in_charge(self, organisation):
        """Narrow to those who decide who is let in: the administrators; of the programme its national advisers."""
        if organisation.is_programme:
            held = self.current().of_active_people().filter(region__isnull=True)
        else:
            held = self.administrators()
        return held.filter(organisation=organisation)

    def answerable_by(self, actor):
        """Narrow to those that wait for this actor's answer.

        An organisation's administrators answer those who want to join it. The programme answers who administers an
        organisation that has nobody who does, and its national advisers who joins the programme. Nobody answers for
        themselves, and who has no account any more is not let in.
        """
        waiting = self.of_active_people().exclude(person_id=actor.person_id)
        if actor.is_programme:
            return waiting.filter(_of_programme(actor))
        if actor.membership is None or not actor.membership.administers:
            return self.none()
        return waiting.filter(_CLAIMED | Q(approved_at__isnull=True, ended_at__isnull=True)).filter(
            organisation_id=actor.organisation_id
        )

    def of_person(self, actor):
        """Narrow to a person's own: what holds, what waits and what was refused, the newest first."""
        told = self.filter(Q(ended_at__isnull=True) | ~Q(refusal=""), person_id=actor.person_id or 0)
        return told.select_related("organisation", "region").order_by("-asked_at", "-pk")

    def visible_to(self, actor):
        """Narrow to one's own, those of the organisation acted for, and for the programme the claims it answers."""
        if not actor.is_signed_in:
            return self.none()
        seen = Q(person_id=actor.person_id) | Q(organisation_id=actor.organisation_id or 0)
        if actor.is_programme:
            seen |= (_CLAIMED | Q(claimed_at__isnull=False)) & _in_region_of(actor)
            seen |= Q(approved_at__isnull=True, ended_at__isnull=True, organisation__kind=Kind.PROGRAMME_PARTNER)
        return self.filter(seen)


def _of_programme(actor):
    administrators = Membership.objects.administrators().filter(organisation=OuterRef("organisation"))
    of_others = ~Q(organisation__kind=Kind.PROGRAMME_PARTNER) & ~Exists(administrators)
    found = _CLAIMED & of_others & _in_region_of(actor)
    if actor.membership.region_id:
        return found
    return found | Q(approved_at__isnull=True, ended_at__isnull=True, organisation__kind=Kind.PROGRAMME_PARTNER)


def _in_region_of(actor):
    region = actor.membership.region
    if region is None:
        return Q()
    beginnings = (Q(organisation__region__startswith=nuts) for nuts in region.nuts if nuts)
    return reduce(or_, beginnings, Q(pk__in=()))


class Membership(models.Model):
    """A person in an organisation: asked for, let in, ended. What ended without being let in was refused."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), choices=Role)
    administers = models.BooleanField(_("administers the organisation"), default=False)
    # An adviser of one region of the programme; without, of the whole country.
    region = models.ForeignKey(ProgrammeRegion, models.PROTECT, null=True, blank=True, related_name="memberships")
    # An adviser's own choice: whether the name stands on the programme's public page.
    is_named = models.BooleanField(_("named on the programme’s page"), default=False)
    message = models.TextField(_("message"), blank=True)
    # Why the person was refused, for the person to read.
    refusal = models.TextField(_("reason for refusal"), blank=True, editable=False)

    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    # Asked to administer an organisation that had nobody who did; a member can do so too.
    claimed_at = models.DateTimeField(null=True, editable=False)
    claim_answered_at = models.DateTimeField(null=True, editable=False)
    claim_answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    # None beside a time: the hub itself, where the address proves it (a domain known from notices).
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)

    objects = MembershipQuerySet.as_manager()
    personal = PersonalData(
        fields=("person", "message", "refusal", "claim_answered_by", "approved_by", "ended_by"),
        about="person",
        purpose=_("To know who acts for which organisation, and since when."),
        kept=_("As long as the organisation takes part. When a person is erased the name is gone."),
        document=Document.RECORD,
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("asked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_at_a_time",
                violation_error_message=_("This person is a member already, or has asked to be."),
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(role=Role.ADVISER), name="membership_region_only_of_advisers"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(approved_at__isnull=False),
                name="membership_approved_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="membership_ended_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(claim_answered_at__isnull=True) | Q(claimed_at__isnull=False),
                name="membership_claim_answered_where_there_is_one",
            ),
            models.CheckConstraint(
                condition=Q(claim_answered_by__isnull=True) | Q(claim_answered_at__isnull=False),
                name="membership_claim_answered_by_somebody_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.organisation}"

    @property
    def owner(self):
        """The organisation whom this record belongs to."""
        return self.organisation

    @property
    def is_shared_with_programme(self):
        """Whether the programme is or was asked about it: somebody wants to administer, or to join the programme."""
        return self.wants_to_administer or (self.is_asked and self.organisation.is_programme)

    @property
    def is_asked(self):
        return self.approved_at is None and self.ended_at is None

    @property
    def is_claim(self):
        """Whether the person has asked to administer and waits for an answer."""
        if self.ended_at is not None:
            return False
        return (self.is_asked and self.administers) or (self.claimed_at is not None and self.claim_answered_at is None)

    @property
    def wants_to_administer(self):
        """Whether the last that the person asked for is to administer, answered or not."""
        return self.is_claim or self.claimed_at is not None

    @property
    def since(self):
        """When the person asked for what was asked for last."""
        return self.claimed_at or self.asked_at

    @property
    def waits(self):
        """Whether somebody is to answer."""
        return self.is_asked or self.is_claim

    @property
    def is_current(self):
        return self.approved_at is not None and self.ended_at is None
