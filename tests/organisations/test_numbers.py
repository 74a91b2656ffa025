import pytest

from samspel.organisations import numbers

# Of public bodies, as they give them themselves.
TRUE = [("NO", "974760673"), ("SE", "2021002932"), ("DK", "25313763"), ("FI", "02454583"), ("DE", "HRB123")]


@pytest.mark.parametrize("country, number", TRUE)
def test_a_number_that_follows_the_rule_of_its_country_is_taken(country, number):
    assert numbers.wrong(number, country) is None


@pytest.mark.parametrize("country, number", [(country, number) for country, number in TRUE if country != "DE"])
@pytest.mark.parametrize("place", [0, -1])
def test_a_number_with_one_digit_wrong_is_refused_with_what_to_do(country, number, place):
    digits = list(number)
    digits[place] = str((int(digits[place]) + 1) % 10)

    assert "Check that all" in str(numbers.wrong("".join(digits), country))


@pytest.mark.parametrize(
    "country, number",
    [
        ("NO", ""),
        ("NO", "97476067"),
        ("SE", "20210029320"),
        ("DK", "2531376a"),
        ("FI", "²4454583"),
        ("NO", "٩74760673"),
    ],
)
def test_a_number_of_another_length_or_with_other_signs_is_refused(country, number):
    assert numbers.wrong(number, country) is not None


@pytest.mark.parametrize(
    "country, typed, number",
    [
        ("NO", "974 760 673 MVA", "974760673"),
        ("SE", "202100-2932", "2021002932"),
        ("FI", "0245458-3", "02454583"),
        ("DK", "DK 25 31 37 63", "25313763"),
        ("SE", "no number", ""),
    ],
)
def test_a_number_is_read_however_it_is_typed(country, typed, number):
    assert numbers.plain(typed, country) == number
