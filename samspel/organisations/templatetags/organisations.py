"""Filters for what is shown of organisations: ``{% load organisations %}``."""

from django import template

from samspel.organisations.details import names

register = template.Library()


@register.filter
def place(organisation):
    """Write where an organisation is: its region, where that is known, and its country."""
    found = (names.named(names.REGION, organisation.region), names.named(names.COUNTRY, organisation.country))
    return ", ".join(dict.fromkeys(str(one) for one in found if one))
