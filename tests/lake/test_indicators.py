import statistics
from datetime import date

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.lake.breaks import breaks, references, statistics_years
from samspel.lake.indicators import (
    GROUPS,
    INDICATORS,
    PROCUREMENTS,
    TABLE,
    Measure,
    Where,
    answer,
    count,
    evidence,
    indicator_named,
    median,
    plain_count,
)

PLAIN = {
    "procurement": "p1",
    "country": "NO",
    "region": "NO0A2",
    "buyer": "no-1",
    "buyer_kind": "municipality",
    "cpv": "72000000",
    "source": "ted",
    "year": 2024,
    "year_from": "competition",
    "first_on": date(2024, 3, 1),
    "eforms": True,
    "notices": 2,
    "title": "Invented",
}


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as connection:
        yield connection


def ask(connection, rows, expression):
    connection.register("procurements", pa.Table.from_pylist(rows, schema=PROCUREMENTS))
    return answer(connection, expression)


def row(**facts):
    return {**dict.fromkeys(PROCUREMENTS.names), **PLAIN, **facts}


def maybe(values):
    return st.none() | values


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "country": maybe(st.sampled_from(["NO", "SE"])),
            "region": maybe(st.sampled_from(["NO0A2", "NO081", "SE110"])),
            "buyer": st.sampled_from(["no-1", "se-1"]),
            "buyer_kind": maybe(st.sampled_from(["municipality", "state"])),
            "cpv": maybe(st.sampled_from(["72000000", "45210000", "45300000"])),
            "source": st.sampled_from(["ted", "doffin", "doffin+ted", "uhm"]),
            "year": maybe(st.integers(2022, 2024)),
            **{name: maybe(st.booleans()) for name in PROCUREMENTS.names if name.endswith("_1")},
            **{name: maybe(st.integers(0, 3)) for name in ("tenders", "tenders_sme", "suppliers", "suppliers_new")},
        }
    ),
    max_size=12,
).map(lambda rows: [row(**facts, procurement=f"p{place:02}") for place, facts in enumerate(rows)])

WHERES = st.builds(
    Where,
    countries=st.sampled_from([(), ("NO",), ("NO", "SE"), ("FI",)]),
    regions=st.sampled_from([(), ("NO0",), ("NO081", "SE1")]),
    buyers=st.sampled_from([(), ("se-1",)]),
    buyer_kinds=st.sampled_from([(), ("state",)]),
    cpv=st.sampled_from([(), ("45",), ("4521", "72")]),
    sources=st.sampled_from([(), ("ted",), ("uhm", "doffin")]),
    years=st.sampled_from([None, (2023, 2024), (2022, 2022)]),
)


def is_asked(row, where):
    """Say in plain Python whether a procurement is within the question."""
    return (
        row["year"] is not None
        and (not where.countries or row["country"] in where.countries)
        and (not where.regions or (row["region"] or "").startswith(where.regions))
        and (not where.buyers or row["buyer"] in where.buyers)
        and (not where.buyer_kinds or row["buyer_kind"] in where.buyer_kinds)
        and (not where.cpv or (row["cpv"] or "").startswith(where.cpv))
        and (not where.sources or bool({*row["source"].split("+")} & {*where.sources}))
        and (not where.years or where.years[0] <= row["year"] <= where.years[1])
    )


def part_of(name, row):
    """Say in plain Python what a procurement adds to an indicator's number and base; None outside the base."""
    tenders, sme, won, new = (row[column] for column in ("tenders", "tenders_sme", "suppliers", "suppliers_new"))
    if name == "tenders":
        return None if tenders is None else (tenders, 1)
    if name == "single_tender":
        return (int(tenders == 1), 1) if tenders else None
    if name == "sme_share":
        return None if tenders is None or sme is None or sme > tenders else (sme, tenders)
    if name == "new_suppliers":
        return None if won is None or new is None else (new, won)
    mark = row[f"{name}_1"]
    return None if mark is None else (int(mark), 1)


def group_of(row, by):
    return row["cpv"] and row["cpv"][:2] if by == "cpv_division" else row[by] if by else None


def counted(indicator, rows, by, where):
    """Count in plain Python: {group: (number, base, the procurements behind it)}."""
    groups = {} if by else {None: [0, 0, []]}
    for row in rows:
        if not is_asked(row, where):
            continue
        found = groups.setdefault(group_of(row, by), [0, 0, []])
        part = part_of(indicator.name, row)
        if part is None:
            continue
        found[0] += part[0]
        found[1] += part[1]
        if part[0] or indicator.measure is not Measure.PROCUREMENTS:
            found[2].append(row["procurement"])
    return groups


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, where=WHERES, indicator=st.sampled_from(INDICATORS), by=st.sampled_from([None, *GROUPS]))
def test_every_number_is_what_plain_python_counts(connection, rows, where, indicator, by):
    answered = ask(connection, rows, count(TABLE, indicator, by=by, where=where))

    total = "sum" if indicator.measure is Measure.MEAN else "number"
    value = "mean" if indicator.measure is Measure.MEAN else "share"
    assert {found["group"]: found for found in answered} == {
        group: {
            "group": group,
            total: number,
            "base": base,
            value: number / base if base else None,
            "procurements": len(behind),
        }
        for group, (number, base, behind) in counted(indicator, rows, by, where).items()
    }


@settings(max_examples=100, deadline=None)
@given(rows=ROWS, where=WHERES, indicator=st.sampled_from(INDICATORS), by=st.sampled_from([None, *GROUPS]))
def test_every_number_opens_exactly_the_procurements_behind_it(connection, rows, where, indicator, by):
    for group, (number, _, behind) in counted(indicator, rows, by, where).items():
        opened = ask(connection, rows, evidence(TABLE, indicator, by=by, group=group, where=where))

        assert [found["procurement"] for found in opened] == behind
        if indicator.measure is Measure.PROCUREMENTS:
            assert number == len(opened)


@settings(max_examples=50, deadline=None)
@given(rows=ROWS, where=WHERES)
def test_the_plain_count_is_of_procurements_with_a_year(connection, rows, where):
    answered = ask(connection, rows, plain_count(TABLE, where))

    assert answered == [{"procurements": sum(is_asked(row, where) for row in rows)}]


def test_groups_come_sorted_and_the_unknown_group_last(connection):
    rows = [row(country="SE"), row(country=None), row(country="NO")]

    answered = ask(connection, rows, count(TABLE, indicator_named("declared"), by="country"))

    assert [found["group"] for found in answered] == ["NO", "SE", None]


def test_evidence_comes_newest_first(connection):
    rows = [row(procurement=f"p{month}", first_on=date(2024, month, 1), wording_1=True) for month in (2, 9, 4)]

    opened = ask(connection, rows, evidence(TABLE, indicator_named("wording")))

    assert [found["procurement"] for found in opened] == ["p9", "p4", "p2"]


def test_what_no_format_could_say_has_no_share(connection):
    answered = ask(connection, [row(year=2015)], count(TABLE, indicator_named("declared"), by="year"))

    assert answered == [{"group": 2015, "number": 0, "base": 0, "share": None, "procurements": 0}]


def test_a_value_with_a_quote_in_it_is_only_a_value(connection):
    where = Where(buyers=("x' OR '1'='1",), cpv=("7'",), sources=("te%",))

    assert ask(connection, [row()], plain_count(TABLE, where)) == [{"procurements": 0}]


def test_an_unknown_group_or_indicator_is_refused():
    with pytest.raises(KeyError):
        count(TABLE, indicator_named("declared"), by="colour")
    with pytest.raises(KeyError):
        indicator_named("luck")


def test_every_indicator_says_what_it_cannot_see_under_a_name_of_its_own():
    names = [indicator.name for indicator in INDICATORS]

    assert len(set(names)) == len(names)
    assert [indicator.name for indicator in INDICATORS if not indicator.blind] == []


@pytest.mark.parametrize(
    "indicator, country, years",
    [
        ("declared", "NO", [2023, 2023]),
        ("declared", "SE", [2021, 2022, 2023, 2023]),
        ("environment", None, [2021, 2022, 2023]),
        ("joint", "NO", [2023]),
        ("procedure", "SE", [2021, 2022]),
        ("wording", "SE", [2021, 2022]),
        ("wording", "NO", []),
        ("tenders", None, [2021, 2022]),
        ("single_tender", "SE", [2021, 2022]),
        # The statistics count no tenders of small companies, and one year of them tells nobody who is new.
        ("sme_share", "SE", []),
        ("new_suppliers", "SE", []),
        ("early_dialogue", "SE", []),
    ],
)
def test_breaks_are_drawn_where_the_series_changes_its_meaning(indicator, country, years):
    assert [found.year for found in breaks(indicator, country)] == years


@pytest.mark.parametrize(
    "indicator, held, years",
    [
        ("wording", (2019, 2024), [2019, 2025]),
        ("new_suppliers", (2019, 2024), [2021, 2025]),
        ("new_suppliers", (2019, 2020), []),
        ("wording", None, []),
    ],
)
def test_breaks_of_the_swedish_statistics_are_where_the_lakes_own_begin_and_end(indicator, held, years):
    found = breaks(indicator, "SE", held)

    assert [one.year for one in found] == years
    assert {one.source for one in found} <= {"uhm"}


@pytest.mark.parametrize(
    "sources, years", [([], None), (["ted"], None), (["uhm", "ted"], (2024, 2024)), (["ted+uhm"], None)]
)
def test_the_years_of_the_statistics_are_those_the_lake_holds(connection, sources, years):
    rows = [row(source=source) for source in sources]
    connection.register("procurements", pa.Table.from_pylist(rows, schema=PROCUREMENTS))

    assert statistics_years(connection) == years


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, where=WHERES, by=st.sampled_from([None, *GROUPS]))
def test_every_median_is_what_plain_python_finds(connection, rows, where, by):
    groups = {}
    for found in rows:
        if is_asked(found, where) and found["tenders"] is not None:
            groups.setdefault(group_of(found, by), []).append(found["tenders"])

    answered = ask(connection, rows, median(TABLE, indicator_named("tenders"), by=by, where=where))

    assert {one["group"]: one["median"] for one in answered} == {
        group: statistics.median(numbers) for group, numbers in groups.items()
    }


@pytest.mark.parametrize(
    "indicator, country, numbers",
    [("declared", "NO", [6, 180]), ("procedure", None, [6, 180, 0.43]), ("declared", "SE", []), ("social", "NO", [])],
)
def test_what_others_counted_stands_beside_for_norway_only(indicator, country, numbers):
    assert [found.number for found in references(indicator, country)] == numbers
