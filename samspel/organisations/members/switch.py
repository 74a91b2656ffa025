from urllib.parse import urlsplit

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspel.organisations.access import Access, signed_in
from samspel.organisations.actors import others
from samspel.organisations.middleware import ACTING_FOR


@signed_in
@require_POST
def acting_for(request):
    chosen = request.POST.get("organisation", "")
    actor = next((one for one in (request.actor, *others(request.actor)) if str(one.organisation_id) == chosen), None)
    if actor is None or actor.organisation is None:
        messages.error(request, _("You cannot act for that organisation."))
        return redirect("organisation-list")
    request.session[ACTING_FOR] = actor.organisation_id
    return redirect(_page_for(actor, request))


def _page_for(actor, request):
    """Return the page one was on where the actor may see it too, else the page of the organisation."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return actor.organisation
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return actor.organisation
    access = getattr(match.func, "access", None)
    if isinstance(access, Access) and not access.opens(actor, match.kwargs):
        return actor.organisation
    return address
