"""Buyers, suppliers and the programme's partners."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import Document, PersonalData
from samspel.organisations import numbers
from samspel.registration_numbers import is_personal_number, masked


class Kind(models.TextChoices):
    """What sort of body it is, and by that on which side of the table it sits."""

    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region or county")
    STATE_BODY = "state_body", _("State body")
    MUNICIPAL_COMPANY = "municipal_company", _("Municipal company")
    PURCHASING_CENTRE = "purchasing_centre", _("Purchasing centre")
    COMPANY = "company", _("Company")
    RESEARCH_BODY = "research_body", _("Research body")
    ASSOCIATION = "association", _("Association")
    IDEA_DRIVEN = "idea_driven", _("Idea-driven organisation")
    PROGRAMME_PARTNER = "programme_partner", _("Partner of the programme")


BUYERS = (Kind.MUNICIPALITY, Kind.REGION, Kind.STATE_BODY, Kind.MUNICIPAL_COMPANY, Kind.PURCHASING_CENTRE)
SUPPLIERS = (Kind.COMPANY, Kind.RESEARCH_BODY, Kind.ASSOCIATION, Kind.IDEA_DRIVEN)


class Size(models.TextChoices):
    """Size classes of the Commission's recommendation 2003/361/EC, as in eForms BT-165."""

    MICRO = "micro", _("Micro: under 10 employees")
    SMALL = "small", _("Small: 10 to 49 employees")
    MEDIUM = "medium", _("Medium: 50 to 249 employees")
    LARGE = "large", _("Large: 250 employees or more")


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """All that are there: who takes part is public. What a record of theirs shows is decided where it is."""
        return self

    def buyers(self):
        return self.filter(kind__in=BUYERS)

    def suppliers(self):
        return self.filter(kind__in=SUPPLIERS)

    def current(self):
        """Narrow to those that no other has succeeded."""
        return self.filter(successor__isnull=True)

    def confirmed(self):
        """Narrow to those that somebody else than who registered them has vouched for, as the public may see them."""
        joined = apps.get_model("organisations", "Membership").objects.filter(approved_at__isnull=False)
        return self.filter(Q(registered_by__isnull=True) | Exists(joined.filter(organisation=OuterRef("pk"))))

    def shown_to(self, actor):
        """Narrow to those whose page an actor may read: what nobody has vouched for, only who wrote it in."""
        if actor.is_programme:
            return self
        written_in = self.filter(registered_by=actor.person_id) if actor.is_signed_in else self.none()
        return self.confirmed() | written_in

    def by_number(self, country, number):
        """Narrow to the one with a registration number, however it was typed."""
        return self.filter(country=country, number=numbers.plain(number, country))


class Organisation(models.Model):
    """A buyer, a supplier or a partner of the programme, known by its national registration number where it has one."""

    name = models.CharField(_("name"))
    kind = models.CharField(_("kind"), choices=Kind)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as SE or NO."))
    # Digits only; empty for a supplier that is not established yet.
    number = models.CharField(_("registration number"), blank=True)

    size = models.CharField(_("size"), choices=Size, blank=True)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    region = models.CharField(_("region"), blank=True)  # NUTS (BT-507)
    cpv = models.JSONField(_("interests"), default=list, blank=True)  # CPV codes or their beginnings (BT-262)
    website = models.URLField(_("website"), blank=True)  # BT-505

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    # What the organisation says and nobody has confirmed yet. It opens nothing, and only the two see it.
    asked_parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="asked_children", editable=False, verbose_name=_("asked parent")
    )

    # Who wrote it in; none where the programme or the hub did, who need nobody to vouch for it.
    registered_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, null=True, related_name="+", editable=False
    )

    # A body that was merged into another keeps its history, and says where its work went.
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="predecessors", editable=False, verbose_name=_("part of")
    )
    succeeded_on = models.DateField(_("part of another since"), null=True, editable=False)

    # The key of its page of notices: by its number, or by its name where a person has confirmed that it is the same.
    body = models.CharField(_("page of notices"), editable=False, null=True, unique=True)
    body_confirmed_at = models.DateTimeField(_("page of notices confirmed"), null=True, editable=False)
    body_confirmed_by = models.ForeignKey(
        "organisations.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("page of notices confirmed by"),
    )

    objects = OrganisationQuerySet.as_manager()
    personal = PersonalData(
        fields=("number", "registered_by", "body_confirmed_by"),
        purpose=_(
            "To know which organisation it is. A Swedish sole trader’s number is a personal number and is masked."
        ),
        kept=_("As long as the organisation takes part."),
        document=Document.RECORD,
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "number"],
                condition=~Q(number=""),
                name="organisation_number_once_per_country",
                violation_error_message=_("There is already an organisation with this number."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True, succeeded_on__isnull=True)
                | Q(successor__isnull=False, succeeded_on__isnull=False),
                name="organisation_succeeded_by_one_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(body_confirmed_at__isnull=True, body_confirmed_by__isnull=True)
                | Q(body_confirmed_at__isnull=False, body_confirmed_by__isnull=False),
                name="organisation_body_confirmed_by_one_at_a_time",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation-detail", args=[self.pk])

    def clean(self):
        self.number = numbers.plain(self.number, self.country)
        if self.number and (wrong := numbers.wrong(self.number, self.country)):
            raise ValidationError({"number": wrong})
        if self.parent and self.pk in self.parent.ancestor_ids():
            raise ValidationError(
                {"parent": _("An organisation cannot belong to itself or to one that belongs to it.")}
            )

    @property
    def owner(self):
        """The organisation whom this record belongs to, as every record has one."""
        return self

    @property
    def is_buyer(self):
        return self.kind in BUYERS

    @property
    def is_supplier(self):
        return self.kind in SUPPLIERS

    @property
    def is_programme(self):
        return self.kind == Kind.PROGRAMME_PARTNER

    @property
    def is_shared_with_programme(self):
        """Whether the programme may see what is in it: what it shares, it shares record by record."""
        return False

    @property
    def shown_number(self):
        """The number as the public may see it: a sole trader's own is masked."""
        return masked(self.number) if is_personal_number(self.number, self.country) else self.number

    @property
    def side(self):
        """The kinds that sit on the same side of the table."""
        sides = (BUYERS, SUPPLIERS, (Kind.PROGRAMME_PARTNER,))
        return next(kinds for kinds in sides if self.kind in kinds)

    def ancestor_ids(self):
        """Return the ids of this organisation and of those it belongs to, itself first."""
        found, one = [], self
        while one and one.pk not in found:
            found.append(one.pk)
            one = one.parent
        return found

    def group_ids(self):
        """Return the ids of its group (kommunkoncern, kommunekonsern): the topmost it belongs to, and all below."""
        found = [self.ancestor_ids()[-1]]
        level = found
        while level:
            level = list(
                Organisation.objects.filter(parent__in=level).exclude(pk__in=found).values_list("pk", flat=True)
            )
            found += level
        return found
