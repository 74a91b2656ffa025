import pytest

from samspel.lake.eforms import read
from samspel.lake.notice import Kind, Lot, Money, Winner
from tests.lake.make_eforms import (
    award,
    contract,
    lot,
    organisation,
    party,
    result,
    tender,
)


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("clos-nw", "clos-nw"), Kind.CANCELLED),
        (("clos-nw", "selec-w"), Kind.RESULT),
        (("clos-nw", "open-nw"), Kind.RESULT),
        (("open-nw", "open-nw"), Kind.RESULT),
        (("clos-nw", "unpublished"), Kind.RESULT),
    ],
)
def test_a_result_is_cancelled_where_every_lot_was_closed_without_a_winner(codes, kind):
    first, second = codes

    notice = read(award(result("LOT-0001", code=first), result("LOT-0002", code=second)))

    assert notice.kind == kind


def test_an_intention_with_a_winner_is_still_an_intention():
    document = award(
        result(tenders=["TEN-1"]),
        tender("TEN-1", "TPA-1", 10),
        party("TPA-1", "ORG-0001"),
        form_type="dir-awa-pre",
        notice_type="veat",
    )

    notice = read(document)

    assert (notice.kind, [winner.name for winner in notice.winners]) == (Kind.INTENTION, ["Exempelstad"])


def test_withheld_values_are_none():
    document = award(
        '<cbc:TotalAmount currencyID="SEK">-1</cbc:TotalAmount>',
        result(code="unpublished", tenders=["TEN-1"], received=[("tenders", -1), ("unpublished", 3)]),
        tender("TEN-1", "TPA-1", -1),
        party("TPA-1", "ORG-0001"),
        process='<cbc:ProcedureCode listName="procurement-procedure-type">unpublished</cbc:ProcedureCode>',
        lots=lot(),
    )

    notice = read(document)

    assert notice.lots == (Lot("LOT-0001"),)
    assert (notice.awarded_value, notice.tenders, notice.procedure, notice.unknown_codes) == (None, None, None, ())
    assert [(winner.name, winner.value) for winner in notice.winners] == [("Exempelstad", None)]


def test_winners_are_the_tenderers_behind_the_contracts_with_what_they_won():
    small = "<efbc:CompanySizeCode>small</efbc:CompanySizeCode>"
    person = "<efbc:NaturalPersonIndicator>true</efbc:NaturalPersonIndicator>"
    organisations = (
        organisation()
        + organisation("ORG-0002", name="Rör AB", number="556000-0001", company=small)
        + organisation("ORG-0003", name="Grävfirma", number="19500101-0000", more=person)
        + organisation("ORG-0004", name="Förlorare AB", number="556000-0002")
        + organisation("ORG-0005", name="Förvaltningsrätten")
    )
    document = award(
        result("LOT-0001", tenders=["TEN-1", "TEN-3"], contracts=["CON-1"], received=[("tenders", 2), ("t-sme", 1)]),
        result("LOT-0002", contracts=["CON-1"], received=[("tenders", 3)]),
        result("LOT-0003", code="clos-nw", tenders=["TEN-3"], reason="all-rej"),
        tender("TEN-1", "TPA-1", "100.50"),
        tender("TEN-2", "TPA-2", 50, lot="LOT-0002"),
        tender("TEN-3", "TPA-3", 70),
        contract("CON-1", "TEN-1", "TEN-2"),
        party("TPA-1", "ORG-0002"),
        party("TPA-2", "ORG-0002", "ORG-0003"),
        party("TPA-3", "ORG-0004"),
        organisations=organisations,
        lots=lot("LOT-0001") + lot("LOT-0002") + lot("LOT-0003"),
    )

    notice = read(document)

    place = {"country": "SE", "nuts": "SE232"}
    assert notice.winners == (
        Winner("Rör AB", "5560000001", **place, size="small", lots=("LOT-0001", "LOT-0002"), value=Money(150.5, "SEK")),
        Winner("Grävfirma", "195001010000", **place, lots=("LOT-0002",), value=Money(50.0, "SEK"), is_person=True),
    )
    assert notice.lots == (
        Lot("LOT-0001", result="selec-w", awarded_value=Money(100.5, "SEK"), tenders=2, tenders_sme=1),
        Lot("LOT-0002", result="selec-w", awarded_value=Money(50.0, "SEK"), tenders=3),
        Lot("LOT-0003", result="clos-nw", not_awarded_reason="all-rej"),
    )
    assert (notice.awarded_value, notice.tenders, notice.tenders_sme) == (Money(150.5, "SEK"), 5, 1)
    assert [one.name for one in notice.buyers] == ["Exempelstad"]


def test_a_tender_for_a_group_of_lots_counts_once_and_for_no_single_lot():
    document = award(
        result("LOT-0001", tenders=["TEN-1"]),
        result("LOT-0002", tenders=["TEN-1"]),
        tender("TEN-1", "TPA-1", 80, lot="GLO-0001"),
        party("TPA-1", "ORG-0001"),
        lots=lot("LOT-0001") + lot("LOT-0002") + lot("GLO-0001", scheme="LotsGroup"),
    )

    notice = read(document)

    assert notice.awarded_value == Money(80.0, "SEK")
    assert notice.lots == (Lot("LOT-0001", result="selec-w"), Lot("LOT-0002", result="selec-w"))


def test_results_of_one_lot_that_repeat_a_count_say_it_once():
    twice = [result(received=[("tenders", 4)]), result(received=[("tenders", 4), ("t-sme", 1)])]
    differing = [*twice, result(received=[("t-sme", 2)])]

    notices = [read(award(*results, lots=lot())) for results in (twice, differing)]

    assert [(notice.tenders, notice.tenders_sme) for notice in notices] == [(4, 1), (4, None)]


def test_a_ceiling_that_every_winner_of_a_lot_repeats_counts_once():
    document = award(
        result("LOT-0001", tenders=["TEN-1", "TEN-2"]),
        result("LOT-0002", tenders=["TEN-3", "TEN-4"]),
        tender("TEN-1", "TPA-1", 500),
        tender("TEN-2", "TPA-2", 500),
        tender("TEN-3", "TPA-1", 500, lot="LOT-0002"),
        tender("TEN-4", "TPA-2", 300, lot="LOT-0002"),
        party("TPA-1", "ORG-0001"),
        lots=lot("LOT-0001") + lot("LOT-0002"),
    )

    notice = read(document)

    assert [lot.awarded_value for lot in notice.lots] == [Money(500.0, "SEK"), Money(800.0, "SEK")]
    assert notice.awarded_value == Money(1300.0, "SEK")
