"""Names the browser that a session is used with, as its owner would."""

import re

from django.utils.translation import gettext as _

# In this order: most browsers also name those that they descend from.
_BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
_MACHINES = (
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMac(intosh| OS X)\b"),
    ("Linux", r"\b(Linux|X11)\b"),
)


def browser_in_words(user_agent):
    """Return a name such as "Firefox on Windows"."""
    browser, machine = (
        next((name for name, mark in marks if re.search(mark, user_agent)), "") for marks in (_BROWSERS, _MACHINES)
    )
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("A browser that does not say its name")
