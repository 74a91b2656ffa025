"""Addresses of the pages where numbers open: the search over notices and the evidence behind an indicator."""

from urllib.parse import urlencode

from django.urls import reverse


def search_url(**asked):
    """Return the address of a search over the notices."""
    return _with(reverse("notice-list"), asked)


def evidence_url(indicator, **asked):
    """Return the address of the procurements behind an indicator's number (year, country)."""
    return _with(reverse("indicator-evidence", args=[indicator]), asked)


def _with(address, asked):
    return f"{address}?{urlencode(asked, doseq=True)}" if asked else address
