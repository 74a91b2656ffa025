"""Searches that are kept. Following a procurement, a buyer or a supplier is a search for just that."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import PersonalData
from samspel.organisations.models import Organisation, Person
from samspel.organisations.permissions import Permission, can


class Followed(models.TextChoices):
    """What can be followed, in the words of the search's filters."""

    PROCUREMENT = "procurement", _("Procurement")
    BUYER = "buyer", _("Buyer")
    SUPPLIER = "supplier", _("Supplier")


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Narrow to one's own, and the team's of the organisation acted for.

        One's own go with the organisation they were saved for; those that were saved for nobody are always there.
        """
        if not actor.is_signed_in:
            return self.none()
        for_it = Q(organisation_id=actor.organisation_id or 0)
        own = Q(person_id=actor.person_id) & (Q(organisation=None) | for_it)
        return self.filter(own | Q(person=None) & for_it)

    def heard_by(self, actor):
        """Narrow to those that an actor has chosen to hear of, be it on My page only."""
        return self.visible_to(actor).filter(alerts__person_id=actor.person_id)

    def searches(self):
        """Narrow to those that somebody made up and named."""
        return self.filter(follows="")

    def following(self):
        """Narrow to those that follow one procurement, buyer or supplier."""
        return self.exclude(follows="")

    def of_team(self, organisation):
        return self.filter(person=None, organisation=organisation)

    def of_member(self, person, organisation):
        """Narrow to what a person saved for an organisation as the person's own."""
        return self.filter(person=person, organisation=organisation)


class SavedSearch(models.Model):
    """A search over the notices that is asked of every load. It is a person's own, or the team's.

    The team's belongs to the organisation, which keeps it when somebody leaves.
    """

    name = models.CharField(_("name"))
    # The end of the search page's address, without order and page; in one order, so that equal searches are one text.
    query = models.TextField()
    follows = models.CharField(choices=Followed, blank=True)

    # None where it is the team's.
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="saved_searches")
    # Whom the person acted for; none where for nobody.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="saved_searches")
    # How a followed procurement stood when somebody began to follow it.
    known = models.ForeignKey("News", models.SET_NULL, null=True, related_name="+", editable=False)

    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)

    # The programme sees none: what one looks for is one's own business.
    is_shared_with_programme = False

    objects = SavedSearchQuerySet.as_manager()
    personal = PersonalData(
        fields=("name", "query", "follows", "person", "saved_by"),
        about="person",
        purpose=_("To tell you, or your team, what is new among the notices."),
        kept=_("Until you delete it. What is the team’s stays with the organisation."),
    )

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False), name="saved_search_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(follows="") | Q(person__isnull=False), name="saved_search_follows_for_a_person"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "query"],
                condition=~Q(follows="") & Q(organisation__isnull=False),
                name="saved_search_follows_once",
            ),
            models.UniqueConstraint(
                fields=["person", "query"],
                condition=~Q(follows="") & Q(organisation__isnull=True),
                name="saved_search_follows_once_for_nobody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="saved_searches_of_somebody")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("saved-search-detail", args=[self.pk])

    @property
    def owner(self):
        """The organisation that the record belongs to; none where it is a person's own."""
        return self.organisation if self.is_of_team else None

    @property
    def reason(self):
        """Why its person is told of what it finds, in words."""
        return _("you follow %(name)s") % {"name": self.name} if self.follows else self.name

    @property
    def is_of_team(self):
        return self.person_id is None

    def is_managed_by(self, actor):
        """Whether an actor may rename and delete it."""
        return can(actor, Permission.MANAGE_SAVED_SEARCHES, self)
