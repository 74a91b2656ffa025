from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.lake import runs
from samspel.notices.lake import current_lake
from samspel.notices.sources import coverage
from samspel.notices.sources.page import ABOUT


@require_safe
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
            "last_run": next((run for run in reversed(found) if run.source == about.key), None),
        }
        for about in ABOUT
    ]
    last_load = next((run for run in reversed(found) if run.kind == "load"), None)
    total = sum(one.notices for one in held.values())
    page = {"sources": sources, "last_load": last_load, "total": total}
    return render(request, "notices/source_list.html", page)
