"""Addresses and buttons in templates: ``{% load notices %}``."""

from django import template

from samspel.notices import links
from samspel.notices.saved import following

register = template.Library()
register.simple_tag(links.notice_url)
register.simple_tag(links.search_url)


@register.inclusion_tag("notices/_follow.html", takes_context=True)
def follow_button(context, kind, key, words, procurement=None):
    """Draw the button to follow what a page is about, or to cease."""
    request = context["request"]
    button = following.button(request.actor, kind, key, procurement=procurement)
    return {"button": button, "words": words, "address": request.get_full_path(), "actor": request.actor}
