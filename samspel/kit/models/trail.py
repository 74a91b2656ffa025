"""The trail, as it is kept."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import Document, PersonalData


class TrailEntryQuerySet(models.QuerySet):
    def of(self, record):
        """Narrow to what happened to one record."""
        return self.filter(record_kind=record._meta.label_lower, record_id=str(record.pk))


class TrailEntry(models.Model):
    """One thing that somebody did to one record. Never changed and never deleted: the database refuses both.

    It holds ids and no names, and of personal fields only that they changed, so that erasing a person needs no change
    here. There are no foreign keys: what happened stays when the record is gone.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    person_id = models.BigIntegerField(null=True)  # none where the hub itself did it
    organisation_id = models.BigIntegerField(null=True)  # whom the person acted for

    verb = models.CharField()
    record_kind = models.CharField()
    record_id = models.CharField()
    # The organisation that the record belongs to, whose leaders may read of it.
    owner_id = models.BigIntegerField(null=True)
    # field -> [before, after]; of a personal field null
    changes = models.JSONField(default=dict)

    objects = TrailEntryQuerySet.as_manager()
    personal = PersonalData(
        fields=("person_id",),
        about="person_id",
        purpose=_("To show who did what, when and for whom."),
        kept=_("As long as the hub. When a person is erased the number no longer leads to a name."),
        document=Document.RECORD,
    )

    class Meta:
        verbose_name = _("entry in the trail")
        verbose_name_plural = _("trail")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["record_kind", "record_id", "-at"], name="trail_of_a_record"),
            models.Index(fields=["owner_id", "-at"], name="trail_of_an_organisation"),
            models.Index(fields=["person_id", "-at"], name="trail_of_a_person"),
        ]

    def __str__(self):
        return f"{self.verb} {self.record_kind}:{self.record_id}"
