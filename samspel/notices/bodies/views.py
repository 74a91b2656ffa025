from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.kit.access import public
from samspel.kit.pages import Pages
from samspel.notices.bodies import files, parties
from samspel.notices.bodies.forms import ProcurementFilter
from samspel.notices.bodies.page import PartyPage
from samspel.notices.lake import current_lake
from samspel.organisations.details.sections import drawn, tied_to

PAGE_SIZE = 20
# A key is a country and a number or a name of at most 80 letters.
LONGEST_KEY = 200


@require_safe
@public
def buyer_detail(request, key):
    return _detail(request, "buyer", key)


@require_safe
@public
def supplier_detail(request, key):
    return _detail(request, "supplier", key)


@require_safe
@public
def buyer_export(request, key, format):  # noqa: A002 - the name in the address
    return _export(request, "buyer", key, format)


@require_safe
@public
def supplier_export(request, key, format):  # noqa: A002
    return _export(request, "supplier", key, format)


def _detail(request, role, key):
    lake = current_lake()
    body = _find(lake, role, key)
    if body is None:
        return render(request, "notices/party_missing.html", {"role": role}, status=404)
    asked = ProcurementFilter.asked(request.GET)
    overview = parties.overview(lake, role, key)
    wanted = Pages.asked(request.GET.get("page"), overview.procurements, PAGE_SIZE)
    total, rows = parties.procurements(lake, role, key, asked, start=wanted.start, number=PAGE_SIZE)
    if not rows and wanted.start:
        # A filter leaves fewer pages than the whole list has.
        wanted = Pages(1, total, PAGE_SIZE)
        total, rows = parties.procurements(lake, role, key, asked, number=PAGE_SIZE)
    most = None if request.GET.get("others") == "all" else parties.LISTED
    held = tied_to(key)
    others = parties.counterparties(lake, role, key, most=most)
    page = PartyPage(body, overview, others, asked, rows, total, called=held.name if held else "")
    pages = Pages(wanted.number, total, PAGE_SIZE)
    sections = drawn(request, organisation=held, body=body)
    printed = {"address": request.build_absolute_uri(), "at": timezone.now()}
    return render(
        request, f"notices/{role}_detail.html", {"page": page, "pages": pages, "sections": sections, **printed}
    )


def _find(lake, role, key):
    return parties.party(lake, role, key) if len(key) <= LONGEST_KEY and key.isprintable() else None


def _export(request, role, key, kind):
    lake = current_lake()
    body = _find(lake, role, key)
    if body is None or kind not in files.WRITERS:
        raise Http404
    asked = ProcurementFilter.asked(request.GET)
    total, rows = parties.procurements(lake, role, key, asked, number=files.MOST_ROWS)
    return files.WRITERS[kind](files.Export(body, rows, total, request.build_absolute_uri("/").rstrip("/")))
