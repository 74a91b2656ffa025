from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.organisations.access import on
from samspel.organisations.bodies import actions
from samspel.organisations.bodies.forms import BodyForm
from samspel.organisations.bodies.known import known
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused

_administers = on(Organisation, Permission.CHANGE_ORGANISATION)


@require_safe
@_administers
def _shown(request, organisation):
    return _page(request, organisation, BodyForm())


@require_POST
@_administers
def _confirmed(request, organisation):
    form = BodyForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm(organisation=organisation, key=form.cleaned_data["body"], by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Now the notices stand on your organisation’s page."))
            return redirect("organisation-detail", organisation.pk)
    return _page(request, organisation, form, status=422)


organisation_body = by_method(get=_shown, post=_confirmed)


@require_POST
@_administers
def organisation_body_undo(request, organisation):
    actions.undo(organisation=organisation, by=request.actor)
    messages.success(request, _("The tie is undone."))
    return redirect("organisation-body", organisation.pk)


def _page(request, organisation, form, status=200):
    held = known().body(organisation.body) if known() and organisation.body else None
    by_programme = request.actor.is_programme
    bodies = [
        {"body": body, "needs_programme": not by_programme and actions.needs_programme(organisation, body)}
        for body in actions.candidates(organisation)
    ]
    context = {"organisation": organisation, "form": form, "held": held, "bodies": bodies, "actor": request.actor}
    return render(request, "organisations/organisation_body.html", context, status=status)
