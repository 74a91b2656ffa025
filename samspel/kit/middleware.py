"""What all pages have in common: how they are kept, what is taken out of them, and what damage looks like."""

import logging
import re

from django.shortcuts import render

from samspel.kit.damage import damage_of

logger = logging.getLogger(__name__)

# U+202A to U+202E and U+2066 to U+2069 in UTF-8. A title that holds one would turn the text around it: Unicode TR 36.
DIRECTIONS = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")


def pages(get_response):
    """Let nobody keep a page without asking whether it is still so, and let no text on it turn the direction."""

    def answer(request):
        response = get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.setdefault("Cache-Control", "private, no-cache")
            if DIRECTIONS.search(response.content):
                response.content = DIRECTIONS.sub(b"", response.content)
        return response

    return answer


class Damaged:
    """Answers 503 where what a page needs cannot be read. What is wrong is in the log, never on the page."""

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        return self._get_response(request)

    def process_exception(self, request, exception):
        damage = damage_of(exception)
        if damage is None:
            return None
        logger.error("What the hub has stored cannot be read: %s", exception, exc_info=exception)
        return render(request, "503.html", {"damage": damage}, status=503)
