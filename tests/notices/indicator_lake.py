"""A small invented lake in which every indicator has something to count, and something it cannot say."""

import html
import re
from datetime import date

import pytest

from samspel.home import Home
from samspel.lake.notice import Kind, Marks, Text
from samspel.notices.lake import current_lake
from tests import make

MARKED = Marks(innovative=("mar-nov",), environmental=("clim-mitig",), social=("work-cond",))


# A number and where it opens: in a sentence, in a table, on the map.
NUMBER = re.compile(
    r'<a[^>]* href="(/indicators/[a-z_]+/procurements/[^"]*)"[^>]*>'
    r"(?:<span[^>]*>[^<]*</span>)*(?:<b>)?([\d,]+)(?:</b>| procurements?)?</a>"
)

WRONG = [
    "country=Atlantis",
    "country=%00",
    "country=SE,",
    "region=SE110%20OR%201=1",
    "buyer_kind=king",
    "cpv=forty",
    "cpv=1",
    "source=x",
    "from=2025&to=2020",
    "from=99999999999999999999",
    "year=-1",
    "year=2020&from=2022",
    "year=٢٠٢٤x",
    "rule=joint",
    "country=<script>alert(1)</script>",
    "cpv=" + "9" * 5000,
]


@pytest.fixture(scope="module")
def indicator_hub(tmp_path_factory):
    """Return the home of a filled hub, made once for the tests of a file, which only read it."""
    home = Home(tmp_path_factory.mktemp("hub"))
    lake(home)
    return home


@pytest.fixture
def tried_hub(settings, indicator_hub, time_machine):
    """Let the test see the filled hub in January 2026."""
    time_machine.move_to("2026-01-15T12:00:00Z")
    settings.HOME = indicator_hub
    return current_lake()


def in_norway(**facts):
    return make.buyer(
        **{"name": "Tindeland kommune", "identifier": "999999999", "country": "NO", "nuts": "NO0A2", **facts}
    )


def lake(home):
    """Fill the hub of a test: Swedish and Norwegian procurements of 2020 to 2025."""
    return make.lake(home.lake, *notices())


def notices():
    """Return the notices: two marked in 2024, one of 2020 in a format without marks, a plan, a lone plan, results."""
    plan = make.notice(kind=Kind.PLANNING, subtype="4", published_on=date(2023, 11, 1))
    planned = {"procedure_identifier": plan.procedure_identifier}
    lone = make.notice(kind=Kind.PLANNING, subtype="4", published_on=date(2024, 2, 1), title=(Text("sv", "Bara plan"),))
    marked = make.notice(
        marks=MARKED,
        procedure="comp-dial",
        published_on=date(2024, 3, 4),
        title=(Text("sv", "En innovativ lösning"),),
        **planned,
    )
    won = {"tenders": 4, "tenders_sme": 3, "procedure_identifier": marked.procedure_identifier}
    return [
        plan,
        lone,
        marked,
        make.result(published_on=date(2024, 9, 1), lots=(make.lot(tenders=4, tenders_sme=3),), **won),
        make.notice(marks=MARKED, published_on=date(2024, 5, 1), buyers=(in_norway(),), cpv="72000000", joint=True),
        make.notice(published_on=date(2024, 6, 1), buyers=(in_norway(nuts=None),), cpv=None),
        make.notice(published_on=date(2023, 6, 1), buyers=(in_norway(nuts="NO"), in_norway(identifier="999999998"))),
        make.notice(published_on=date(2020, 6, 1), format="ted-export-r209"),
        make.result(
            published_on=date(2022, 6, 1),
            joint=False,
            tenders=1,
            tenders_sme=1,
            lots=(make.lot(tenders=1, tenders_sme=1),),
        ),
        make.result(published_on=date(2023, 9, 1)),
        make.result(published_on=date(2025, 6, 1), tenders=1, lots=(make.lot(tenders=1),), buyers=(in_norway(),)),
    ]


def text_of(response):
    """Return the words of a page's main part, as a reader meets them."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).replace("\xa0", " ").split())


def heading_of(response):
    heading = re.search(r"<h1.*?</h1>", response.content.decode(), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", "", heading).split())


def numbers_of(response):
    """Return every number of a page that opens, with its address."""
    return {(html.unescape(url), int(text.replace(",", ""))) for url, text in NUMBER.findall(response.content.decode())}
