from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.kit.pages import Pages
from samspel.organisations.access import on
from samspel.organisations.members import actions
from samspel.organisations.members.forms import HandoverForm, MemberForm
from samspel.organisations.models import Membership, Organisation
from samspel.organisations.permissions import Permission, Refused, can


@on(Organisation, Permission.READ_MEMBERS)
@require_safe
def member_list(request, organisation):
    held = Membership.objects.current().filter(organisation=organisation)
    pages = Pages.asked(request.GET.get("page"), held.count(), size=50)
    members = held.select_related("person", "region").order_by("person__name", "person__email")
    context = {
        "organisation": organisation,
        "members": members[pages.start : pages.start + pages.size],
        "pages": pages,
        "may_change": can(request.actor, Permission.CHANGE_MEMBERS, organisation),
        "requests": Membership.objects.answerable_by(request.actor).filter(organisation=organisation).count(),
    }
    return render(request, "organisations/member_list.html", context)


@on(Membership, Permission.CHANGE_MEMBERS)
@require_safe
def member_show(request, membership):
    return _member(request, membership, MemberForm(membership=membership))


@on(Membership, Permission.CHANGE_MEMBERS)
@require_POST
def member_change(request, membership):
    form = MemberForm(request.POST, membership=membership)
    if not form.is_valid():
        return _member(request, membership, form)
    try:
        actions.change(membership, by=request.actor, **form.facts)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _member(request, membership, form)
    messages.success(request, _("It is saved."))
    return redirect("member-list", pk=membership.organisation_id)


member_detail = by_method(get=member_show, post=member_change)


@on(Membership, Permission.CHANGE_MEMBERS)
@require_safe
def ending_show(request, membership):
    return _ending(request, membership, _handover_form(membership))


@on(Membership, Permission.CHANGE_MEMBERS)
@require_POST
def ending_create(request, membership):
    return _end(request, membership, then=("member-list", membership.organisation_id))


ending = by_method(get=ending_show, post=ending_create)


@on(Organisation, Permission.READ_MEMBERS)
@require_safe
def leaving_show(request, organisation):
    return _ending(request, request.actor.membership, _handover_form(request.actor.membership))


@on(Organisation, Permission.READ_MEMBERS)
@require_POST
def leaving_create(request, organisation):
    return _end(request, request.actor.membership, then=("organisation-list",))


leaving = by_method(get=leaving_show, post=leaving_create)


def _member(request, membership, form):
    return render(request, "organisations/member_detail.html", {"membership": membership, "form": form})


def _handover_form(membership, data=None):
    return HandoverForm(data, membership=membership, has_belongings=bool(actions.belongings(membership)))


def _end(request, membership, *, then):
    form = _handover_form(membership, request.POST)
    if not form.is_valid():
        return _ending(request, membership, form)
    try:
        actions.end(membership, by=request.actor, to=form.taker)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _ending(request, membership, form)
    messages.success(
        request, _("The membership of %(organisation)s is ended.") % {"organisation": membership.organisation}
    )
    return redirect(*then)


def _ending(request, membership, form):
    context = {
        "membership": membership,
        "form": form,
        "belongings": actions.belongings(membership),
        "hindrance": actions.hindrance(membership),
        "is_own": membership.person_id == request.actor.person_id,
    }
    return render(request, "organisations/member_end.html", context)
