from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.pages import Pages
from samspel.organisations.access import on
from samspel.organisations.history import actions, files
from samspel.organisations.history.forms import TrailFilter
from samspel.organisations.history.lines import lines
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission
from samspel.organisations.who_may.sentences import who_may

PAGE_SIZE = 50


@require_safe
@on(Organisation, Permission.READ_TRAIL)
def organisation_trail(request, organisation):
    asked = TrailFilter(request.GET, owner=organisation)
    entries = asked.entries
    pages = Pages.asked(request.GET.get("page"), entries.count(), PAGE_SIZE)
    context = {
        "organisation": organisation,
        "filter": asked,
        "lines": lines(entries[pages.start : pages.start + PAGE_SIZE], page_of=organisation),
        "pages": pages,
        "formats": tuple(files.WRITERS),
        "asked": urlencode(asked.asked),
        "who_sees": who_may(organisation, Permission.READ_TRAIL),
        "actor": request.actor,
    }
    return render(request, "organisations/organisation_trail.html", context)


@require_POST
@on(Organisation, Permission.READ_TRAIL)
def trail_export(request, organisation):
    writer = files.WRITERS.get(request.POST.get("format"))
    if writer is None:
        raise Http404
    entries = TrailFilter(request.GET, owner=organisation).entries
    actions.note_export(organisation=organisation, by=request.actor)
    return writer(entries, f"samspel-trail-{organisation.pk}")
