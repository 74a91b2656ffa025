"""Pages that belong to no app: the language and the error pages."""

import logging

from django.conf import settings
from django.http import HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samspel.kit.access import public

logger = logging.getLogger(__name__)


# Exempt, so that a person who only reads gets no cookie before choosing a language; all it can change is the language.
@csrf_exempt
@require_POST
@public
def language(request):
    response = HttpResponseRedirect(_page_of(request))
    code = request.POST.get("language")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


def _page_of(request):
    # The address may have changed since the page was made (htmx), so what the browser says comes first.
    for address in (request.headers.get("Referer"), request.POST.get("next")):
        if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
            return address
    return "/"


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    # Rendered without the request: messages and the rest of the context may need the database that just failed.
    try:
        page = render_to_string("500.html", {"page_language": get_language()})
    except Exception:
        logger.exception("The error page failed too")
        page = _plain_error()
    return HttpResponseServerError(page)


def _plain_error():
    return format_html(
        '<!doctype html><html lang="{}"><title>{}</title><h1>{}</h1><p>{}</p></html>',
        get_language(),
        _("Something went wrong"),
        _("Something went wrong"),
        _("The error is ours and has been noted. Try again in a while."),
    )
