"""What the base page needs on every page."""

from django.conf import settings
from django.utils.translation import get_language

from samspel.kit import registry

# Each language in its own words: the one who needs the switch cannot read the others.
LANGUAGES = {"sv": "svenska", "nb": "bokmål", "en": "English"}


def page(request):
    """Return the navigation, the languages and the sample's state for ``kit/base.html``."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "page_language": language,
        "languages": [(code, LANGUAGES[code], code == language) for code, _ in settings.LANGUAGES],
        "language_name": LANGUAGES.get(language, language),
        "navigation": _links(registry.navigation, request.path),
        "tools": _links(registry.tools, request.path),
        "footer_links": _links(registry.footer, request.path),
        "sample": registry.sample_state(),
    }


def _links(links, path):
    return [{"label": link.label, "url": link.url, "current": link.current(path)} for link in links]
