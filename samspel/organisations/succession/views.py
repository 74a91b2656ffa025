from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.organisations.access import on
from samspel.organisations.details import finder
from samspel.organisations.models import Membership, Organisation
from samspel.organisations.permissions import Permission, Refused
from samspel.organisations.succession import actions
from samspel.organisations.succession.forms import How, SuccessionForm

_merges = on(Organisation, Permission.MERGE_ORGANISATIONS)


@require_safe
@_merges
def _shown(request, organisation):
    return _page(request, organisation, finder.chosen(request.GET, among=_among(organisation)), SuccessionForm())


@require_POST
@_merges
def _said(request, organisation):
    successor = finder.chosen(request.POST, among=_among(organisation))
    form = SuccessionForm(request.POST)
    if successor and form.is_valid():
        try:
            _do(form.cleaned_data, organisation, successor, request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("%(old)s is part of %(new)s now.") % {"old": organisation.name, "new": successor.name}
            messages.success(request, said)
            return redirect("organisation-detail", successor.pk)
    return _page(request, organisation, successor, form, status=422)


organisation_succession = by_method(get=_shown, post=_said)


def _do(said, organisation, successor, by):
    if said["how"] == How.MERGED:
        actions.merge(organisation=organisation, kept=successor, by=by)
    else:
        actions.succeed(organisation=organisation, successor=successor, on=said["on"], by=by)


def _among(organisation):
    return finder.current().filter(kind__in=organisation.side).exclude(pk=organisation.pk)


def _page(request, organisation, successor, form, status=200):
    finder_form, found = finder.found(request.GET, among=_among(organisation))
    context = {
        "organisation": organisation,
        "successor": successor,
        "form": form,
        "finder": finder_form,
        "found": found,
        "members": Membership.objects.filter(organisation=organisation, ended_at=None).count(),
        "children": organisation.children.count(),
        "actor": request.actor,
    }
    return render(request, "organisations/organisation_succession.html", context, status=status)
