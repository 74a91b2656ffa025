"""Keeps a session open while it is used, and lets it end after the idle time."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

_SEEN = "seen_at"


def idle(get_response):
    """Move the end of a session on while somebody uses it: written at most ten times in an idle time."""

    def middleware(request):
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _move_on(request)
        return response

    return middleware


def _move_on(request):
    now = time.time()
    # Whose session it is, is read once a page already; a visitor's has nothing to keep open.
    if "_auth_user_id" not in request.session or now - request.session.get(_SEEN, 0) < settings.SESSION_COOKIE_AGE / 10:
        return
    request.session[_SEEN] = int(now)
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
