from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.organisations.access import permitted, signed_in
from samspel.organisations.account import actions, due, own_data
from samspel.organisations.account.charge import held_by
from samspel.organisations.account.confirmed import confirmed
from samspel.organisations.account.forms import DetailsForm, ErasureForm
from samspel.organisations.account.pages import ErasurePage, OwnDataPage
from samspel.organisations.permissions import Permission, Refused


@signed_in
@require_safe
def details_show(request):
    return _details(request, DetailsForm(instance=request.actor.person))


@signed_in
@require_POST
def details_change(request):
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return _details(request, form)
    actions.change_details(request.actor.person, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is saved."))
    return redirect("account-details")


account_details = by_method(get=details_show, post=details_change)


@signed_in
@require_safe
@confirmed
def data_show(request):
    return render(request, "organisations/account/data.html")


@signed_in
@require_POST
@confirmed
def data_take_out(request):
    write = _WRITERS.get(request.POST.get("format"))
    if write is None:
        raise Http404
    actions.note_own_data(request.actor.person, by=request.actor)
    return write(request)


account_data = by_method(get=data_show, post=data_take_out)


@signed_in
@require_safe
@confirmed
def erasure_show(request):
    return _erasure(request, _erasure_form(request))


@signed_in
@require_POST
@confirmed
def erasure_create(request):
    form = _erasure_form(request, request.POST)
    if not form.is_valid():
        return _erasure(request, form)
    try:
        actions.erase(request.actor.person, by=request.actor, leaving=form.leaving)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _erasure(request, form)
    logout(request)
    messages.success(request, _("Your account is erased, and you are signed out everywhere."))
    return redirect("home")


account_erasure = by_method(get=erasure_show, post=erasure_create)


@permitted(Permission.READ_DUE_RECORDS)
@require_safe
def due_record_list(request):
    return render(request, "organisations/account/due_records.html", {"waiting": due.waiting_for_archive()})


def _details(request, form):
    return render(request, "organisations/account/details.html", {"form": form, "person": request.actor.person})


def _erasure_form(request, data=None):
    alone = [held for held in held_by(request.actor.person) if held.is_last and not held.has_colleagues]
    return ErasureForm(data, person=request.actor.person, alone=alone)


def _erasure(request, form):
    page = ErasurePage(request.actor.person)
    return render(request, "organisations/account/erasure.html", {"page": page, "form": form})


def _as_page(request):
    page = OwnDataPage(request.actor.person)
    return render(request, "organisations/account/data_shown.html", {"page": page})


def _as_file(request):
    response = HttpResponse(own_data.as_json(request.actor.person), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samspel-own-data.json"'
    response["Cache-Control"] = "private, no-store"
    return response


_WRITERS = {"page": _as_page, "json": _as_file}
