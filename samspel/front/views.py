from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.front import figures
from samspel.notices.lake import current_index, current_lake

COMPETITIONS = ("competition", "change")
CONSULTATIONS = ("consultation", "planning")


@require_safe
def home(request):
    lake, index = current_lake(), current_index()
    if lake.is_empty():
        return render(request, "front/home_empty.html")
    now = timezone.now()
    notices, by_source = figures.sources(index)
    competitions = figures.open_now(index, COMPETITIONS, now)
    consultations = figures.open_now(index, CONSULTATIONS, now)
    page = {
        "notices": notices,
        "sources": by_source,
        "procurements": figures.procurements(lake),
        "innovation": figures.innovation(lake, timezone.localdate()),
        "competitions": competitions,
        "consultations": consultations,
        "newest": [] if competitions[0] or consultations[0] else figures.newest(index),
    }
    return render(request, "front/home.html", page)
