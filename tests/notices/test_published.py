import pytest

from samspel.lake.notice import Kind, Marks
from samspel.notices.published import days, kind_and_day, published
from tests import make
from tests.pages import text_of


@pytest.mark.parametrize(
    ("source", "kind", "head", "listed"),
    [
        ("ted", Kind.RESULT, "Published 11 Jun 2021", "Result 11 Jun 2021"),
        ("uhm", Kind.COMPETITION, "Advertised 11 Jun 2021", "Competition 11 Jun 2021"),
        (
            "uhm",
            Kind.RESULT,
            "Advertised 11 Jun 2021; when it was decided is not stated",
            "Result, advertised 11 Jun 2021",
        ),
    ],
)
def test_a_day_is_called_what_it_is_the_day_of(source, kind, head, listed):
    name = str(kind).capitalize()

    assert (published(source, kind, "11 Jun 2021"), kind_and_day(source, kind, name, "11 Jun 2021")) == (head, listed)


def test_a_file_keeps_the_two_days_apart():
    assert days("ted", "2021-06-11") == {"published_on": "2021-06-11", "advertised_on": None}
    assert days("uhm", "2021-06-11") == {"published_on": None, "advertised_on": "2021-06-11"}


def test_the_procurements_behind_a_number_are_dated_so_too(client, home):
    marks = Marks(national=("innovation",))
    make.lake(home.lake, make.result(source="uhm", format="uhm-2021", marks=marks, awarded_value=make.money(0)))

    page = text_of(client.get("/indicators/declared/procurements/?year=2025"))
    (row,) = client.get("/indicators/declared/procurements.json?year=2025").json()["rows"]

    assert "Upphandlingsmyndigheten: Result, advertised 30 Jun 2025" in page
    assert "Marked as innovation." in page
    assert "Marked: " not in page
    assert (row["suppliers"], row["amount"], row["amount_is"]) == (1, None, None)
