"""How long sessions and counted tries are kept."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from samspel.kit.jobs import job


@job(tries=3)
def forget_expired():
    """Delete sessions whose time is out, and the tries counted in the cache, whose keys hold network addresses."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now)])
