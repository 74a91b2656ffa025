"""Sets ``request.actor``: who asks, and for whom."""

from django.utils.functional import SimpleLazyObject

from samspel.organisations.actors import STRANGER, actor_for

# The session's word for the organisation that the person has chosen to act for.
ACTING_FOR = "acting_for"


def actor(get_response):
    """Set ``request.actor``, looked up when it is first asked for: a page for everybody asks the database nothing."""

    def middleware(request):
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return get_response(request)

    return middleware


def _actor(request):
    if not request.user.is_authenticated:
        return STRANGER
    return actor_for(request.user, request.session.get(ACTING_FOR))
