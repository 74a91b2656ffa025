import duckdb
import pyarrow as pa
import pytest

from samspel.lake.concentration import Concentration, concentration, read
from samspel.lake.indicators import PROCUREMENTS, TABLE, Where, answer, indicator_named

DECLARED = indicator_named("declared")


def rows(number, **facts):
    plain = {"procurement": "p", "country": "SE", "source": "uhm", "year": 2021, "declared_1": False}
    return [{**dict.fromkeys(PROCUREMENTS.names), **plain, **facts}] * number


def found(table, **asked):
    with duckdb.connect() as connection:
        connection.register("procurements", pa.Table.from_pylist(table, schema=PROCUREMENTS))
        return [read(row) for row in answer(connection, concentration(TABLE, DECLARED, where=Where(**asked)))]


def test_the_channel_and_the_buyer_with_most_of_a_number_stand_beside_it():
    table = [
        *rows(20, channel="Alfa", buyer="a", buyer_name="Åby kommun", declared_1=True),
        *rows(10, channel="Alfa", buyer="b", buyer_name="Berg kommun", declared_1=True),
        *rows(2, channel="Beta", buyer="b", buyer_name="Berg kommun", declared_1=True),
        *rows(60, channel="Beta", buyer="c", buyer_name="Ceby kommun"),
        *rows(3, buyer="d", source="ted", declared_1=True),
        *rows(9, channel="Beta", buyer="c", declared_1=None),
        *rows(9, channel="Alfa", buyer="c", declared_1=True, year=2022),
    ]

    channel, buyer = found(table, years=(2021, 2021))

    assert channel == Concentration("channel", "Alfa", "Alfa", number=30, of=35, base=30, of_base=95)
    assert buyer == Concentration("buyer", "a", "Åby kommun", number=20, of=35, base=20, of_base=95)
    assert (channel.share, channel.base_share) == (30 / 35, 30 / 95)


@pytest.mark.parametrize(
    "number, of, base, of_base, is_notable",
    [
        (530, 543, 2004, 12_319, True),
        (4, 20, 10, 1000, True),
        (19, 19, 10, 1000, False),
        (3, 20, 10, 1000, False),
        (15, 20, 500, 1000, False),
    ],
    ids=["most", "a fifth", "few in all", "a small part", "large everywhere"],
)
def test_a_concentration_is_worth_telling_where_it_is_far_above_its_part(number, of, base, of_base, is_notable):
    one = Concentration("channel", "Alfa", "Alfa", number=number, of=of, base=base, of_base=of_base)

    assert one.is_notable == is_notable


def test_of_equals_the_first_by_key_is_told_so_that_the_page_stays_the_same():
    table = [*rows(2, buyer="b", declared_1=True), *rows(2, buyer="a", declared_1=True)]

    assert [one.key for one in found(table)] == ["a"]


@pytest.mark.parametrize("table", [[], rows(3, channel="Alfa", buyer="a"), rows(3, declared_1=True)])
def test_where_nothing_is_marked_or_nobody_is_named_nothing_is_told(table):
    assert found(table) == []


def test_a_mean_is_refused():
    with pytest.raises(ValueError, match="tenders is no share of procurements"):
        concentration(TABLE, indicator_named("tenders"), where=Where())
