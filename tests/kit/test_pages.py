import pytest

from samspel.kit.pages import Pages


@pytest.mark.parametrize(
    "text, number",
    [
        (None, 1),
        ("", 1),
        ("1", 1),
        ("3", 3),
        ("5", 5),
        ("6", 5),
        ("99999999999999999999", 1),
        ("0", 1),
        ("-1", 1),
        ("two", 1),
        ("²", 1),
        ("1; drop", 1),
    ],
)
def test_an_address_asks_for_a_page_that_exists(text, number):
    assert Pages.asked(text, total=100).number == number


@pytest.mark.parametrize(
    "number, last, steps",
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 20, [1, 2, None, 20]),
        (4, 20, [1, 2, 3, 4, 5, None, 20]),
        (5, 20, [1, None, 4, 5, 6, None, 20]),
        (17, 20, [1, None, 16, 17, 18, 19, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_the_steps_are_the_ends_and_the_neighbours(number, last, steps):
    assert Pages(number, total=last * 20).steps == steps


def test_a_page_knows_its_neighbours_and_where_it_starts():
    first, middle, last = (Pages(number, total=60) for number in (1, 2, 3))

    assert [(page.previous, page.next, page.start) for page in (first, middle, last)] == [
        (None, 2, 0),
        (1, 3, 20),
        (2, None, 40),
    ]


def test_nothing_at_all_is_one_empty_page():
    pages = Pages.asked("7", total=0)

    assert (pages.number, pages.last, pages.steps) == (1, 1, [1])


def test_a_very_long_list_can_be_paged_so_far_and_no_further():
    assert Pages.asked("999999", total=5_000_000).number == 500
