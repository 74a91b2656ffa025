import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from samspel.kit import formats

MORNING = dt.datetime(2027, 3, 12, 8, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _stockholm(settings):
    settings.TIME_ZONE = "Europe/Stockholm"


def written(function, *arguments):
    """Write the same thing in all three languages, narrow and hard spaces as plain ones."""
    texts = []
    for language in ("sv", "nb", "en"):
        with translation.override(language):
            texts.append(function(*arguments).replace("\u202f", " ").replace("\u00a0", " "))
    return texts


def test_a_day_is_written_as_people_say_it():
    assert written(formats.day, dt.date(2026, 3, 2)) == ["2 mars 2026", "2. mars 2026", "2 Mar 2026"]
    assert written(formats.day, dt.date(2025, 11, 12)) == ["12 nov 2025", "12. nov. 2025", "12 Nov 2025"]


def test_a_time_is_written_in_the_zone_of_the_hub():
    assert written(formats.moment, MORNING) == [
        "fre 12 mars 2027 kl. 09.30",
        "fre. 12. mars 2027 kl. 09.30",
        "Fri 12 Mar 2027 at 09:30",
    ]


def test_a_late_time_falls_on_the_day_of_the_hub():
    assert written(formats.day, dt.datetime(2027, 1, 1, 23, 30, tzinfo=dt.UTC))[0] == "2 jan 2027"


def test_a_day_alone_has_no_time():
    assert written(formats.moment, dt.date(2027, 1, 15))[0] == "15 jan 2027"


def test_the_zone_follows_where_it_matters():
    assert written(formats.moment_with_zone, MORNING)[0] == "fre 12 mars 2027 kl. 09.30 (centraleuropeisk normaltid)"


@pytest.mark.parametrize(
    "amount, currency, texts",
    [
        (8_400_000, "SEK", ["8,4 mn kr", "8,4 mill. SEK", "SEK 8.4 million"]),
        (8_400_000, "NOK", ["8,4 mn NOK", "8,4 mill. kr", "NOK 8.4 million"]),
        (22_000_000, "EUR", ["22 mn EUR", "22 mill. EUR", "EUR 22 million"]),
        (148_300_000, "SEK", ["148 mn kr", "148 mill. SEK", "SEK 148 million"]),
        (999_999_999, "SEK", ["1 md kr", "1 mrd. SEK", "SEK 1 billion"]),
        (1_250_000_000, "NOK", ["1,2 md NOK", "1,2 mrd. kr", "NOK 1.2 billion"]),
        (640_000, "SEK", ["640 000 kr", "640 000 SEK", "SEK 640,000"]),
        (999.6, "SEK", ["1 000 kr", "1 000 SEK", "SEK 1,000"]),
        (0, "NOK", ["0 NOK", "0 kr", "NOK 0"]),
    ],
)
def test_an_amount_is_written_in_the_words_of_the_language(amount, currency, texts):
    assert written(formats.money, amount, currency) == texts


def test_a_count_is_grouped_without_a_place_to_break_the_line():
    with translation.override("sv"):
        assert formats.count(21740) == "21\u202f740"
    assert written(formats.count, 21740) == ["21 740", "21 740", "21,740"]


@pytest.mark.parametrize(
    "ratio, texts",
    [
        (0, ["0 %", "0 %", "0%"]),
        (0.0043, ["0,43 %", "0,43 %", "0.43%"]),
        (0.000004, ["0 %", "0 %", "0%"]),
        (0.01895, ["1,9 %", "1,9 %", "1.9%"]),
        (0.31, ["31 %", "31 %", "31%"]),
        (1, ["100 %", "100 %", "100%"]),
    ],
)
def test_a_share_has_two_digits_that_mean_something(ratio, texts):
    assert written(formats.share, ratio) == texts


def test_a_share_in_a_sentence_is_in_words():
    assert written(formats.share_in_words, 0.0189) == ["1,9 procent", "1,9 prosent", "1.9 per cent"]


def test_a_language_is_named_in_the_language_of_the_page():
    assert written(formats.language_name, "fi") == ["finska", "finsk", "Finnish"]
    assert written(formats.language_name, "nn") == ["nynorska", "norsk nynorsk", "Norwegian Nynorsk"]


def test_a_language_that_is_not_known_keeps_its_code():
    assert written(formats.language_name, "xx-not-one") == ["xx-not-one"] * 3


def test_what_is_not_known_is_written_as_nothing():
    template = Template(
        "{% load kit %}[{{ none|day }}{{ none|moment }}{{ none|count }}{{ none|share }}{{ none|money:'SEK' }}"
        "{{ 5|money:none }}{{ none|language_name }}{{ missing|day }}]"
    )

    assert template.render(Context({"none": None})) == "[]"


def test_a_count_of_zero_is_known():
    assert Template("{% load kit %}{{ 0|count }} {{ 0|share }}").render(Context()) == "0 0%"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00"])
def test_a_time_at_the_edge_of_the_calendar_is_written_in_its_own_zone(text):
    value = dt.datetime.fromisoformat(text)

    assert f"{value:%H:%M}" in formats.moment(value)
    assert f"{value:%H:%M}" in formats.moment_with_zone(value)
