"""Filters of every template: ``{% load kit %}``. Nothing in, nothing out: a value that is not known is written as "".

A year must be handed over as a string or written with ``{{ year|stringformat:"d" }}``: Django groups the digits of
numbers.
"""

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect

from samspel.kit import formats

register = template.Library()


def _filter(function):
    def write(value, *arguments):
        return "" if value is None or value == "" else function(value, *arguments)

    register.filter(function.__name__, write)


for _function in (
    formats.day,
    formats.moment,
    formats.moment_with_zone,
    formats.count,
    formats.share,
    formats.share_in_words,
    formats.language_name,
):
    _filter(_function)


@register.filter
def money(amount, currency):
    """Write an amount in its currency; without a currency it means nothing and is not written."""
    return "" if amount is None or not currency else formats.money(amount, currency)


@register.filter
def one_line(text):
    """Write a text on one line: what comes from people cannot add another."""
    return " ".join(text.split())


@register.filter
def input(field):  # noqa: A001
    """Draw a form field's input in the look of the hub."""
    if isinstance(field.field.widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        return field.as_widget(attrs={"class": "ds-input"})
    return field.as_widget(attrs={"class": f"ds-input {field.field.widget.attrs.get('class', '')}".strip()})


@register.filter
def one_checkbox(field):
    """Tell whether a form field is a single box, whose label comes after it."""
    return isinstance(field.field.widget, CheckboxInput)
