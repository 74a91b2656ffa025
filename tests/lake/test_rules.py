from datetime import date

import pytest

from samspel.lake.notice import Kind, Marks, Notice, Text
from samspel.lake.rules import RULES, marks_of, rule_named


def notice(**facts):
    """Return a competition in eForms that says nothing, but for the facts given."""
    plain = {"source": "ted", "identifier": "a", "version": "01", "format": "eforms-sdk-1.13", "kind": Kind.COMPETITION}
    return Notice(**{**plain, "subtype": "16", **facts})


def test_every_rule_answers_for_every_notice_in_a_column_of_its_own():
    marks = marks_of(notice())

    assert marks == {
        "declared_1": False,
        "procedure_1": None,
        "wording_1": None,
        "joint_1": None,
        "environment_1": False,
        "social_1": False,
    }


def test_every_rule_says_why_from_where_and_what_it_cannot_see():
    silent = [rule.name for rule in RULES if not (rule.reason and rule.source and rule.blind)]

    assert silent == []
    assert {rule.since <= date.today() for rule in RULES} == {True}


@pytest.mark.parametrize(
    "marks, stated",
    [
        (Marks(), set()),
        (Marks(innovative=("rd-act",)), {"declared_1"}),
        (Marks(innovative=("buy-eff",)), {"declared_1"}),
        (Marks(innovative=("none",)), set()),
        (Marks(strategic=("inn-pur",)), {"declared_1"}),
        (Marks(strategic=("none",), innovative=("prod-innov",)), {"declared_1"}),
        (Marks(strategic=("none",)), set()),
        (Marks(national=("innovation",)), {"declared_1"}),
        (Marks(environmental=("circ-econ",)), {"environment_1"}),
        (Marks(strategic=("env-imp",)), {"environment_1"}),
        (Marks(green_criteria=("national",)), {"environment_1"}),
        (Marks(green_criteria=("none",)), set()),
        (Marks(national=("environment",)), {"environment_1"}),
        (Marks(social=("acc-all",)), {"social_1"}),
        (Marks(strategic=("soc-obj",)), {"social_1"}),
        (Marks(national=("social",)), {"social_1"}),
        (Marks(accessibility=("inc",), quota_transport=("stated",)), set()),
    ],
)
def test_a_mark_is_what_the_buyer_stated(marks, stated):
    found = marks_of(notice(marks=marks))

    assert {column for column, mark in found.items() if mark} == stated


@pytest.mark.parametrize(
    "facts, mark",
    [
        ({}, False),
        ({"subtype": "E3"}, False),
        ({"subtype": "29", "kind": Kind.RESULT}, False),
        ({"source": "uhm", "format": "uhm-2021", "subtype": None}, False),
        ({"subtype": "4", "kind": Kind.PLANNING}, None),
        ({"subtype": "N4", "kind": Kind.PLANNING}, None),
        ({"subtype": "E1", "kind": Kind.CONSULTATION}, None),
        ({"subtype": "CEI"}, None),
        ({"format": "R2.0.9.S05", "subtype": "F02"}, None),
        ({"format": "R2.0.8.S03", "subtype": "2"}, None),
        ({"source": "doffin", "format": "doffin-json", "subtype": None}, None),
    ],
)
def test_a_format_that_cannot_carry_a_mark_is_outside_the_base(facts, mark):
    found = marks_of(notice(**facts))

    assert [found["declared_1"], found["environment_1"], found["social_1"]] == [mark, mark, mark]


def test_a_mark_that_stands_where_it_may_not_is_believed():
    found = marks_of(notice(subtype="6", kind=Kind.PLANNING, marks=Marks(strategic=("inn-pur",))))

    assert found["declared_1"] is True
    assert found["social_1"] is None


@pytest.mark.parametrize(
    "kind, procedure, mark",
    [
        (Kind.COMPETITION, "innovation", True),
        (Kind.RESULT, "comp-dial", True),
        (Kind.COMPETITION, "open", False),
        (Kind.INTENTION, "neg-wo-call", False),
        (Kind.COMPETITION, None, None),
        (Kind.RESULT, "unknown", None),
        (Kind.PLANNING, "comp-dial", None),
        (Kind.CONSULTATION, "innovation", None),
    ],
)
def test_a_procedure_counts_where_a_competition_or_result_states_it(kind, procedure, mark):
    found = marks_of(notice(kind=kind, procedure=procedure))

    assert found["procedure_1"] is mark


@pytest.mark.parametrize("joint", [True, False, None])
def test_joint_is_what_the_notice_says(joint):
    found = marks_of(notice(joint=joint))

    assert found["joint_1"] is joint


@pytest.mark.parametrize(
    "title, mark",
    [
        ((), None),
        ((Text("de", "Innovationspartnerschaft"),), None),
        ((Text("sv", "Kontorsmöbler"),), False),
        ((Text("sv", "Innovationspartnerskap om tyst asfalt"),), True),
    ],
)
def test_wording_can_say_only_where_the_text_is_in_a_language_of_the_list(title, mark):
    found = marks_of(notice(title=title))

    assert found["wording_1"] is mark


def test_a_rule_is_found_by_its_name_and_shows_what_a_person_read():
    rule = rule_named("wording")

    assert rule.column == "wording_1"
    assert rule.measured().read > 0
    with pytest.raises(KeyError):
        rule_named("luck")
