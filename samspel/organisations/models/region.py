"""The regions that the programme works in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import NOTHING


class ProgrammeRegionQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """All: where the programme works is public."""
        return self


class ProgrammeRegion(models.Model):
    """A part of the country that has advisers of its own, made of NUTS regions."""

    name = models.CharField(_("name"), unique=True)
    # Beginnings of NUTS codes: "NO0A" takes in "NO0A2".
    nuts = models.JSONField(_("NUTS regions"), default=list)

    # It is the programme's, whoever of its partners looks after it.
    owner = None
    is_shared_with_programme = False

    objects = ProgrammeRegionQuerySet.as_manager()
    personal = NOTHING

    class Meta:
        verbose_name = _("region of the programme")
        verbose_name_plural = _("regions of the programme")
        ordering = ("name",)

    def __str__(self):
        return self.name

    def holds(self, nuts):
        """Return whether a NUTS code lies in this region."""
        return bool(nuts) and nuts.startswith(tuple(self.nuts))
