"""How far the schedule has been followed."""

from django.db import models

from samspel.kit.personal_data import NOTHING


class ScheduleMark(models.Model):
    """The last time at which a scheduled job was put in the queue."""

    key = models.CharField(primary_key=True)
    due_at = models.DateTimeField()

    personal = NOTHING

    def __str__(self):
        return self.key
