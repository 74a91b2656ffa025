from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.organisations.access import on
from samspel.organisations.details import finder
from samspel.organisations.group import actions
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused

_administers = on(Organisation, Permission.CHANGE_ORGANISATION)


@require_safe
@_administers
def organisation_group(request, organisation):
    among = finder.current().buyers().exclude(pk=organisation.pk)
    form, found = finder.found(request.GET, among=among)
    context = {
        "organisation": organisation,
        "form": form,
        "found": found,
        "children": organisation.children.all(),
        "waiting": actions.waiting_for(organisation),
        "actor": request.actor,
    }
    return render(request, "organisations/organisation_group.html", context)


@require_POST
@_administers
def organisation_group_ask(request, organisation):
    parent = finder.chosen(request.POST, among=finder.current())
    if parent is None:
        messages.error(request, _("Choose which organisation it is."))
        return _back(organisation)
    return _done(
        request,
        organisation,
        lambda: actions.ask(organisation=organisation, parent=parent, by=request.actor),
        _("It counts when %(parent)s has confirmed it.") % {"parent": parent.name},
    )


@require_POST
@_administers
def organisation_group_withdraw(request, organisation):
    return _done(
        request,
        organisation,
        lambda: actions.withdraw(organisation=organisation, by=request.actor),
        _("It is taken back."),
    )


@require_POST
@_administers
def organisation_group_confirm(request, organisation, child):
    child = get_object_or_404(actions.waiting_for(organisation), pk=child)
    return _done(
        request,
        organisation,
        lambda: actions.confirm(organisation=child, parent=child.asked_parent, by=request.actor),
        _("%(child)s belongs to the group now.") % {"child": child.name},
    )


@require_POST
@_administers
def organisation_group_refuse(request, organisation, child):
    child = get_object_or_404(actions.waiting_for(organisation), pk=child)
    return _done(
        request,
        organisation,
        lambda: actions.refuse(organisation=child, parent=child.asked_parent, by=request.actor),
        _("The answer is no. %(child)s can see it.") % {"child": child.name},
    )


@require_POST
@_administers
def organisation_group_leave(request, organisation):
    return _done(
        request,
        organisation,
        lambda: actions.leave(organisation=organisation, by=request.actor),
        _("The organisation belongs to nobody now."),
    )


@require_POST
@_administers
def organisation_group_dismiss(request, organisation, child):
    child = get_object_or_404(organisation.children, pk=child)
    return _done(
        request,
        organisation,
        lambda: actions.leave(organisation=child, by=request.actor),
        _("%(child)s is out of the group.") % {"child": child.name},
    )


def _done(request, organisation, act, said):
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return _back(organisation)


def _back(organisation):
    return redirect("organisation-group", organisation.pk)
