from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samspel.front.my.page import MyPage
from samspel.organisations.access import signed_in


@signed_in
@require_safe
def my_page(request):
    return render(request, "front/my_page.html", {"page": MyPage(request.actor, timezone.now())})
