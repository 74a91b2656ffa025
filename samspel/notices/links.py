"""Addresses of the pages where things open: a notice, a search over notices, the evidence behind an indicator."""

from urllib.parse import urlencode

from django.urls import reverse


def notice_url(key):
    """Return the address of a notice by its key."""
    source, rest = key.split("/", 1)
    identifier, version = rest.rsplit("/", 1)
    return reverse("notice-detail", args=[source, identifier, version])


def search_url(**asked):
    """Return the address of a search over the notices."""
    return _with(reverse("notice-list"), asked)


def indicators_url():
    """Return the address of all indicators."""
    return reverse("indicator-list")


def indicator_url(name):
    """Return the address of an indicator: what it counts, why, and its numbers."""
    return reverse("indicator-detail", args=[name])


def evidence_url(indicator, **asked):
    """Return the address of the procurements behind an indicator's number (year, country)."""
    return _with(reverse("indicator-evidence", args=[indicator]), asked)


def _with(address, asked):
    return f"{address}?{urlencode(asked, doseq=True)}" if asked else address
