"""Debian's Chromium, driven by Playwright, for tests that look at pages as a person does."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
# Quiet: a browser in a test asks nobody for anything but the page.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"sv": "sv-SE", "nb": "nb-NO", "en": "en-GB"}
_open = {}


@contextmanager
def page(*, width=1280, language="en", scheme="light", scripts=True):
    """Open an empty browser page; the test is skipped where Chromium is not installed.

    ``page.faults`` collects what the browser complains about: script errors and refusals by the security policy.
    """
    context = _browser().new_context(
        viewport={"width": width, "height": 900},
        locale=LOCALES[language],
        color_scheme=scheme,
        java_script_enabled=scripts,
    )
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("console", lambda line: opened.faults.append(line.text) if line.type == "error" else None)
    try:
        yield opened
    finally:
        context.close()


def _browser():
    """Start the one browser of this test process, or return the running one."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed. On Debian: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not _open:
        _open["driver"] = playwright.sync_playwright().start()
        _open["browser"] = _open["driver"].chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        # The driver keeps an event loop in this thread, in which Django would refuse to use the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return _open["browser"]


def close():
    """End the browser when the tests are over."""
    if _open:
        _open.pop("browser").close()
        _open.pop("driver").stop()
