from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.kit.pages import Pages
from samspel.notices.lake import current_index
from samspel.notices.models import SavedSearch
from samspel.notices.saved import actions
from samspel.notices.saved.asked import asked_of, name_of, query_of
from samspel.notices.saved.forms import MINE, TEAM, SavedSearchForm
from samspel.notices.saved.page import SavedSearchPage, rows
from samspel.organisations.access import on, permitted
from samspel.organisations.permissions import Permission, Refused


@permitted(Permission.READ_SAVED_SEARCHES)
@require_safe
def saved_search_list(request):
    found = SavedSearch.objects.visible_to(request.actor).searches()
    pages = Pages.asked(request.GET.get("page"), found.count(), size=50)
    shown = rows(found[pages.start : pages.start + pages.size], request.actor)
    return render(request, "notices/saved_search_list.html", {"rows": shown, "pages": pages})


@permitted(Permission.MANAGE_SAVED_SEARCHES)
@require_safe
def saved_search_new(request):
    asked = asked_of(request.GET.urlencode())
    name = name_of(asked, current_index())
    return _new(request, asked, SavedSearchForm(actor=request.actor, initial={"name": name}))


@permitted(Permission.MANAGE_SAVED_SEARCHES)
@require_POST
def saved_search_add(request):
    asked = asked_of(request.GET.urlencode())
    form = SavedSearchForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _new(request, asked, form)
    facts = {"name": form.cleaned_data["name"], "how_often": form.cleaned_data["how_often"]}
    try:
        search = actions.save(by=request.actor, query=query_of(asked), is_team=form.is_team, **facts)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _new(request, asked, form)
    messages.success(request, _("The search is saved."))
    return redirect(search)


saved_search_create = by_method(get=saved_search_new, post=saved_search_add)


@on(SavedSearch, Permission.READ_SAVED_SEARCHES)
@require_safe
def saved_search_show(request, search):
    return _detail(request, search)


@on(SavedSearch, Permission.READ_SAVED_SEARCHES)
@require_POST
def saved_search_change(request, search):
    form = SavedSearchForm(request.POST, actor=request.actor, search=search)
    if not form.is_valid():
        return _detail(request, search, form)
    try:
        actions.hear(search, by=request.actor, how_often=form.cleaned_data["how_often"])
        if "name" in form.cleaned_data:
            actions.change(search, by=request.actor, name=form.cleaned_data["name"], is_team=form.is_team)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _detail(request, search, form)
    messages.success(request, _("It is saved."))
    return redirect(search)


saved_search_detail = by_method(get=saved_search_show, post=saved_search_change)


@on(SavedSearch, Permission.MANAGE_SAVED_SEARCHES)
@require_safe
def deletion_show(request, search):
    return render(request, "notices/saved_search_deletion.html", {"search": search})


@on(SavedSearch, Permission.MANAGE_SAVED_SEARCHES)
@require_POST
def deletion_create(request, search):
    actions.delete(search, by=request.actor)
    messages.success(request, _("It is deleted."))
    return redirect("my-page")


saved_search_deletion = by_method(get=deletion_show, post=deletion_create)


def _new(request, asked, form):
    words = name_of(asked, current_index())
    return render(request, "notices/saved_search_new.html", {"asked": asked, "words": words, "form": form})


def _detail(request, search, form=None):
    page = SavedSearchPage(search, request.actor, timezone.now())
    initial = {"name": search.name, "how_often": page.how_often, "whose": TEAM if search.is_of_team else MINE}
    form = form or SavedSearchForm(actor=request.actor, search=search, initial=initial)
    return render(request, "notices/saved_search_detail.html", {"page": page, "search": search, "form": form})
