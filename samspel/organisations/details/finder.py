"""Naming an organisation in a form: find it, then choose it."""

from samspel.organisations.joining import search
from samspel.organisations.models import Organisation

SHOWN = 20


def found(query, *, among):
    """Return the form that was asked with, and the first of these organisations that are meant by it."""
    form = search.SearchForm(query)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    return form, list(search.found(words).filter(pk__in=among.values("pk"))[:SHOWN]) if words else []


def chosen(query, *, among):
    """Return the organisation that a form names by its key, None where it names none of these."""
    pk = query.get("organisation", "")
    return among.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 18 else None


def current():
    """Return the organisations that can be named: vouched for, and not part of another."""
    return Organisation.objects.confirmed().current()
