"""What a person has searched for lately, for the person alone."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import PersonalData
from samspel.organisations.models import Person

KEPT = timedelta(days=90)
# So many are kept of each person.
MOST = 10


class RecentSearchQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(person_id=actor.person_id or 0)


class RecentSearch(models.Model):
    """A search that a person made."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recent_searches")
    query = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = RecentSearchQuerySet.as_manager()
    personal = PersonalData(
        fields=("person", "query"),
        about="person",
        purpose=_("To let you find back to what you searched for."),
        kept=_("90 days, the last ten. You can delete them, and have none kept."),
        deleted_after=KEPT,
        counted_from="at",
    )

    class Meta:
        verbose_name = _("recent search")
        verbose_name_plural = _("recent searches")
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="recent_search_once")]
        indexes = [models.Index(fields=["person", "-at"], name="recent_searches_of_a_person")]

    def __str__(self):
        return self.query


class NoRecentSearches(models.Model):
    """A person wants no searches kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="no_recent_searches")
    at = models.DateTimeField(default=timezone.now, editable=False)

    personal = PersonalData(
        fields=("person",),
        about="person",
        purpose=_("To keep no searches of yours."),
        kept=_("Until you want them kept again."),
    )

    class Meta:
        verbose_name = _("choice to keep no recent searches")
        verbose_name_plural = _("choices to keep no recent searches")

    def __str__(self):
        return str(self.person_id)
