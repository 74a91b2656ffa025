import pytest

from samspel.lake.eforms.codes import CODES
from samspel.lake.notice import Kind
from samspel.lake.procurements import BUYER_KINDS
from samspel.lake.rules import RULES
from samspel.notices.notice.marks import RULE_NAMES
from samspel.notices.words import WORDS, Word, word

# Codes that say what sort of notice it is; the kind says it in words.
NOT_SHOWN = {"OPP-070", "BT-02", "BT-03", "BT-106"}
# BT-165 writes "sme" where a format says no more.
FIELDS = sorted({*CODES} - NOT_SHOWN)


@pytest.mark.parametrize("field", FIELDS)
def test_every_code_the_record_knows_has_words(field):
    assert sorted(CODES[field] - {*WORDS[field]}) == []


def test_every_kind_and_every_rule_has_words():
    assert sorted({*Kind} - {*WORDS["kind"]}) == []
    assert sorted({rule.name for rule in RULES} - {*RULE_NAMES}) == []
    assert sorted({*BUYER_KINDS.values(), "other"} - {*WORDS["buyer_kind"]}) == []
    assert sorted({*BUYER_KINDS} - {*WORDS["BT-11"]}) == []


def test_a_retired_code_is_said_to_be_retired():
    assert word("BT-776", "buy-eff").note == "retired"
    assert word("BT-776", "rd-act").note == ""


def test_a_code_without_words_is_shown_as_it_is():
    assert word("BT-105", "telepathy") == Word("telepathy", "telepathy", "unknown")


def test_a_source_s_own_word_is_shown_without_the_source_s_name():
    assert word("BT-11", "ted:Bakers’ guild") == Word("ted:Bakers’ guild", "Bakers’ guild")


def test_a_national_law_is_no_unknown_code():
    assert word("BT-01", "LOV-2016-06-17-73") == Word("LOV-2016-06-17-73", "LOV-2016-06-17-73")
