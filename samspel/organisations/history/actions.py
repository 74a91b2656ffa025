"""Taking the trail out as a file, which stands in the trail itself."""

from django.db import transaction
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations.permissions import Permission, require

VERBS = (
    trail.Verb("trail.exported", gettext_lazy("took the history out as a file")),
    trail.Verb("record.viewed", gettext_lazy("looked at what is shared with the programme")),
)


@transaction.atomic
def note_export(*, organisation, by):
    """Write that somebody takes the trail of an organisation out of the hub. Raises Refused."""
    require(by, Permission.READ_TRAIL, organisation)
    return trail.record("trail.exported", organisation, by=by)
