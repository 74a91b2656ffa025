"""Finding the organisation that one works for: by its name, or by its registration number."""

import re

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspel.organisations import numbers
from samspel.organisations.joining import countries
from samspel.organisations.models import Organisation
from samspel.registration_numbers import is_personal_number

_MOST_WORDS = 8


class SearchForm(forms.Form):
    """What a person knows of the organisation."""

    q = forms.CharField(
        label=_("Name or registration number"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "autocomplete": "organization"}),
    )


def found(words):
    """Return the organisations that are meant: the number is this one, or the name holds every word; all without words.

    A merged organisation is found too, since that is the name people remember. A sole trader is found by name only.
    """
    confirmed = Organisation.objects.confirmed().select_related("successor")
    if not words:
        return confirmed
    # One by one: a case-blind regular expression knows å and Å also where the database's LIKE does not (SQLite).
    by_name = Q()
    for word in words.split()[:_MOST_WORDS]:
        by_name &= Q(name__iregex=re.escape(word))
    return confirmed.filter(by_name | _by_number(words))


def _by_number(typed):
    meant = Q(pk__in=())
    for country in countries.NEAREST:
        meant |= _number(typed, country, Q(country=country))
    return meant | _number(typed, "", ~Q(country__in=countries.NEAREST))


def _number(typed, country, where):
    number = numbers.plain(typed, country)
    if not number or is_personal_number(number, country or None):
        return Q(pk__in=())
    return where & Q(number=number)
