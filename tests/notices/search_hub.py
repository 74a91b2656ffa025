"""A hub of four notices that differ in everything one can filter by, and what its search page shows."""

import re
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import urlencode

import pytest

from samspel.home import Home
from samspel.lake import indexing
from samspel.lake.notice import Deadline, Marks
from tests import make

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
OSLO = make.buyer(name="Oslo kommune", identifier="958935420", country="NO", nuts="NO081")


def address(**asked):
    return f"/notices/?{urlencode(asked, doseq=True)}" if asked else "/notices/"


def fill(home, *notices):
    indexing.rebuild(make.lake(home.lake, *notices))


def titles(client, url):
    """Return the titles of the hits, in order, as text."""
    page = client.get(url).content.decode()
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)]


def total(client, url):
    return int(re.search(r"<b>([\d,]+) notices?</b>", client.get(url).content.decode())[1].replace(",", ""))


@pytest.fixture(scope="module")
def varied(tmp_path_factory):
    """Return a hub folder with notices that differ in everything one can filter by."""
    home = Home(tmp_path_factory.mktemp("varied"))
    fill(
        home,
        make.notice(
            title=make.title("Sjukhussängar"),
            cpv="33192100",
            procedure="open",
            published_on=date(2025, 3, 1),
            estimated_value=make.money(2_000_000),
            deadlines=(Deadline("tenders", "2025-04-01T12:00:00+02:00"),),
            marks=Marks(innovative=("prod-innov",)),
        ),
        make.notice(
            title=make.title("Ombyggnad av skola"),
            cpv="45214200",
            published_on=date(2024, 5, 2),
            estimated_value=make.money(90_000),
            deadlines=(Deadline("tenders", "2024-06-01T12:00:00+02:00"),),
            marks=Marks(strategic=("env-imp", "soc-obj")),
        ),
        make.result(
            title=make.title("Lekeplassutstyr til skoler", "nb"),
            language="nb",
            buyers=(OSLO,),
            cpv="37535200",
            published_on=date(2023, 1, 9),
            awarded_value=make.money(300_000, "NOK"),
        ),
        make.notice(
            source="doffin",
            title=make.title("Rehabilitering av vei", "nb"),
            language="nb",
            buyers=(make.buyer(name="Arendal kommune", identifier="940493021", country="NO", nuts="NO041"),),
            cpv="45233142",
            procedure="comp-dial",
            published_on=date(2019, 8, 20),
        ),
    )
    return home


@pytest.fixture
def hub(varied, settings, time_machine):
    settings.HOME = varied
    time_machine.move_to(NOW, tick=False)
    return varied
