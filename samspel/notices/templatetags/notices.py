"""Addresses in templates: ``{% load notices %}``."""

from django import template

from samspel.notices import links

register = template.Library()
register.simple_tag(links.notice_url)
register.simple_tag(links.search_url)
