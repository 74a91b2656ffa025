from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.kit.access import public
from samspel.kit.pages import Pages
from samspel.notices.indicators import counting, evidence, files, rows
from samspel.notices.indicators.detail import IndicatorDetail
from samspel.notices.indicators.evidence_page import EvidencePage
from samspel.notices.indicators.form import IndicatorForm
from samspel.notices.indicators.list import IndicatorList
from samspel.notices.lake import current_lake

PAGE_SIZE = 20
LISTED = (*counting.NAMES, counting.ALL.name, counting.UNCOUNTED.name)


@require_safe
@public
def indicator_list(request):
    lake = current_lake()
    if counting.is_empty(lake):
        return render(request, "notices/indicator_empty.html")
    page = IndicatorList(lake, IndicatorForm(request.GET), timezone.localdate())
    return _drawn(request, "notices/indicator_list.html", page)


@require_safe
@public
def indicator_detail(request, name):
    lake = _lake_with(name, counting.NAMES)
    if lake is None:
        return render(request, "notices/indicator_empty.html")
    page = IndicatorDetail(lake, IndicatorForm(request.GET), timezone.localdate(), name)
    return _drawn(request, "notices/indicator_detail.html", page)


@require_safe
@public
def indicator_evidence(request, name):
    lake = _lake_with(name, LISTED)
    if lake is None:
        return render(request, "notices/indicator_empty.html")
    page = EvidencePage(lake, IndicatorForm(request.GET), name)
    pages = Pages.asked(request.GET.get("page"), page.total.procurements, PAGE_SIZE)
    items = evidence.page(lake, page.opened, start=pages.start, size=PAGE_SIZE)
    context = {**_shown(request, page), "pages": pages, "items": items}
    return render(request, "notices/indicator_evidence.html", context)


@require_safe
@public
def indicator_export(request, by, format):  # noqa: A002 - the name in the address
    names = request.GET.get("indicator", "").split(",") if request.GET.get("indicator") else counting.NAMES
    if format not in files.WRITERS or by not in rows.BY or not set(names) <= set(counting.NAMES):
        raise Http404
    return _file(request, format, lambda lake, form: rows.numbers(lake, form, by, names, _at(request)))


@require_safe
@public
def evidence_export(request, name, format):  # noqa: A002
    if format not in files.WRITERS or name not in LISTED:
        raise Http404
    return _file(request, format, lambda lake, form: rows.procurements(lake, form, name, _at(request)))


@require_safe
@public
def indicator_picture(request, name):
    lake = _lake_with(name, counting.NAMES)
    drawing = lake and IndicatorDetail(lake, IndicatorForm(request.GET), timezone.localdate(), name).figure.chart
    if not drawing:
        raise Http404
    return files.svg_file(drawing, name, request.build_absolute_uri)


def _lake_with(name, names):
    """Return the lake, or None while there is nothing to count; 404 for a name that no indicator has."""
    if name not in names:
        raise Http404
    lake = current_lake()
    return None if counting.is_empty(lake) else lake


def _drawn(request, template, page):
    response = render(request, template, _shown(request, page))
    if request.htmx:
        # What was not chosen has no place in the address.
        response["HX-Push-Url"] = page.plain_address
    return response


def _shown(request, page):
    return {"page": page, "today": timezone.localdate(), "address": request.build_absolute_uri(page.address)}


def _at(request):
    return timezone.now(), request.build_absolute_uri


def _file(request, kind, make):
    lake, form = current_lake(), IndicatorForm(request.GET)
    if counting.is_empty(lake):
        raise Http404
    if form.refusals:
        return HttpResponse("\n".join(form.refusals), status=400, content_type="text/plain; charset=utf-8")
    return files.WRITERS[kind](make(lake, form))
