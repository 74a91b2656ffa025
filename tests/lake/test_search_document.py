import pytest

from samspel.lake.notice import Money
from samspel.lake.search.document import value_of
from tests.lake import make

ONE, MILLION, TWO_MILLIONS = (Money(float(amount), "SEK") for amount in (1, 1_000_000, 2_000_000))


@pytest.mark.parametrize(
    ("awarded", "estimated", "value"),
    [
        (MILLION, TWO_MILLIONS, MILLION),
        (None, TWO_MILLIONS, TWO_MILLIONS),
        (ONE, TWO_MILLIONS, TWO_MILLIONS),
        (ONE, None, None),
        (None, None, None),
    ],
)
def test_a_notice_is_not_found_by_an_amount_that_only_stands_where_one_must(awarded, estimated, value):
    assert value_of(make.notice(awarded_value=awarded, estimated_value=estimated)) == value
