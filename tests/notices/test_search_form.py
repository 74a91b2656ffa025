import re
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from samspel.home import Home
from samspel.lake import indexing
from samspel.notices.search.form import SearchForm
from tests import make
from tests.pages import text_of


def address(**asked):
    return f"/notices/?{urlencode(asked, doseq=True)}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("filled"))
    days = [date(year, 5, 2) for year in (2019, 2023, 2024, 2025)]
    indexing.rebuild(make.lake(home.lake, *(make.notice(published_on=day) for day in days)))
    return home


@pytest.fixture
def hub(filled, settings):
    """Return a hub of four notices, one of them of 2024."""
    settings.HOME = filled
    return filled


WRONG = [
    ({"currency": "SEK", "min": "9", "max": "3"}, "The highest amount is lower than the lowest."),
    ({"currency": "SEK", "min": "många"}, "Write an amount in digits, such as 500000."),
    ({"currency": "SEK", "min": "-5"}, "Write an amount in digits, such as 500000."),
    ({"currency": "SEK", "max": "1e400"}, "Write an amount in digits, such as 500000."),
    ({"currency": "SEK", "max": "9" * 400}, "Write an amount in digits, such as 500000."),
    ({"min": "5"}, "Choose a currency: amounts are compared within one."),
    ({"currency": "kronor"}, "Choose a currency by its three letters, such as SEK."),
    ({"sort": "price"}, "The hits cannot be sorted so."),
    ({"sort": "value"}, "Choose a currency first: amounts are compared within one."),
    ({"q": "vård " * 2000}, "Only the first 2,000 letters are searched for; these are 9,999."),
    ({"year": "last"}, "The address asks for “last”, which the hub does not understand; it is left out."),
    ({"cpv": "x'; DROP TABLE"}, "The address asks for “x'; DROP TABLE”, which the hub does not understand"),
    ({"country": "Sweden"}, "The address asks for “Sweden”, which the hub does not understand; it is left out."),
    ({"region": "../../etc"}, "The address asks for “../../etc”, which the hub does not understand; it is left out."),
    ({"buyer": "x" * 10_000}, "which the hub does not understand; it is left out."),
    ({"q": "\0"}, "4 notices"),
    ({"q": '"((AND* -'}, "0 notices"),
    ({"page": "1000000000"}, "4 notices"),
    ({"page": "-1"}, "4 notices"),
    ({"page": "999999"}, "4 notices"),
    ({"page": "zwei"}, "4 notices"),
    ({"kind": "nonsense", "supplier": "nobody", "mark": "?", "rule": "x", "source": "y"}, "0 notices"),
    ({"procurement": "none"}, "0 notices"),
    ({"year": ["2024"] * 900}, "1 notice"),
    ({"unheard": "of"}, "4 notices"),
]


@pytest.mark.parametrize("asked, said", WRONG)
def test_what_cannot_be_read_is_said_and_stays_as_it_was_typed(client, hub, asked, said):
    page = client.get(address(**asked))

    assert page.status_code == 200
    assert said in text_of(page)
    typed = [asked[name] for name in ("q", "min", "max") if name in asked and "\0" not in asked[name]]
    shown = re.findall(r'<input class="ds-input"[^>]* value="([^"]*)"', page.content.decode())
    assert [value for value in map(unescape, shown) if value] == typed


def test_a_wrong_amount_is_explained_at_its_field(client, hub):
    page = client.get(address(currency="SEK", max="x")).content.decode()

    assert re.search(r'id="max"[^>]*value="x"[^>]*aria-invalid="true" aria-describedby="max-error"', page)
    assert re.search(r'<div id="max-error"><p[^>]*>Write an amount', page)


def test_an_address_that_is_read_and_written_is_the_same():
    url = (
        "?q=v%C3%A5rd&kind=result&country=SE&country=NO&region=NO092&cpv=45&mark=innovation&rule=wording&procedure=open"
        "&year=2024&buyer=SE-1&supplier=SE-2&source=ted&currency=SEK&min=1000&max=2000.5&open=1&sort=date&page=3"
    )

    asked = SearchForm(QueryDict(url.removeprefix("?"))).asked

    assert asked.query() == url
