"""The hub's lake: the real notices, or the sample while there are none. The one place that decides which."""

from functools import cache

from django.conf import settings

from samspel.lake import indexing
from samspel.lake.search import Index
from samspel.lake.store import Lake


@cache
def _lake(folder):
    return Lake(folder)


@cache
def _index(folder):
    return Index(folder)


def real_lake():
    """Return the lake of real notices, which may be empty."""
    return _lake(settings.HOME.lake)


def sample_lake():
    """Return the lake of invented notices, which may be empty."""
    return _lake(settings.HOME.sample)


def current_lake():
    """Return the lake that pages show: never both."""
    return sample_lake() if real_lake().is_empty() and not sample_lake().is_empty() else real_lake()


def current_index():
    """Return the search index of the lake that pages show."""
    return _index(current_lake().folder / "index")


def sample_state():
    """Return "shown" while pages show the sample, "kept" while it lies beside real notices, else None."""
    if sample_lake().is_empty():
        return None
    return "shown" if real_lake().is_empty() else "kept"


def update_index(report):
    """Index what a load has brought: a job after each load."""
    indexing.update(real_lake())
