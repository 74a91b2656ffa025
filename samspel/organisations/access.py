"""Who may use a page: said once, above the view, and enforced there.

::

    @on(Organisation, Permission.CHANGE_ORGANISATION)
    def organisation_change(request, organisation): ...

The record is looked up among those the actor may see, by what the address holds; what is not visible is not found
(404), what is visible and not permitted is refused (403). Who could use the page for another of their organisations is
asked to change over. Every view bears what was said as ``access``; a test walks every address and compares what
happens with the table of permissions.
"""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import render

from samspel.kit import trail
from samspel.organisations.actors import others
from samspel.organisations.middleware import ACTING_FOR
from samspel.organisations.permissions import TABLE, Party, Permission, can


@dataclass(frozen=True)
class Access:
    """What a page asks for: to be signed in, and for some a permission, on a record of a model or at all.

    ``by`` is the field by which the address names the record.
    """

    permission: Permission | None = None
    model: Any = None
    by: str | None = None

    @property
    def is_public(self):
        """Whether somebody who is not signed in may use the page."""
        return self.permission is not None and Party.PUBLIC in TABLE[self.permission]

    def record(self, actor, named):
        """Return the record that an address names, None where it names none. Raises Http404, PermissionDenied."""
        record = _found(self.model, actor, {self.by: named[self.by]}) if self.by else None
        if self.permission and not can(actor, self.permission, record):
            raise PermissionDenied
        return record

    def opens(self, actor, named):
        """Return whether an actor may use the page of an address."""
        try:
            self.record(actor, named)
        except (Http404, PermissionDenied):
            return False
        return actor.is_signed_in or self.is_public


def signed_in(view):
    """Let in whoever is signed in."""
    return _guarded(view, Access())


def permitted(permission):
    """Let in those who have a permission on any record at all."""
    return lambda view: _guarded(view, Access(permission))


def on(model, permission, *, by="pk"):
    """Let in those who have a permission on the record that the address names by a field; the view gets the record."""
    return lambda view: _guarded(view, Access(permission, model, by))


def _guarded(view, access):
    @wraps(view)
    def guarded(request, **named):
        if not (request.actor.is_signed_in or access.is_public):
            return redirect_to_login(request.get_full_path())
        if changed := _switched(request):
            return changed
        try:
            record = access.record(request.actor, named)
        except (Http404, PermissionDenied):
            if elsewhere := _elsewhere(request, access, named):
                return elsewhere
            raise
        if access.by is None:
            return view(request, **named)
        _note(request, record)
        del named[access.by]
        return view(request, record, **named)

    guarded.access = access
    return guarded


def _found(model, actor, wanted):
    try:
        return model.objects.visible_to(actor).get(**wanted)
    except (model.DoesNotExist, ValueError, OverflowError) as error:
        raise Http404 from error


def _switched(request):
    """Ask first where a form was made out for another organisation than the one that is acted for now.

    Whoever answers for which of the two it is meant acts for that one from then on.
    """
    made_out_for = request.POST.get(ACTING_FOR)
    if made_out_for is None or made_out_for == _name(request.actor):
        return None
    other = next((one for one in others(request.actor) if _name(one) == made_out_for), None)
    if other and "confirmed" in request.POST:
        request.session[ACTING_FOR] = other.organisation_id
        request.actor = other
        return None
    asked = (ACTING_FOR, "confirmed", "csrfmiddlewaretoken")
    kept = [(name, value) for name, values in request.POST.lists() if name not in asked for value in values]
    return render(request, "organisations/switched.html", {"kept": kept, "other": other}, status=409)


def _name(actor):
    """Return whom somebody acts for as a form says it."""
    return str(actor.organisation_id or "")


def _elsewhere(request, access, named):
    """Offer to change over where the person could use the page for another organisation, as from a link in a mail."""
    for other in others(request.actor):
        if access.opens(other, named):
            return render(request, "organisations/elsewhere.html", {"other": other}, status=403)
    return None


def _note(request, record):
    """Write in the trail that the programme looked at what another organisation shares with it."""
    owner = record.owner
    if request.actor.is_programme and record.is_shared_with_programme and owner.pk != request.actor.organisation_id:
        with transaction.atomic():
            trail.record("record.viewed", record, by=request.actor)
