from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.organisations.access import on
from samspel.organisations.bodies.known import url_of
from samspel.organisations.details import actions, sections
from samspel.organisations.details.forms import DetailsForm
from samspel.organisations.details.page import OrganisationPage
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused
from samspel.organisations.who_may.sentences import who_may

_administers = on(Organisation, Permission.CHANGE_ORGANISATION)


@require_safe
@on(Organisation, Permission.READ_ORGANISATION)
def organisation_detail(request, organisation):
    organisation = get_object_or_404(_with_relatives().shown_to(request.actor), pk=organisation.pk)
    # One page per body: where notices name it, its page is theirs.
    if url := url_of(organisation):
        return redirect(url)
    page = OrganisationPage(organisation, request.actor)
    context = {
        "page": page,
        "sections": sections.drawn(request, organisation=organisation),
        "may_join": not organisation.successor_id and request.actor.organisation_id != organisation.pk,
    }
    return render(request, "organisations/organisation_detail.html", context)


@require_safe
@_administers
def _shown(request, organisation):
    return _form_page(request, organisation, _form(request, organisation))


@require_POST
@_administers
def _changed(request, organisation):
    form = _form(request, organisation, request.POST)
    if form.is_valid():
        try:
            actions.change(organisation=organisation, details=form.changed, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The details are saved."))
            return redirect("organisation-detail", organisation.pk)
    return _form_page(request, organisation, form, status=422)


organisation_details = by_method(get=_shown, post=_changed)


def _with_relatives():
    return Organisation.objects.select_related("parent", "successor")


def _form(request, organisation, data=None):
    return DetailsForm(data, instance=organisation, for_programme=request.actor.is_programme)


def _form_page(request, organisation, form, status=200):
    # Names and the rest are those that stand in the hub; the form has put into its record what was typed.
    context = {
        "organisation": Organisation.objects.get(pk=organisation.pk),
        "form": form,
        "who_sees": who_may(organisation, Permission.READ_ORGANISATION, Permission.CHANGE_ORGANISATION),
        "actor": request.actor,
    }
    return render(request, "organisations/organisation_details.html", context, status=status)
