"""Lets in only who has just shown once more that it is they: for what cannot be undone, or tells everything."""

import time
from functools import wraps

from allauth.account.internal.flows import login, reauthentication
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Who has neither password nor second step cannot be asked again; signing in anew is the confirmation.
_SIGN_IN_HOLDS = 15 * 60


def confirmed(view):
    """Ask for the password or the second step once more, unless that was minutes ago."""

    @wraps(view)
    def asking(request, **named):
        if not reauthentication.get_reauthentication_flows(request.user):
            return view(request, **named) if _has_just_signed_in(request) else _sign_in_anew(request)
        if reauthentication.did_recently_reauthenticate(request):
            return view(request, **named)
        if request.method == "POST":
            # The page is asked for anew: what was posted is not kept while somebody proves who they are.
            return redirect(request.path)
        raise ReauthenticationRequired

    return asking


def _has_just_signed_in(request):
    records = login.get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < _SIGN_IN_HOLDS


def _sign_in_anew(request):
    messages.error(request, _("Sign out and sign in again first, so that it is certain that it is you."))
    return redirect("account-details")
