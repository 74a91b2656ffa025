"""Addresses in templates: ``{% load notices %}``."""

from django import template
from django.urls import reverse

from samspel.notices import links

register = template.Library()


@register.simple_tag
def search_url(**asked):
    """Return the address of a search over the notices."""
    return links.search_url(**asked)


@register.simple_tag
def notice_url(key):
    """Return the address of a notice by its key."""
    source, rest = key.split("/", 1)
    identifier, version = rest.rsplit("/", 1)
    return reverse("notice-detail", args=[source, identifier, version])
