"""The hub's lake: the real notices, or the sample while there are none. The one place that decides which."""

from functools import cache

import duckdb
import pyarrow as pa
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.kit.damage import Damage
from samspel.lake import indexing
from samspel.lake.search import Index
from samspel.lake.search.index import IndexDamaged
from samspel.lake.store import Damaged, Lake

_REBUILD = _("The search index must be rebuilt:")
_RESTORE = _("Put the lake's folder back from the backup, or move it away and load the notices anew:")
_UNREADABLE = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.SerializationException,
    duckdb.CatalogException,  # a table of the lake is not there
    pa.ArrowInvalid,
)
DAMAGES = (
    Damage("index", (IndexDamaged,), _REBUILD, "samspel search rebuild", is_told=True),
    Damage("lake", (Damaged,), _RESTORE, "samspel notices load", is_told=True),
    Damage("files", _UNREADABLE, _RESTORE, "samspel notices load"),
)


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
    """Return the lake that pages show: never both, and never the sample in production."""
    return sample_lake() if sample_state() == "shown" else real_lake()


def current_index():
    """Return the search index of the lake that pages show."""
    return _index(current_lake().folder / "index")


def real_index():
    """Return the search index of the real notices."""
    return _index(real_lake().folder / "index")


def sample_state():
    """Return "shown" while pages show the sample, "kept" while it lies beside real notices, else None.

    A lake that cannot be read is none that the sample may stand in for: every page asks this, and must not fail on it.
    """
    try:
        if not settings.DEVELOPMENT or sample_lake().is_empty():
            return None
        return "shown" if real_lake().is_empty() else "kept"
    except Damaged:
        return None


def update_index(report):
    """Index what a load has brought: a job after each load."""
    indexing.update(real_lake())
