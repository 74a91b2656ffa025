from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.kit.access import public
from samspel.kit.pages import Pages
from samspel.lake import runs
from samspel.notices.lake import current_lake
from samspel.notices.sources import coverage, references, troubles
from samspel.notices.sources.page import ABOUT

# A line and two are read at a glance; the pages hold them all.
PAGE_SIZE = 50


@require_safe
@public
def source_list(request):
    lake = current_lake()
    held = coverage.held(lake)
    found = runs.read(lake.folder / "harvest")
    harvested = coverage.harvested(found, timezone.localdate())
    sources = [
        {
            "about": about,
            "held": held.get(about.key),
            "harvested": [one for one in harvested if one.source == about.key],
            "last_run": (run := next((run for run in reversed(found) if run.source == about.key), None)),
            "trouble": troubles.of_harvest(run.message) if run and run.kind != "load" else None,
        }
        for about in ABOUT
    ]
    last_load = next((run for run in reversed(found) if run.kind == "load"), None)
    total = sum(one.notices for one in held.values())
    unread = troubles.of_load(last_load.message) if last_load else []
    page = {"sources": sources, "last_load": last_load, "troubles": unread, "total": total}
    return render(request, "notices/source_list.html", page)


@require_safe
@public
def reference_list(request):
    """List the notices that refer to one that is not in the hub: of one source, or of all."""
    lake = current_lake()
    counts = {} if lake.is_empty() else references.missing(lake)
    source = request.GET.get("source", "")
    if source not in counts:
        source = ""
    pages = Pages.asked(request.GET.get("page"), counts.get(source, sum(counts.values())), PAGE_SIZE)
    page = {
        "total": pages.total,
        "chosen": source,
        "sources": [{"key": about.key, "name": about.name, "number": counts.get(about.key)} for about in ABOUT],
        "items": references.listed(lake, source, start=pages.start, number=PAGE_SIZE) if pages.total else [],
        "pages": pages,
    }
    return render(request, "notices/reference_list.html", page)
