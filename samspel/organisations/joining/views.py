from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.kit.pages import Pages
from samspel.organisations.access import on, permitted
from samspel.organisations.bodies.known import known
from samspel.organisations.joining import actions, countries, search
from samspel.organisations.joining.forms import RegisterForm
from samspel.organisations.joining.page import JoiningPage
from samspel.organisations.models import Membership, Organisation
from samspel.organisations.permissions import Permission, Refused

# A key of a body is a country and a number or a name of at most 80 letters.
_LONGEST_KEY = 200


@permitted(Permission.READ_ORGANISATION)
@require_safe
def organisation_list(request):
    form = search.SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = search.found(words)
    pages = Pages.asked(request.GET.get("page"), found.count())
    context = {
        "form": form,
        "words": words,
        "organisations": found[pages.start : pages.start + pages.size],
        "pages": pages,
        "own": Membership.objects.of_person(request.actor),
    }
    return render(request, "organisations/organisation_list.html", context)


@permitted(Permission.ASK_TO_JOIN)
@require_safe
def joining_start(request):
    key = request.GET.get("body", "")
    body = known().body(key) if known() and len(key) <= _LONGEST_KEY and key.isprintable() else None
    organisation = Organisation.objects.filter(body=key).first() if body else None
    if body and not organisation and body.number:
        organisation = Organisation.objects.by_number(body.country, body.number).first()
    if organisation:
        return redirect("joining-detail", pk=organisation.pk)
    return _register_form(request, RegisterForm(initial=_known_of(body)))


@permitted(Permission.ASK_TO_JOIN)
@require_safe
def organisation_new(request):
    return _register_form(request, RegisterForm(initial={"country": countries.nearest(), "name": _typed_name(request)}))


@permitted(Permission.ASK_TO_JOIN)
@require_POST
def organisation_add(request):
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _register_form(request, form)
    try:
        held = actions.register(by=request.actor, **form.facts)
    except actions.NumberTaken as taken:
        form.add_error("number", str(taken))
        return _register_form(request, form, taken.organisation)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _register_form(request, form)
    return _asked(request, held)


organisation_create = by_method(get=organisation_new, post=organisation_add)


@on(Organisation, Permission.ASK_TO_JOIN)
@require_safe
def joining_show(request, organisation):
    page = JoiningPage(organisation, request.actor)
    return _joining(request, page, page.form())


@on(Organisation, Permission.ASK_TO_JOIN)
@require_POST
def joining_ask(request, organisation):
    page = JoiningPage(organisation, request.actor)
    form = page.form(request.POST)
    if not form.is_valid():
        return _joining(request, page, form)
    try:
        return _asked(request, actions.ask(organisation, by=request.actor, **form.facts))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _joining(request, page, form)


joining_detail = by_method(get=joining_show, post=joining_ask)


@on(Membership, Permission.ASK_TO_JOIN)
@require_POST
def withdrawal_create(request, membership):
    try:
        actions.withdraw(membership, by=request.actor)
        messages.success(request, _("You have taken back your request."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("joining-detail", pk=membership.organisation_id)


def _asked(request, held):
    if held.waits:
        messages.success(request, _("Your request is sent. You get a mail when it has been answered."))
    elif held.administers:
        messages.success(request, _("You administer %(organisation)s.") % {"organisation": held.organisation})
    return redirect("joining-detail", pk=held.organisation_id)


def _joining(request, page, form):
    return render(request, "organisations/joining_detail.html", {"page": page, "form": form})


def _register_form(request, form, taken=None):
    return render(request, "organisations/organisation_create.html", {"form": form, "taken": taken})


def _typed_name(request):
    name = request.GET.get("name", "")
    return name if name.isprintable() and len(name) <= _LONGEST_KEY else ""


def _known_of(body):
    if body is None:
        return {"country": countries.nearest()}
    is_supplier = {dealings.role for dealings in body.dealings} == {"supplier"}
    return {
        "name": body.name,
        "country": body.country or "",
        "number": body.number or "",
        "kind": "company" if is_supplier else "",
    }
