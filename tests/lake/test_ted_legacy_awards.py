from samspel.lake.notice import Kind, Money, Winner
from tests.lake.ted_export import award, contract, lots, result


def test_awards_find_their_lots_and_suppliers_are_told_once():
    notice = result(
        award("1", contract()),
        award("Lot 02", contract(value="250.5")),
        award("2", contract("Kraft AB", "556099-1111", size="NO_SME", tenders="4")),
        lots=lots(1, 2, 3),
    )

    assert [(lot.identifier, lot.result, lot.awarded_value, lot.tenders) for lot in notice.lots] == [
        ("1", "selec-w", Money(100.0, "SEK"), 3),
        ("2", "selec-w", Money(350.5, "SEK"), 4),
        ("3", None, None, None),
    ]
    assert notice.winners == (
        Winner("Ladda AB", "5560129999", "SE", "SE110", "sme", ("1", "2"), Money(350.5, "SEK")),
        Winner("Kraft AB", "5560991111", "SE", "SE110", "large", ("2",), Money(100.0, "SEK")),
    )
    assert (notice.kind, notice.awarded_value, notice.tenders, notice.tenders_sme) == (
        Kind.RESULT,
        Money(450.5, "SEK"),
        7,
        4,
    )


def test_one_contract_over_several_lots_has_its_value_once():
    notice = result(award("1 och 2", contract()), lots=lots(1, 2))

    assert [(lot.result, lot.awarded_value, lot.tenders) for lot in notice.lots] == [("selec-w", None, None)] * 2
    assert (notice.awarded_value, notice.winners[0].lots) == (Money(100.0, "SEK"), ("1", "2"))


def test_an_award_of_a_lot_that_is_not_there_is_nobody_elses():
    notice = result(award("9", contract()), lots=lots(1, 2))

    assert [lot.result for lot in notice.lots] == [None, None]
    assert [(winner.name, winner.lots) for winner in notice.winners] == [("Ladda AB", ())]


def test_a_value_shared_by_a_group_is_nobodys_alone():
    second = "<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Två AB</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR>"
    shared = contract().replace("</CONTRACTORS>", second + "</CONTRACTORS>")

    notice = result(award("1", shared), lots=lots(1))

    assert [(winner.name, winner.value) for winner in notice.winners] == [("Ladda AB", None), ("Två AB", None)]
    assert notice.awarded_value == Money(100.0, "SEK")


def test_a_range_or_a_mix_of_currencies_is_no_value():
    span = contract().replace('<VAL_TOTAL CURRENCY="SEK">100</VAL_TOTAL>', "<VAL_RANGE_TOTAL/>")
    other = contract("Kraft AB").replace("SEK", "EUR")

    assert result(award("1", contract()), award("2", span), lots=lots(1, 2)).awarded_value is None
    assert result(award("1", contract()), award("2", other), lots=lots(1, 2)).awarded_value is None


def test_a_result_in_which_nothing_was_awarded_is_cancelled():
    refused = "<NO_AWARDED_CONTRACT><PROCUREMENT_UNSUCCESSFUL/></NO_AWARDED_CONTRACT>"

    nothing = result(award("1", refused), award("2", refused), lots=lots(1, 2))
    half = result(award("1", refused), award("2", contract()), lots=lots(1, 2))

    assert (nothing.kind, half.kind) == (Kind.CANCELLED, Kind.RESULT)
    assert [(lot.result, lot.not_awarded_reason) for lot in half.lots] == [
        ("clos-nw", "ted:unsuccessful"),
        ("selec-w", None),
    ]


def test_an_intention_names_a_supplier_and_awards_nothing():
    notice = result(award("1", contract()), number="F15", document_type="V", lots=lots(1))

    assert (notice.kind, notice.lots[0].result, notice.winners[0].name) == (Kind.INTENTION, None, "Ladda AB")


def test_a_design_contest_without_a_prize_is_cancelled_and_with_one_has_a_winner():
    refused = "<RESULTS><NO_AWARDED_PRIZE><PROCUREMENT_DISCONTINUED/></NO_AWARDED_PRIZE></RESULTS>"
    given = """<RESULTS><AWARDED_PRIZE><WINNERS><WINNER><ADDRESS_WINNER><OFFICIALNAME>Rita AB</OFFICIALNAME>
      </ADDRESS_WINNER><SME/></WINNER></WINNERS><VAL_PRIZE CURRENCY="SEK">5</VAL_PRIZE></AWARDED_PRIZE></RESULTS>"""

    assert result(refused, number="F13", document_type="R", lots=lots(1)).kind is Kind.CANCELLED
    won = result(given, number="F13", document_type="R", lots=lots(1))
    assert (won.kind, won.winners) == (Kind.RESULT, (Winner("Rita AB", size="sme", lots=("1",)),))
    assert won.awarded_value is None


def test_a_sole_trader_with_a_personal_number_is_a_person():
    notice = result(award("1", contract("Påhittad Person", "800101-1234")), lots=lots(1))

    assert [(winner.identifier, winner.is_person) for winner in notice.winners] == [("8001011234", True)]


def test_a_ceiling_that_every_contract_of_a_lot_repeats_counts_once():
    notice = result(award("1", contract()), award("1", contract("Kraft AB", "556099-1111")), lots=lots(1))

    assert [lot.awarded_value for lot in notice.lots] == [Money(100.0, "SEK")]
