"""Debian's Chromium, driven by Playwright, for tests that look at pages as a person does."""

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


@contextmanager
def page(*, width=1280, language="en", scheme="light", scripts=True):
    """Open an empty browser page; the test is skipped where Chromium is not installed.

    ``page.faults`` collects what the browser complains about: script errors and refusals by the security policy.
    """
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed. On Debian: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        opened = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=LOCALES[language],
            color_scheme=scheme,
            java_script_enabled=scripts,
        ).new_page()
        opened.faults = []
        opened.on("pageerror", lambda error: opened.faults.append(str(error)))
        opened.on("console", lambda line: opened.faults.append(line.text) if line.type == "error" else None)
        try:
            yield opened
        finally:
            browser.close()
