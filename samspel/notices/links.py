"""Addresses of the pages where things open: a notice, a search over notices, the evidence behind an indicator."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def notice_url(key):
    """Return the address of a notice by its key."""
    source, rest = key.split("/", 1)
    identifier, version = rest.rsplit("/", 1)
    return reverse("notice-detail", args=[source, identifier, version])


def search_url(**asked):
    """Return the address of a search over the notices."""
    return _with(_address("notice-list"), asked)


def indicators_url():
    """Return the address of all indicators."""
    return _address("indicator-list")


def evidence_url(indicator, **asked):
    """Return the address of the procurements behind an indicator's number (year, country)."""
    return _with(_address("indicator-evidence", indicator), asked)


def _address(name, *arguments):
    # The pages of search and of indicators are made by others in these hours.
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _with(address, asked):
    return f"{address}?{urlencode(asked, doseq=True)}" if asked and address else address
