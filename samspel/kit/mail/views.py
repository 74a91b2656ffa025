"""The page that the link at the end of a mail leads to."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samspel.kit.access import public
from samspel.kit.mail.subscriptions import is_unsubscribed, opened, unsubscribe_signed, words_for


# Exempt, since the reader's mail program posts here too (RFC 8058); the signature says for whom, and nothing else can
# be changed. Opening the page changes nothing: programs that look for viruses open every link.
@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request, signed):
    found = opened(signed)
    if found is None:
        raise Http404
    if request.method == "POST":
        unsubscribe_signed(signed)
    reader, key = found
    context = {"words": words_for(key), "is_done": is_unsubscribed(reader, key)}
    return render(request, "kit/unsubscription.html", context)
