import pytest

from samspel.lake.codelists import CodeLists
from samspel.lake.search.categories import categories
from samspel.lake.search.query import parse


def found(home, typed):
    return list(categories(CodeLists(home.codes)).find(parse(typed)))


@pytest.mark.parametrize(
    "typed, nearest",
    [
        ("snöröjning", "90620000"),
        ("Snöröjningen", "90620000"),
        ("snow-clearing", "90620000"),
        ("snerydning", "90620000"),
        ("lumenaurauspalvelut", "90620000"),
        ("ambulans", "34114121"),
        ("ambulanser", "34114121"),
        ("hospital beds", "33192120"),
        ('"hospital beds"', "33192120"),
        ("städning", "90910000"),
        ("kontorsmöb*", "39130000"),
    ],
)
def test_a_code_is_found_by_its_name_in_any_language(home, typed, nearest):
    assert found(home, typed)[0] == nearest


@pytest.mark.parametrize("typed", ["", "-snöröjning", "och", "laddstolpar", "snöröjning bro", "12345678", "\0", "*"])
def test_what_no_name_says_is_no_category(home, typed):
    assert found(home, typed) == []


def test_what_is_left_out_is_not_looked_for(home):
    assert found(home, "snöröjning -is") == ["90620000"]


def test_a_code_under_a_nearer_one_is_left_out(home):
    codes = found(home, "städning")

    assert "90910000" in codes
    assert [code for code in codes if code.startswith("9091") and code != "90910000"] == []


def test_a_list_that_is_loaded_is_looked_in_at_once(home, tmp_path):
    assert found(home, "brøyting") == []
    file = tmp_path / "cpv.csv"
    file.write_text("code,en,nb\n90620000,Snow-clearing services,Brøyting\n", encoding="utf-8")

    CodeLists(home.codes).load(file)

    assert found(home, "brøyting") == ["90620000"]
