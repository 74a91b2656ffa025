"""A small site of trial pages, so that the kit is tried without the apps that stand on it."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect


def _home(request):
    return render(request, "404.html")


def _said(request):
    messages.success(request, "It is saved.")
    messages.error(request, "It <b>failed</b>.")
    return render(request, "404.html")


def _refused(request):
    raise PermissionDenied


def _unreadable(request):
    raise BadRequest


def _broken(request):
    raise OperationalError("no such table: what_the_visitor_must_not_see")


@csrf_protect
def _form(request):
    return HttpResponse("sent")


urlpatterns = [
    path("", _home, name="home"),
    path("said", _said),
    path("refused", _refused),
    path("unreadable", _unreadable),
    path("broken", _broken),
    path("form", _form),
    path("", include("samspel.kit.urls")),
]
handler400 = "samspel.kit.views.bad_request"
handler403 = "samspel.kit.views.permission_denied"
handler404 = "samspel.kit.views.page_not_found"
handler500 = "samspel.kit.views.server_error"
