"""How long mails are kept."""

from django.utils import timezone

from samspel.kit.jobs import job
from samspel.kit.models import Mail


@job(tries=3)
def delete_old():
    """Delete the mails that have been kept for 90 days."""
    Mail.objects.old(timezone.now()).delete()
