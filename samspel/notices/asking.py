"""The sources that the hub fetches notices from, as its settings say: for the command and for the nightly job."""

from dataclasses import asdict, replace

from django.conf import settings

from samspel.lake.sources import Stopped, doffin, ted


class NotSetUp(Exception):
    """A source cannot be asked with these settings. The message says what to set."""


def source(name):
    """Return the source of a name, ready to be asked; raises NotSetUp."""
    try:
        if name == "ted":
            limits = _limits(ted.LIMITS, settings.TED_LIMITS)
            return ted.Ted(base_url=settings.TED_URL, packages_url=settings.TED_PACKAGES_URL, limits=limits)
        limits = _limits(doffin.LIMITS, settings.DOFFIN_LIMITS)
        return doffin.Doffin(settings.DOFFIN_KEY, base_url=settings.DOFFIN_URL, limits=limits)
    except Stopped as stopped:
        raise NotSetUp(str(stopped)) from stopped


def _limits(limits, wanted):
    """Return the limits with those that the settings name set otherwise."""
    kinds = {name: type(value) for name, value in asdict(limits).items()}
    if unknown := sorted(wanted.keys() - kinds.keys()):
        message = f"There is no limit called {', '.join(unknown)}. There are: {', '.join(kinds)}."
        raise NotSetUp(message)
    try:
        return replace(limits, **{name: kinds[name](value) for name, value in wanted.items()})
    except ValueError as error:
        message = f"A limit is no number: {error}."
        raise NotSetUp(message) from error
