import logging

import pytest

from samspel.home import Home


@pytest.fixture(scope="session")
def walked_lake(tmp_path_factory):
    """Return the home of a lake to walk along, made once."""
    from tests.walk.world import fill

    return fill(Home(tmp_path_factory.mktemp("walk")))


@pytest.fixture
def world(db, settings, walked_lake):
    """Return a small hub to walk through; what it refuses is asserted, not logged."""
    from tests.walk.world import World

    settings.HOME, notice = walked_lake
    logging.disable(logging.CRITICAL)
    yield World(notice)
    logging.disable(logging.NOTSET)
