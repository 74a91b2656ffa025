"""What the base page needs on every page."""

from django.conf import settings
from django.utils.translation import get_language

from samspel.kit import registry

# Each language in its own words: the one who needs the switch cannot read the others.
LANGUAGES = {"sv": "svenska", "nb": "bokmål", "en": "English"}


def page(request):
    """Return ``page_language``, and ``hub``: the navigation, the languages and the sample's state for the base page.

    Few names, so that no page takes one away by giving its own template a word of the same name.
    """
    language = get_language() or settings.LANGUAGE_CODE
    hub = {
        "language_name": LANGUAGES.get(language, language),
        "languages": [(code, LANGUAGES[code], code == language) for code, _ in settings.LANGUAGES],
        "navigation": _links(registry.navigation, request.path),
        "tools": _links(registry.tools, request.path),
        "footer": _links(registry.footer, request.path),
        "account": [part.template for part in registry.account],
        "header": [part.template for part in registry.header],
        "sample": registry.sample_state(),
    }
    return {"page_language": language, "hub": hub}


def _links(links, path):
    return [{"label": link.label, "url": link.url, "current": link.current(path)} for link in links]
