"""What a hub with one result that says all a row can hold, and one notice that says little, gives as files."""

import io
import zipfile
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.http import QueryDict

from samspel.home import Home
from samspel.lake import indexing
from samspel.lake.notice import Marks
from samspel.notices.lake import current_index, current_lake
from samspel.notices.search import exports
from samspel.notices.search.form import SearchForm
from tests import make

NOW = datetime(2025, 7, 2, 9, tzinfo=UTC)
# A number that no person has: the check digit is wrong on purpose.
PERSONAL = "6408233235"
XML = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def fill(home, *notices):
    indexing.rebuild(make.lake(home.lake, *notices))


def get(client, file, **asked):
    return client.get(f"/notices/export.{file}?{urlencode(asked, doseq=True)}")


def sheets(content):
    """Return the rows of each sheet of an Excel file, each a list of what its cells hold; no cell is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        trees = [ET.fromstring(file.read(name)) for name in names]
    assert [tree.findall(".//x:f", XML) for tree in trees] == [[] for _ in trees]
    return [[list(map(held, row.findall("x:c", XML))) for row in tree.findall(".//x:row", XML)] for tree in trees]


def held(cell):
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    return float(cell.find("x:v", XML).text)


def export_of(query=""):
    asked = SearchForm(QueryDict(query)).asked
    return exports.Export(asked, NOW, current_index(), current_lake(), "https://hub.example")


@pytest.fixture
def hub(home, time_machine):
    time_machine.move_to(NOW, tick=False)
    return home


RESULT = make.result(
    title=make.title("Digital tillsyn på natten"),
    buyers=(make.buyer(), make.buyer(name="Grannby kommun", identifier="2120009983")),
    winners=(make.winner(), make.winner(name="Anna Exempel", identifier=PERSONAL, is_person=True)),
    estimated_value=make.money(4_000_000),
    awarded_value=make.money(3_999_999.5),
    tenders=5,
    tenders_sme=3,
    cpv_additional=("48000000",),
    nuts=("SE125",),
    marks=Marks(innovative=("prod-innov",), social=("opp",)),
    url="https://source.example/1",
)
LITTLE = make.notice(
    title=make.title("Tillsyn på dagen"), buyers=(), cpv=None, procedure=None, published_on=date(2025, 1, 2)
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Return a hub with one result that says all a row can hold, and one notice that says little."""
    home = Home(tmp_path_factory.mktemp("bought"))
    fill(home, RESULT, LITTLE)
    return home


@pytest.fixture
def bought(filled, settings, time_machine):
    time_machine.move_to(NOW, tick=False)
    settings.HOME = filled
    return filled
