from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspel.kit.access import public
from samspel.organisations.permissions import Party
from samspel.organisations.who_may.table import rows


@require_safe
@public
def permission_list(request):
    context = {"parties": [party.label for party in Party], "rows": rows()}
    return render(request, "organisations/permission_list.html", context)
