"""A page as a reader meets it."""

import re
from html import unescape


def text_of(response):
    """Return the words of a page's main part, a space between."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\xa0", " ").split())


def links_of(response):
    """Return where the links of a page's main part lead."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()
    return [unescape(url) for url in re.findall(r'<a [^>]*href="([^"]+)"', main)]
