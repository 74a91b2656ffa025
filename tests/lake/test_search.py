from datetime import UTC, date, datetime

import pytest

from samspel.lake.notice import Buyer, Deadline, Kind, Marks, Money, Text, Winner
from samspel.lake.search import Count, Index, Search, Segment
from tests.lake.make_search import entry, found, index


def test_where_there_is_no_index_nothing_is_found(tmp_path):
    reader = Index(tmp_path / "index")

    answer = reader.search(Search("vård", facets=("year",)))

    assert (reader.empty, answer.total, answer.hits, answer.facets) == (True, 0, [], {"year": []})


def test_an_index_of_nothing_is_empty(tmp_path):
    assert index(tmp_path).empty


def test_a_filter_that_does_not_exist_is_refused(reader):
    with pytest.raises(KeyError):
        reader.search(Search("", {"colour": ("red",)}))
    with pytest.raises(KeyError):
        reader.search(Search("", facets=("colour",)))


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Three notices that differ in everything that can be filtered."""
    return index(
        tmp_path_factory.mktemp("index"),
        entry(
            "se",
            "Väg",
            kind=Kind.COMPETITION,
            procedure="open",
            published_on=date(2024, 5, 1),
            cpv="45233141",
            cpv_additional=("45233142", "71300000"),
            buyers=(Buyer("Ett", country="SE"),),
            estimated_value=Money(5e5, "SEK"),
            marks=Marks(environmental=("emas-com",), innovative=("prod-innov",)),
            deadlines=(Deadline("tenders", "2024-06-01T12:00:00+02:00"), Deadline("questions", "2030-01-01")),
            entry={"buyer_keys": ("se-1",), "region": "SE110", "rules": ("declared",), "procurement": "p1"},
        ),
        entry(
            "no",
            "Veg og väg",
            "nb",
            source="doffin",
            kind=Kind.RESULT,
            procedure="restricted",
            published_on=date(2024, 7, 1),
            cpv="45000000",
            buyers=(Buyer("To", country="NO"), Buyer("Tre", country="NO")),
            awarded_value=Money(2e6, "NOK"),
            winners=(Winner("A"), Winner("B")),
            entry={"buyer_keys": ("no-1", "no-2"), "supplier_keys": ("a", "b"), "region": "NO081"},
        ),
        entry(
            "both",
            "Väg och bro",
            published_on=date(2023, 1, 1),
            cpv="33100000",
            buyers=(Buyer("Ett", country="SE"), Buyer("To", country="NO")),
            estimated_value=Money(3e6, "SEK"),
            deadlines=(Deadline("tenders", "2024-06-02"),),
            entry={"buyer_keys": ("se-1", "no-1")},
        ),
    )


@pytest.mark.parametrize(
    "filters, expected",
    [
        ({}, ["both", "no", "se"]),
        ({"year": ()}, ["both", "no", "se"]),
        ({"year": ("2024",)}, ["no", "se"]),
        ({"year": ("2023", "2024")}, ["both", "no", "se"]),
        ({"country": ("SE",)}, ["both", "se"]),
        ({"country": ("NO",), "year": ("2024",)}, ["no"]),
        ({"region": ("SE110",)}, ["se"]),
        ({"cpv": ("45",)}, ["no", "se"]),
        ({"cpv": ("452",)}, ["se"]),
        ({"cpv": ("45233142",)}, ["se"]),
        ({"cpv": ("45", "33")}, ["both", "no", "se"]),
        ({"cpv": ("452331",)}, []),
        ({"buyer": ("no-1",)}, ["both", "no"]),
        ({"supplier": ("b",)}, ["no"]),
        ({"kind": ("result",)}, ["no"]),
        ({"procedure": ("open", "restricted")}, ["no", "se"]),
        ({"source": ("doffin",)}, ["no"]),
        ({"mark": ("innovation",)}, ["se"]),
        ({"rule": ("declared",)}, ["se"]),
        ({"currency": ("SEK",)}, ["both", "se"]),
        ({"procurement": ("p1",)}, ["se"]),
        ({"year": ("nonsense",)}, []),
    ],
)
@pytest.mark.parametrize("typed", ["", "väg"])
def test_values_of_a_filter_widen_and_filters_narrow(reader, typed, filters, expected):
    assert sorted(found(reader, typed, filters=filters)) == expected


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({"value_from": 1e6}, ["both", "no"]),
        ({"value_to": 1e6}, ["se"]),
        ({"value_from": 1e6, "filters": {"currency": ("SEK",)}}, ["both"]),
        ({"open_at": datetime(2024, 6, 1, 9, 59, tzinfo=UTC)}, ["both", "se"]),
        ({"open_at": datetime(2024, 6, 1, 10, 1, tzinfo=UTC)}, ["both"]),
        ({"open_at": datetime(2024, 6, 2, 23, 0, tzinfo=UTC)}, ["both"]),
        ({"open_at": datetime(2024, 6, 3, tzinfo=UTC)}, []),
    ],
)
def test_amounts_and_open_deadlines_narrow(reader, asked, expected):
    assert sorted(found(reader, **asked)) == expected


@pytest.mark.parametrize(
    "sort, expected",
    [
        ("date", ["no", "se", "both"]),
        ("relevance", ["no", "se", "both"]),
        ("value", ["both", "no", "se"]),
        ("deadline", ["se", "both", "no"]),
    ],
)
def test_results_are_sorted_and_what_has_nothing_to_sort_by_comes_last(reader, sort, expected):
    assert found(reader, sort=sort) == expected


def test_the_counts_of_each_group(reader):
    groups = ("year", "country", "region", "cpv", "buyer", "supplier", "kind", "procedure", "source", "mark", "rule")

    answer = reader.search(Search("väg", facets=groups))

    assert answer.facets == {
        "year": [Count("2024", 2), Count("2023", 1)],
        "country": [Count("NO", 2), Count("SE", 2)],
        "region": [Count("NO081", 1), Count("SE110", 1)],
        "cpv": [Count("33", 1), Count("45", 2), Count("71", 1)],
        "buyer": [Count("no-1", 2), Count("se-1", 2), Count("no-2", 1)],
        "supplier": [Count("a", 1), Count("b", 1)],
        "kind": [Count("competition", 2), Count("result", 1)],
        "procedure": [Count("open", 1), Count("restricted", 1)],
        "source": [Count("ted", 2), Count("doffin", 1)],
        "mark": [Count("environment", 1), Count("innovation", 1)],
        "rule": [Count("declared", 1)],
    }


def test_a_filtered_group_is_counted_as_if_it_were_not(reader):
    answer = reader.search(Search("", {"country": ("SE",), "year": ("2024",)}, facets=("country", "year", "kind")))

    assert (answer.total, answer.facets) == (
        1,
        {
            "country": [Count("NO", 1), Count("SE", 1)],
            "year": [Count("2024", 1), Count("2023", 1)],
            "kind": [Count("competition", 1)],
        },
    )


@pytest.mark.parametrize(
    "chosen, below",
    [
        (("45",), [Count("450", 1), Count("452", 1)]),
        (("452",), [Count("4523", 1)]),
        (("45233",), [Count("45233141", 1), Count("45233142", 1)]),
        (("45233141",), []),
        (("33", "71"), [Count("331", 1), Count("713", 1)]),
        ((".*",), []),
    ],
)
def test_below_a_chosen_cpv_code_the_next_level_is_counted(reader, chosen, below):
    answer = reader.search(Search("", {"cpv": chosen}, facets=("cpv",)))

    assert answer.facets["cpv"] == [Count("33", 1), Count("45", 2), Count("71", 1), *below]


def test_bands_of_value_are_counted_within_one_currency(reader):
    one = reader.search(Search("", {"currency": ("SEK",)}, facets=("value",)))
    two = reader.search(Search("", {"currency": ("SEK", "NOK")}, facets=("value",)))

    assert (one.facets, two.facets) == ({"value": [Count("100000", 1), Count("1000000", 1)]}, {})


def test_a_page_holds_what_comes_after_the_one_before(tmp_path):
    reader = index(tmp_path, *(entry(f"{day:02d}", published_on=date(2024, 1, day)) for day in range(1, 26)))

    pages = [reader.search(Search("utrustning", sort="date", offset=offset, limit=10)) for offset in (0, 10, 20, 30)]

    assert [[hit.key.split("/")[1] for hit in page.hits] for page in pages] == [
        [f"{day:02d}" for day in range(25, 15, -1)],
        [f"{day:02d}" for day in range(15, 5, -1)],
        ["05", "04", "03", "02", "01"],
        [],
    ]
    assert {page.total for page in pages} == {25}


def test_what_only_leaves_out_gives_the_newest_first(reader):
    assert found(reader, "-bro") == ["no", "se"]


def test_all_that_is_found_can_be_taken_out_in_order(reader):
    cards = list(reader.cards(Search("", {"country": ("SE",)}, sort="date"), most=10))

    assert [(card["key"], card["published_on"]) for card in cards] == [
        ("ted/se/01", "2024-05-01"),
        ("ted/both/01", "2023-01-01"),
    ]


def test_a_limit_beyond_everything_gives_everything(reader):
    assert len(reader.search(Search("väg", offset=1, limit=10**30)).hits) == 2


def test_no_more_is_taken_out_than_asked_for(reader, tmp_path):
    assert len(list(reader.cards(Search(""), most=2))) == 2
    assert list(Index(tmp_path).cards(Search(""), most=2)) == []


def test_the_total_is_left_out_where_it_is_not_asked_for(reader):
    answer = reader.search(Search("väg", counted=False))

    assert (answer.total, len(answer.hits), answer.facets) == (None, 3, {})


def test_several_values_of_one_group_find_the_same_whichever_way_they_are_asked(reader):
    """Where fewer notices have the other values, those are left out instead."""
    kinds = [("competition", "result"), ("result", "planning"), ("competition", "planning", "nonsense")]

    assert [sorted(found(reader, filters={"kind": kind})) for kind in kinds] == [
        ["both", "no", "se"],
        ["no"],
        ["both", "se"],
    ]


def test_a_pointer_to_nothing_is_no_index(tmp_path):
    (tmp_path / "current").write_text("index-gone")

    assert Index(tmp_path).empty


@pytest.mark.parametrize("offset, limit", [(-1, 0), (-5, -5), (10**30, 20), (10**9, 10**30), (0, 0)])
def test_a_page_that_cannot_be_is_empty(reader, offset, limit):
    assert reader.search(Search("", offset=offset, limit=limit)).hits == []


def test_a_hit_shows_what_was_asked_for_without_html(tmp_path):
    reader = index(
        tmp_path,
        entry("a", "Sjukhusutrustning <b>& mer", description=(Text("sv", "Lorem. " * 60 + "Utrustningar köps."),)),
    )

    hit = reader.search(Search("utrustning")).hits[0]

    assert hit.title == (Segment("Sjukhusutrustning", is_hit=True), Segment(" <b>& mer", is_hit=False))
    assert [segment for segment in hit.snippet if segment.is_hit] == [Segment("Utrustningar", is_hit=True)]
    assert "".join(segment.text for segment in hit.snippet).startswith("… Lorem.")
    assert len("".join(segment.text for segment in hit.snippet)) <= 244


def test_a_card_says_what_a_list_shows_and_nothing_that_is_not_known(reader):
    cards = {hit.key: hit.card for hit in reader.search(Search("")).hits}

    assert cards["doffin/no/01"] == {
        "title": "Veg og väg",
        "language": "nb",
        "kind": "result",
        "source": "doffin",
        "published_on": "2024-07-01",
        "buyers": [["no-1", "To"], ["no-2", "Tre"]],
        "suppliers": [["a", "A"], ["b", "B"]],
        "countries": ["NO"],
        "cpv": "45000000",
        "procedure": "restricted",
        "value": [2e6, "NOK"],
    }
    assert cards["ted/se/01"]["deadline"] == "2024-06-01T12:00:00+02:00"
    assert cards["ted/se/01"]["marks"] == ["environment", "innovation"]
