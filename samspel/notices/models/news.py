"""What loads have brought: how procurements stood, which saved searches found them, and what people were told."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import NOTHING, PersonalData
from samspel.notices.models.saved_search import SavedSearch
from samspel.organisations.models import Person

# Long enough that who was told of a competition is told of its award.
KEPT = timedelta(days=400)


class Stage(models.TextChoices):
    """How far a procurement has come, by its newest notice that says so."""

    PLANNED = "planned", _("planned")
    CONSULTATION = "consultation", _("market consultation")
    COMPETITION = "competition", _("competition")
    AWARDED = "awarded", _("awarded")
    CANCELLED = "cancelled", _("cancelled")
    OTHER = "other", _("other")


class News(models.Model):
    """A procurement as it stood after a load that brought something of it."""

    procurement = models.CharField(db_index=True)
    notice = models.CharField()  # the key of the notice that brought it
    stage = models.CharField(choices=Stage)
    deadline = models.CharField(blank=True)  # the last by which somebody can act, as the notice states it
    card = models.JSONField(default=dict)  # what a list shows of the notice, as samspel.lake.search.Hit has it
    found_at = models.DateTimeField(db_index=True)

    personal = PersonalData(deleted_after=KEPT, counted_from="found_at")

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ("-found_at", "-pk")

    def __str__(self):
        return self.card.get("title", self.procurement)


class SavedHitQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-found_at", "-pk")


class SavedHit(models.Model):
    """A saved search has found something: a procurement, or a material change of one that it found ``before``."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    news = models.ForeignKey(News, models.CASCADE, related_name="hits")
    before = models.ForeignKey(News, models.SET_NULL, null=True, related_name="+")
    found_at = models.DateTimeField()

    objects = SavedHitQuerySet.as_manager()
    personal = PersonalData(deleted_after=KEPT, counted_from="found_at")

    class Meta:
        verbose_name = _("hit of a saved search")
        verbose_name_plural = _("hits of saved searches")
        constraints = [models.UniqueConstraint(fields=["search", "news"], name="saved_hit_once")]
        indexes = [models.Index(fields=["search", "-found_at"], name="saved_hits_newest")]

    def __str__(self):
        return f"{self.search}: {self.news}"


class Told(models.Model):
    """How a procurement stood when a person was last told of it by mail. Only what differs from it is told again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="told")
    procurement = models.CharField()
    stage = models.CharField(choices=Stage)
    deadline = models.CharField(blank=True)
    at = models.DateTimeField()

    personal = PersonalData(
        fields=("person", "procurement"),
        about="person",
        purpose=_("To tell you each thing once, and what has changed since."),
        kept=_("400 days."),
        deleted_after=KEPT,
        counted_from="at",
    )

    class Meta:
        verbose_name = _("what a person was told")
        verbose_name_plural = _("what people were told")
        constraints = [models.UniqueConstraint(fields=["person", "procurement"], name="told_of_a_procurement_once")]

    def __str__(self):
        return self.procurement


class LoadMark(models.Model):
    """Up to which load the saved searches have been asked. There is one."""

    loaded_at = models.DateTimeField()

    personal = NOTHING

    def __str__(self):
        return self.loaded_at.isoformat()
