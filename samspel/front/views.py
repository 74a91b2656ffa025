from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.front import figures
from samspel.kit.access import public
from samspel.notices.indicators.chips import countries
from samspel.notices.lake import current_index, current_lake
from samspel.notices.links import search_url

COMPETITIONS = ("competition", "change")
CONSULTATIONS = ("consultation", "planning")


def _all_open():
    return search_url(open=1, kind=(*COMPETITIONS, *CONSULTATIONS), sort="deadline")


@require_safe
@public
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
        "can_answer": figures.Number("", competitions.number + consultations.number, _all_open()),
        "home_countries": countries(sorted(settings.HOME_COUNTRIES)),
        "newest": [] if competitions.number or consultations.number else figures.newest(index, now),
    }
    return render(request, "front/home.html", page)
