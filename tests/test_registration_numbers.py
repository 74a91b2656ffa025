from random import Random

import pytest

from samspel.registration_numbers import cleaned, is_personal_number, masked, without_personal_numbers

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
        ("Org.nr: 820105-2380", "SE", True),
        ("Personnr 820104 2381", "SE", True),
        ("ORGNR8201052380", "SE", True),  # the same, as it is kept
        ("820106-2389 / 556012-5790", "SE", True),
        ("820106–2389", "SE", True),  # an en dash
        ("820101-2384", "swe", True),
        ("820102-2383", "se", True),
        ("SE820111238301", None, True),
        ("131052-308T", None, True),
        ("131052A308T", "XX?", True),
        ("1310523082", None, False),  # ten digits without a sign
        ("820108-2387", "NO", True),
        ("820109-2386", "FI", True),
        ("010180-1234", "SE", True),
        ("01018012345", "DK", True),
        ("01018012345", None, False),  # wrong check digits
        ("Org.nr: 556012-5790", "SE", False),
        ("556012-5790 / 802001-1234", "SE", False),
        ("RSSMRA80A01H501U", "IT", True),
        ("rss mra 80a01 h501u", None, True),
        ("IT12345678901", "IT", False),
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


@pytest.mark.parametrize("country", ["SE", "NO", "DK", "FI", "SWE", None, "PL"])
def test_a_swedish_company_is_nowhere_a_person(country):
    random = Random(1)
    numbers = [
        f"{random.randrange(10, 100)}{random.randrange(20, 100)}{random.randrange(10**6):06}" for _ in range(2000)
    ]

    assert not [number for number in numbers if is_personal_number(number, country)]
    assert not [number for number in numbers if is_personal_number(f"Org.nr {number[:6]}-{number[6:]}", country)]


@pytest.mark.parametrize(
    "name, country, expected",
    [
        ("Eli Exempel 820107-2388", "SE", "Eli Exempel ••••••-••••"),
        ("Straße 820107-2388", "SE", "STRASSE ••••••-••••"),
        ("Exempel 131052-308T Oy", "FI", "Exempel ••••••-•••• Oy"),
        ("Exempel AB 556012-5790", "SE", "Exempel AB 556012-5790"),
        ("Große Straße 12345678", "SE", "Große Straße 12345678"),
        ("Bygg 2000 AB", "SE", "Bygg 2000 AB"),
    ],
)
def test_a_personal_number_in_a_name_is_masked(name, country, expected):
    assert without_personal_numbers(name, country) == expected


def test_a_masked_number_shows_neither_number_nor_date_of_birth():
    assert masked("8001011234") == "••••••••••"


@pytest.mark.parametrize(
    "written",
    [
        "6408-233234",
        "64 08 23 32 34",
        "640823.3234",
        "640823/3234",
        "640823_3234",
        "640823--3234",
        "640823 - 3234",
        "1964-08-23-3234",
        "1964-08-23 3234",
        "64-08-23-3234",
        "640823-32 34",
        "(640823)3234",
        "19640823.3234",
        "640823\u00ad3234",
        "640823-\u200b3234",
    ],
)
def test_a_personal_number_is_masked_however_it_is_written(written):
    assert not any(map(str.isdigit, without_personal_numbers(f"Eli Exempel {written}", "SE")))
    assert is_personal_number(written, "SE")


@pytest.mark.parametrize("name", ["Eli Exempel 640823-3234", "Eli Exempel SE640823323401"])
def test_a_swedish_personal_number_is_masked_also_where_the_country_is_another(name):
    assert not any(map(str.isdigit, without_personal_numbers(name, "DEU")))


@pytest.mark.parametrize("name", ["Bau 2000 GmbH 6408233234", "HRB 64 08 23 32 34"])
def test_ten_digits_abroad_are_a_number_like_others(name):
    assert without_personal_numbers(name, "DE") == name
