"""What every test stands on: no network, texts in English, and a hub folder of its own where it asks for one."""

import socket

import pytest

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NetworkUsed(Exception):
    """A test, or the code it tried, reached for another machine."""


def _guarded(connect):
    def guard(asking, address):
        if asking.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise NetworkUsed(f"{address} was called")
        return connect(asking, address)

    return guard


def _guarded_lookup(getaddrinfo):
    def guard(host, *arguments, **options):
        if host not in {*LOOPBACK, None, ""}:
            raise NetworkUsed(f"the address of {host} was looked up")
        return getaddrinfo(host, *arguments, **options)

    return guard


socket.socket.connect = _guarded(socket.socket.connect)
socket.socket.connect_ex = _guarded(socket.socket.connect_ex)
socket.getaddrinfo = _guarded_lookup(socket.getaddrinfo)


def pytest_sessionstart():
    # Pages are tried with the catalogues as they are now, not as they were when the hub was installed.
    from samspel.kit import translations

    translations.compile_all()

    from tests import flushing

    flushing.allow_for_the_trail()


def pytest_sessionfinish():
    from tests import browser

    browser.close()


@pytest.fixture(autouse=True)
def _english():
    """Leave no language behind for the next test."""
    from django.conf import settings
    from django.utils import translation

    if not settings.configured:
        yield
        return
    with translation.override("en"):
        yield


@pytest.fixture
def home(settings, tmp_path):
    """Return an empty hub folder for one test."""
    from samspel.home import Home

    settings.HOME = Home(tmp_path / "home")
    return settings.HOME
