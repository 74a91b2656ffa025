import pytest

from samspel.lake.notice import Buyer, Kind, Lot, Money, Winner
from tests.lake import make

A = "00000000-0000-4000-8000-00000000000a"
B = "00000000-0000-4000-8000-00000000000b"
C = "00000000-0000-4000-8000-00000000000c"


def units(lake, columns):
    return lake.connection().execute(f"SELECT {columns} FROM procurements ORDER BY procurement").fetchall()


def members(lake):
    found = lake.connection().execute("SELECT procurement, key, replaced FROM members ORDER BY procurement, key")
    return found.fetchall()


def test_phases_with_one_procedure_identifier_count_once_in_the_year_of_the_competition(tmp_path):
    competition = make.notice(procedure_identifier="P", published_on=make.day("2024-12-20"))
    result = make.notice(procedure_identifier="p", kind=Kind.RESULT, published_on=make.day("2025-03-01"))

    lake = make.lake(tmp_path, result, competition)

    assert units(lake, "procurement, year, year_from, notices") == [("p", 2024, "competition", 2)]


def test_a_result_alone_counts_in_its_own_year(tmp_path):
    lake = make.lake(tmp_path, make.notice(kind=Kind.RESULT, published_on=make.day("2025-03-01")))

    assert units(lake, "year, year_from") == [(2025, "result")]


def test_a_plan_alone_is_no_procurement_yet(tmp_path):
    lake = make.lake(tmp_path, make.notice(kind=Kind.PLANNING, form_type="planning"))

    assert units(lake, "year, year_from, notices") == [(None, None, 1)]


def test_a_newer_version_replaces_the_older(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(identifier=A, version="01", tenders=3),
        make.notice(identifier=A, version="02", tenders=5),
    )

    assert members(lake) == [("ted-" + A, f"ted/{A}/01", True), ("ted-" + A, f"ted/{A}/02", False)]
    assert units(lake, "notices, tenders") == [(2, 5)]


def test_the_same_notice_in_ted_and_doffin_counts_once(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(identifier=A, source="doffin", tenders=4),
        make.notice(identifier=A, source="ted", tenders=4),
    )

    assert units(lake, "source, notices, tenders") == [("doffin+ted", 2, 4)]


def test_a_hit_in_doffins_json_meets_its_xml_by_the_publication_number(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(source="doffin", identifier="2026-1", format="doffin-json", publication_number="2026-1"),
        make.notice(source="doffin", identifier=A, publication_number="2026-1"),
    )

    assert units(lake, "notices") == [(2,)]


def test_a_correction_joins_what_it_corrects_and_replaces_it(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(identifier=A, published_on=make.day("2024-01-10")),
        make.notice(
            identifier=B,
            kind=Kind.CHANGE,
            form_type="competition",
            corrects=(f"{A}-01",),
            published_on=make.day("2024-02-01"),
        ),
    )

    assert units(lake, "year, first_on, notices") == [(2024, make.day("2024-01-10"), 2)]
    assert [replaced for _, _, replaced in members(lake)] == [True, False]


def test_a_corrigendum_in_the_old_format_joins_but_does_not_replace(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(identifier="000123-2019", format="R2.0.9.S03"),
        make.notice(identifier="456-2019", format="R2.0.9.S03", kind=Kind.CHANGE, corrects=("123-2019",)),
    )

    assert units(lake, "notices") == [(2,)]
    assert [replaced for _, _, replaced in members(lake)] == [False, False]


def test_an_award_joins_the_competition_it_refers_to_by_publication_number(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(identifier="123-2019", format="R2.0.9.S03", published_on=make.day("2019-02-01")),
        make.notice(
            identifier="456-2020",
            format="R2.0.9.S03",
            kind=Kind.RESULT,
            follows=("123-2019",),
            published_on=make.day("2020-02-01"),
        ),
    )

    assert units(lake, "year, notices") == [(2019, 2)]


def test_two_procurements_that_follow_one_plan_stay_two_and_both_show_it(tmp_path):
    plan = make.notice(identifier=A, kind=Kind.PLANNING, form_type="planning", published_on=make.day("2024-01-01"))
    first = make.notice(identifier=B, follows=(f"{A}-01",), published_on=make.day("2024-05-01"))
    second = make.notice(identifier=C, follows=(f"{A}-01",), published_on=make.day("2024-06-01"))

    lake = make.lake(tmp_path, plan, first, second)

    assert units(lake, "year, notices, early_dialogue_1") == [(None, 1, None), (2024, 1, True), (2024, 1, True)]
    with_the_plan = [procurement for procurement, key, _ in members(lake) if key == plan.key]
    assert with_the_plan == [f"ted-{A}", f"ted-{B}", f"ted-{C}"]


def test_dialogue_is_early_only_before_the_competition(tmp_path):
    competition = make.notice(procedure_identifier="p", published_on=make.day("2024-05-01"))
    late = make.notice(
        procedure_identifier="p", kind=Kind.CONSULTATION, form_type="consultation", published_on=make.day("2024-06-01")
    )

    lake = make.lake(tmp_path, competition, late)

    assert units(lake, "early_dialogue_1") == [(False,)]


def test_equal_numbers_of_different_sources_do_not_meet(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(source="uhm", identifier="2021-MT42", format="uhm-2021"),
        make.notice(source="sample", identifier="2021-MT42"),
    )

    assert units(lake, "source") == [("sample",), ("uhm",)]


def test_references_that_run_in_a_circle_end(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(identifier=A, follows=(f"{B}-01",)),
        make.notice(identifier=B, follows=(f"{C}-01",)),
        make.notice(identifier=C, follows=(f"{A}-01",)),
    )

    assert units(lake, "notices") == [(3,)]


def test_a_reference_to_a_notice_that_is_not_here_joins_nothing(tmp_path):
    lake = make.lake(tmp_path, make.notice(follows=(f"{A}-01",)))

    assert units(lake, "notices") == [(1,)]


def award(on, *names, **facts):
    buyer = Buyer("Lillånäs kommun", "2120001234", "SE")
    winners = tuple(Winner(name, country="SE") for name in names)
    return make.notice(kind=Kind.RESULT, published_on=make.day(on), buyers=(buyer,), winners=winners, **facts)


def test_a_supplier_is_new_to_a_buyer_once_and_only_where_two_earlier_years_are_known(tmp_path):
    lake = make.lake(
        tmp_path,
        award("2021-01-01", "Ett AB"),
        award("2021-06-01", "Ett AB"),
        award("2022-01-01", "Tre AB"),
        award("2023-01-01", "Ett AB", "Två AB"),
        award("2025-01-01", "Två AB"),
    )

    found = lake.connection().execute("SELECT year, suppliers, suppliers_new FROM procurements ORDER BY first_on")
    assert found.fetchall() == [(2021, 1, None), (2021, 1, None), (2022, 1, None), (2023, 2, 1), (2025, 1, 0)]


def test_the_years_of_another_source_do_not_tell_who_is_new(tmp_path):
    lake = make.lake(
        tmp_path,
        award("2021-01-01", "Ett AB", source="uhm"),
        award("2022-01-01", "Ett AB", source="uhm"),
        award("2023-01-01", "Två AB"),
    )

    found = lake.connection().execute("SELECT suppliers, suppliers_new FROM procurements ORDER BY year DESC LIMIT 1")
    assert found.fetchall() == [(1, None)]


def test_what_has_no_year_says_why(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(procedure_identifier="a", kind=Kind.PLANNING, form_type="planning"),
        make.notice(procedure_identifier="b", kind=Kind.CONSULTATION, form_type="consultation"),
        make.notice(procedure_identifier="c", kind=Kind.INTENTION, form_type="dir-awa-pre"),
        make.notice(procedure_identifier="d", kind=Kind.CHANGE, form_type="cont-modif"),
        make.notice(procedure_identifier="e", published_on=None),
        make.notice(procedure_identifier="f"),
        make.notice(procedure_identifier="g", kind=Kind.PLANNING, form_type="planning"),
        make.notice(procedure_identifier="g", kind=Kind.INTENTION, form_type="dir-awa-pre"),
        make.notice(procedure_identifier="h", kind=Kind.INTENTION, form_type="dir-awa-pre"),
        make.notice(procedure_identifier="h", kind=Kind.RESULT, form_type="result"),
    )

    found = lake.connection().execute("SELECT procurement, uncounted FROM procurements ORDER BY procurement")
    assert dict(found.fetchall()) == {
        "a": "planned",
        "b": "planned",
        "c": "intended",
        "d": "changed",
        "e": "undated",
        "f": None,
        "g": "intended",
        "h": None,
    }


def test_a_placeholder_is_no_value_and_the_notice_keeps_it(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(
            identifier=A,
            kind=Kind.RESULT,
            estimated_value=Money(99.99, "SEK"),
            awarded_value=Money(1.0, "SEK"),
            winners=(Winner("Ett AB", value=Money(0.0, "SEK")), Winner("Två AB", value=Money(100.0, "SEK"))),
        ),
    )

    assert units(lake, "awarded_value, estimated_value") == [(None, None)]
    awards = lake.connection().execute("SELECT supplier_name, amount, currency FROM awards ORDER BY supplier_name")
    assert awards.fetchall() == [("Ett AB", None, None), ("Två AB", 100.0, "SEK")]
    assert lake.notice(f"ted/{A}/01").awarded_value == Money(1.0, "SEK")


CEILING = Money(900.0, "SEK")


@pytest.mark.parametrize(
    ("facts", "amounts"),
    [
        ({"winners": (Winner("Ett AB", value=CEILING),)}, [900.0]),
        # a framework's ceiling, or a tender made together
        ({"winners": (Winner("Ett AB", value=CEILING), Winner("Två AB", value=CEILING))}, [None, None]),
        (
            {"winners": (Winner("Ett AB", value=Money(600.0, "SEK")), Winner("Två AB", value=Money(300.0, "SEK")))},
            [600.0, 300.0],
        ),
        # each its own lot, at the same price
        (
            {
                "winners": (
                    Winner("Ett AB", lots=("1",), value=Money(450.0, "SEK")),
                    Winner("Två AB", lots=("2",), value=Money(450.0, "SEK")),
                ),
                "lots": (Lot("1", awarded_value=Money(450.0, "SEK")), Lot("2", awarded_value=Money(450.0, "SEK"))),
            },
            [450.0, 450.0],
        ),
        # one of two in the first lot has all that the lot came to
        (
            {
                "winners": (
                    Winner("Ett AB", lots=("1",), value=Money(450.0, "SEK")),
                    Winner("Två AB", lots=("1", "2"), value=Money(700.0, "SEK")),
                ),
                "lots": (Lot("1", awarded_value=Money(450.0, "SEK")), Lot("2", awarded_value=Money(450.0, "SEK"))),
            },
            [None, 700.0],
        ),
    ],
)
def test_what_several_suppliers_share_is_no_award_of_one(tmp_path, facts, amounts):
    lake = make.lake(tmp_path, make.notice(kind=Kind.RESULT, awarded_value=CEILING, **facts))

    awards = lake.connection().execute("SELECT amount FROM awards ORDER BY supplier_name")

    assert [amount for (amount,) in awards.fetchall()] == amounts


def test_the_statistics_do_not_count_once_more_what_the_result_says(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(kind=Kind.RESULT, identifier="1-2021", tenders=3, winners=(Winner("Ett AB", "5569990001", "SE"),)),
        make.notice(
            kind=Kind.RESULT,
            source="uhm",
            identifier="2021-MT42",
            format="uhm-2021",
            follows=("1-2021",),
            tenders=3,
            winners=(Winner("Ett AB", country="SE"),),
        ),
    )

    assert units(lake, "source, tenders, suppliers") == [("ted+uhm", 3, 1)]


def test_small_firms_share_needs_both_numbers(tmp_path):
    lake = make.lake(
        tmp_path,
        make.notice(kind=Kind.RESULT, procedure_identifier="a", tenders=5, tenders_sme=2),
        make.notice(kind=Kind.RESULT, procedure_identifier="b", tenders=5),
        make.notice(kind=Kind.RESULT, procedure_identifier="c", tenders=5, tenders_sme=9),
    )

    assert units(lake, "tenders, tenders_sme") == [(5, 2), (5, None), (5, None)]


def test_a_sole_traders_number_is_not_in_any_table(tmp_path):
    number = "1912121212"
    trader = Winner("Anna Påhitt", number, "SE", is_person=True)
    lake = make.lake(tmp_path, make.notice(kind=Kind.RESULT, winners=(trader,)))

    for table in ("awards", "parties", "procurements", "members"):
        assert number not in str(lake.connection().execute(f"SELECT * FROM {table}").fetchall())
