from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.access import public
from samspel.kit.methods import by_method
from samspel.organisations.access import on, permitted, signed_in
from samspel.organisations.models import ProgrammeRegion
from samspel.organisations.permissions import Permission, Refused, can
from samspel.organisations.programme import actions
from samspel.organisations.programme.forms import RegionForm
from samspel.organisations.programme.page import parts

_changes = on(ProgrammeRegion, Permission.CHANGE_REGIONS)


@require_safe
@public
def programme_detail(request):
    actor = request.actor
    context = {
        "parts": parts(),
        "may_change": can(actor, Permission.CHANGE_REGIONS),
        "own": actor.membership if actor.is_programme else None,
        "actor": actor,
    }
    return render(request, "organisations/programme.html", context)


@require_safe
@permitted(Permission.CHANGE_REGIONS)
def _new(request):
    return _page(request, RegionForm())


@require_POST
@permitted(Permission.CHANGE_REGIONS)
def _added(request):
    form = RegionForm(request.POST)
    if form.is_valid() and _saved(form, lambda said: actions.add(**said, by=request.actor)):
        return redirect("programme")
    return _page(request, form, status=422)


region_new = by_method(get=_new, post=_added)


@require_safe
@_changes
def _shown(request, region):
    return _page(request, RegionForm(instance=region), region)


@require_POST
@_changes
def _changed(request, region):
    form = RegionForm(request.POST, instance=region)
    if form.is_valid() and _saved(form, lambda said: actions.change(region=region, **said, by=request.actor)):
        return redirect("programme")
    return _page(request, form, region, status=422)


region_change = by_method(get=_shown, post=_changed)


@require_POST
@_changes
def region_remove(request, region):
    try:
        actions.remove(region=region, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(region)s is removed.") % {"region": region.name})
    return redirect("programme")


@require_POST
@signed_in
def adviser_name(request):
    try:
        actions.show_name(is_named=request.POST.get("is_named") == "true", by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme")


def _saved(form, save):
    try:
        save(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
    except IntegrityError:
        form.add_error("name", _("There is already a region with this name."))
    return not form.errors


def _page(request, form, region=None, status=200):
    context = {"form": form, "region": region, "actor": request.actor}
    return render(request, "organisations/region_change.html", context, status=status)
