import pytest

from samspel.lake.registration_numbers import cleaned, is_personal_number, masked

# Invented numbers. The third digit of a Swedish company's number is never below 2.


@pytest.mark.parametrize(
    "identifier, country, expected",
    [
        ("800101-1234", "SE", True),
        ("8001011234", "SE", True),
        ("198001011234", "SE", True),
        ("20050131-1234", "SE", True),
        ("800161-1234", "SE", True),  # a co-ordination number: the day and sixty
        ("SE800101123401", "SE", True),  # the VAT number of a sole trader
        ("801201-1234", "SE", True),  # third digit 1
        ("802001-1234", "SE", False),  # third digit 2
        ("556012-5790", "SE", False),
        ("165560125790", "SE", False),
        ("SE556012579001", "SE", False),
        ("131052-308T", "FI", True),
        ("131052308T", "FI", True),
        ("131052A308T", "FI", True),
        ("131052-308A", "FI", False),  # wrong check character
        ("991052-308T", "FI", False),  # no date
        ("2288666-6", "FI", False),
        ("01010112345", "NO", True),
        ("991825827", "NO", False),
        ("010180-1234", "DK", True),
        ("12345678", "DK", False),
        ("8112189876", None, True),  # a Swedish number with a true date and check digit
        ("8112189870", None, False),
        ("5212345678", None, False),
        ("8001011234", "PL", False),
        (None, "SE", False),
        ("", "SE", False),
    ],
)
def test_a_personal_number_is_told_from_an_organisations(identifier, country, expected):
    assert is_personal_number(identifier, country) is expected


@pytest.mark.parametrize(
    "stated, country, expected",
    [
        ("556012-5790", "SE", "5560125790"),
        ("SE556012579001", "SE", "5560125790"),
        ("NO 991 825 827 MVA", "NO", "991825827"),
        ("991 825 827", "NO", "991825827"),
        ("DK 12 34 56 78", "DK", "12345678"),
        ("FI22886666", "FI", "22886666"),
        ("2288666-6", "FI", "22886666"),
        ("de 123.456", "DE", "DE123456"),
        ("not stated", "SE", None),
        ("-", None, None),
        (None, "SE", None),
    ],
)
def test_a_number_is_kept_as_letters_and_digits_and_a_nordic_vat_number_as_the_number_in_it(stated, country, expected):
    assert cleaned(stated, country) == expected


def test_a_masked_number_shows_neither_number_nor_date_of_birth():
    assert masked("8001011234") == "••••••••••"
