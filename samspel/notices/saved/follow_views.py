from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspel.notices.models import SavedSearch
from samspel.notices.saved import actions, recent
from samspel.notices.saved.following import subject
from samspel.notices.saved.forms import FollowForm
from samspel.organisations.access import on, permitted, signed_in
from samspel.organisations.permissions import Permission, Refused


@permitted(Permission.MANAGE_SAVED_SEARCHES)
@require_POST
def follow_create(request):
    form = FollowForm(request.POST)
    found = subject(**form.cleaned_data) if form.is_valid() else None
    if found is None:
        raise Http404
    try:
        actions.follow(by=request.actor, kind=found.kind, key=found.key, name=found.name, known=found.known)
        messages.success(request, _("You follow this now. What is new comes by mail every morning, and on My page."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request))


@on(SavedSearch, Permission.MANAGE_SAVED_SEARCHES)
@require_POST
def follow_ending(request, search):
    actions.delete(search, by=request.actor)
    messages.success(request, _("You no longer follow this."))
    return redirect(_back(request))


@signed_in
@require_POST
def recent_search_deletion(request):
    number = request.POST.get("number", "")
    recent.forget(request.actor, int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None)
    return redirect("my-page")


@signed_in
@require_POST
def recent_search_keeping(request):
    if request.POST.get("keep") == "1":
        recent.keep(request.actor)
    else:
        recent.keep_none(request.actor)
    return redirect("my-page")


def _back(request):
    """Return the page that one came from, where it is the hub's own."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "my-page"
