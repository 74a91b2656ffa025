import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.lake.search.query import MAX_CLAUSES, Clause, parse


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("", ()),
        ("   ", ()),
        ("städ vård", (Clause(("städ",)), Clause(("vård",)))),
        ("städ städ", (Clause(("städ",)),)),
        ('"medicinsk utrustning"', (Clause(("medicinsk", "utrustning")),)),
        ("“medicinsk utrustning”", (Clause(("medicinsk", "utrustning")),)),
        ("vård -skola", (Clause(("vård",)), Clause(("skola",), excluded=True))),
        ('vård -"skola för alla"', (Clause(("vård",)), Clause(("skola", "för", "alla"), excluded=True))),
        ("sjukhus*", (Clause(("sjukhus",), prefix=True),)),
        ("-sjukhus*", (Clause(("sjukhus",), excluded=True, prefix=True),)),
        ("e-handel", (Clause(("e", "handel")),)),
        ("vård - omsorg", (Clause(("vård",)), Clause(("omsorg",)))),
        ("45233141-9", (Clause(("45233141",)),)),
        ("202100-2932", (Clause(("202100", "2932")),)),
    ],
)
def test_words_phrases_exclusions_and_prefixes_are_read(typed, expected):
    assert parse(typed) == expected


@pytest.mark.parametrize(
    "typed, expected",
    [
        ('"medicinsk utrustning', (Clause(("medicinsk",)), Clause(("utrustning",)))),
        ('vård"skola"', (Clause(("vård",)), Clause(("skola",)))),
        ("-", ()),
        ("- -- *", ()),
        ('""', ()),
        ('-""', ()),
        ("-skola", (Clause(("skola",), excluded=True),)),
        ("ab*", (Clause(("ab",)),)),
        ("*vård", (Clause(("vård",)),)),
        ("vård AND omsorg", (Clause(("vård",)), Clause(("omsorg",)))),
        ("title:vård^2~", (Clause(("title", "vård", "2")),)),
        ("/väg.*/ (bro)", (Clause(("väg",)), Clause(("bro",)))),
        ("[x TO y]", (Clause(("x",)), Clause(("y",)))),
        ("\x00vård\x00", (Clause(("vård",)),)),
    ],
)
def test_what_is_typed_wrongly_is_words(typed, expected):
    assert parse(typed) == expected


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("upphandling av tjänster", (Clause(("upphandling",)), Clause(("tjänster",)))),
        ("och", (Clause(("och",)),)),
        ("the och", (Clause(("the",)), Clause(("och",)))),
        ("och -skola", (Clause(("och",)), Clause(("skola",), excluded=True))),
        ('"drift och underhåll"', (Clause(("drift", "och", "underhåll")),)),
    ],
)
def test_stop_words_count_only_in_phrases_or_alone(typed, expected):
    assert parse(typed) == expected


def test_ten_thousand_letters_are_cut():
    assert len(parse("ord" * 4000)[0].words) == 32


def test_a_thousand_words_are_cut():
    assert len(parse(" ".join(f"a{number}" for number in range(1000)))) == MAX_CLAUSES


@given(st.text())
def test_nothing_that_can_be_typed_raises(typed):
    clauses = parse(typed)

    assert all(clause.words and all(clause.words) for clause in clauses)
