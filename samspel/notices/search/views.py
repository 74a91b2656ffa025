from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from samspel.kit.access import public
from samspel.notices.lake import current_index, current_lake
from samspel.notices.saved import recent
from samspel.notices.search import exports
from samspel.notices.search.form import SearchForm
from samspel.notices.search.page import SearchPage


@require_safe
@public
def notice_list(request):
    index = current_index()
    if index.empty:
        return render(request, "notices/notice_list_empty.html", {"is_loaded": not current_lake().is_empty()})
    page = SearchPage(SearchForm(request.GET), index, timezone.now(), _site(request))
    recent.note(request.actor, page.form.asked)
    is_part = request.htmx.target == "found" and not request.htmx.history_restore_request
    template = "notices/_search_found.html" if is_part else "notices/notice_list.html"
    # On a phone the filters stay open for who is choosing among them, until the hits are asked for.
    is_asking = is_part and request.htmx.trigger == "show"
    is_choosing = is_part and request.htmx.trigger not in {"search", "show"}
    parts = {"is_part": is_part, "is_choosing": is_choosing, "is_asking": is_asking}
    response = render(request, template, {"page": page, **parts})
    if is_part:
        response["HX-Push-Url"] = page.url
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_safe
@public
def notice_export(request, format):  # noqa: A002 - the name in the address
    if format not in exports.WRITERS:
        raise Http404
    form = SearchForm(request.GET)
    if not form.is_understood:
        return HttpResponse("\n".join(form.sentences()), status=400, content_type="text/plain; charset=utf-8")
    export = exports.Export(form.asked, timezone.now(), current_index(), current_lake(), _site(request))
    return exports.WRITERS[format](export)


def _site(request):
    return request.build_absolute_uri("/").rstrip("/")
