import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspel.lake.notice import Buyer, Lot, Text, Winner
from samspel.lake.search import Index, Search
from tests.lake.make_search import entry, found, index


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("utrustning", ["a", "b", "c"]),
        ("UTRUSTNINGAR", ["a", "b", "c"]),
        ("sjukhusutrustning", ["b"]),
        ("sjukhus", ["b"]),
        ("medicinsk utrustning", ["c"]),
        ('"medicinsk utrustning"', ["c"]),
        ('"utrustning medicinsk"', []),
        ("utrustning -medicinsk", ["a", "b"]),
        ("-utrustning", ["d"]),
        ("sjuk*", ["b"]),
        ("kjøretøy", ["d"]),
        ("kjöretöy", ["d"]),
        ("kjoretoy", []),
        ("utrustning och", ["a", "b", "c"]),
        ("finns inte", []),
    ],
)
def test_words_phrases_exclusions_and_prefixes_find(worded, typed, expected):
    assert sorted(found(worded, typed)) == expected


@pytest.fixture(scope="module")
def worded(tmp_path_factory):
    """Four notices that differ in their titles."""
    return index(
        tmp_path_factory.mktemp("index"),
        entry("a", "Utrustning"),
        entry("b", "Sjukhusutrustningar"),
        entry("c", "Medicinsk utrustning"),
        entry("d", "Kjøretøyer", "nb"),
    )


def test_the_word_itself_comes_before_longer_words_that_begin_so(tmp_path):
    reader = index(tmp_path, entry("longer", "Städtjänster"), entry("itself", "Städ"), entry("other", "Skola"))

    assert found(reader, "städ*") == ["itself", "longer"]


def test_title_description_lots_buyer_and_supplier_are_searched(tmp_path):
    reader = index(
        tmp_path,
        entry("title", "Ambulans"),
        entry("description", description=(Text("sv", "En ambulans."),)),
        entry("lot", lots=(Lot("LOT-0001", title=(Text("sv", "Ambulans"),)),)),
        entry("buyer", buyers=(Buyer("Ambulansbolaget"), Buyer("Ambulans i Norr"))),
        entry("supplier", winners=(Winner("Ambulans AB"),)),
    )

    assert sorted(found(reader, "ambulans")) == ["buyer", "description", "lot", "supplier", "title"]


def test_a_notice_in_several_languages_is_found_in_each(tmp_path):
    title = (Text("fi", "Palvelut"), Text("sv", "Tjänster"), Text("pl", "Usługi"))
    reader = index(tmp_path, entry("a", title=title))

    assert [found(reader, typed) for typed in ("palvelu", "tjänst", "usługi", "uslugi")] == [["a"], ["a"], ["a"], []]


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("45233141", ["a"]),
        ("45233141-9", ["a"]),
        ("4523*", ["a"]),
        ("210184-2025", ["a"]),
        ("210184", ["a"]),
        ("2120001234", ["a"]),
        ("212000-1234", ["a"]),
        ("proc-1", ["b"]),
    ],
)
def test_a_notice_is_found_by_its_numbers(numbered, typed, expected):
    assert found(numbered, typed) == expected


@pytest.fixture(scope="module")
def numbered(tmp_path_factory):
    """Two notices that differ in their numbers."""
    return index(
        tmp_path_factory.mktemp("index"),
        entry("a", cpv="33100000", cpv_additional=("45233141",), publication_number="210184-2025"),
        entry("b", buyers=(Buyer("Annan", "2120009999"),), procedure_identifier="proc-1"),
    )


def test_the_number_of_a_sole_trader_is_not_searched(tmp_path):
    reader = index(tmp_path, entry("a", winners=(Winner("Enskild firma", "198001019999", is_person=True),)))

    assert (found(reader, "198001019999"), found(reader, "enskild")) == ([], ["a"])


def test_a_word_in_the_title_comes_before_one_in_the_description(tmp_path):
    reader = index(
        tmp_path,
        entry("low", "Gata", description=(Text("sv", "Väg eller bro"),)),
        entry("high", "Bro", description=(Text("sv", "Gata eller väg"),)),
    )

    assert found(reader, "bro") == ["high", "low"]


@pytest.mark.parametrize(
    "typed",
    [
        '"', "-", '-"', "*", "( ) ^ ~ : /", "AND OR NOT", "title:x", "a" * 10_000, "ord " * 3_000, "\x00", "\ud800",
        "İ̇ ﬀ ß", "🚑", "[a TO b]", "a\\", "och", "-och", '"och"', "/(a+)+$/", "abc* def* ghi*", "-abc*", "{}", "½²",
    ],
)  # fmt: skip
def test_nothing_that_can_be_typed_raises(reader_of_one, typed):
    answer = reader_of_one.search(Search(typed, facets=("year",)))

    assert answer.total in {0, 1}


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(), value=st.text())
def test_no_text_and_no_value_of_a_filter_raises(reader_of_one, typed, value):
    filters = dict.fromkeys(("country", "cpv", "buyer", "year", "procurement"), (value,))

    answer = reader_of_one.search(Search(typed, filters, facets=("cpv", "country")))

    assert answer.total in {0, 1}


@pytest.fixture(scope="module")
def reader_of_one(tmp_path_factory):
    return index(tmp_path_factory.mktemp("index"), entry("a", cpv="45233141"))


def test_what_has_all_the_words_in_its_title_comes_first(tmp_path):
    often = (Text("sv", "Belysning på gata. " * 20),)
    reader = index(
        tmp_path,
        entry("text", "Upphandling", description=often),
        entry("half", "Belysning", description=often),
        entry("title", "Belysning av gator och torg i hela kommunen"),
    )

    assert found(reader, "belysning gata")[0] == "title"
    assert sorted(found(reader, "belysning gata")) == ["half", "text", "title"]


def test_a_compound_in_the_title_counts_as_its_words(tmp_path):
    often = (Text("sv", "Utrustning till sjukhus, mer utrustning till sjukhus. " * 20),)
    reader = index(tmp_path, entry("text", "Upphandling", description=often), entry("title", "Sjukhusutrustning"))

    assert found(reader, "utrustning sjukhus") == ["title", "text"]


def test_a_word_left_out_is_left_out_wherever_it_stands(tmp_path):
    reader = index(
        tmp_path, entry("with", "Väg", description=(Text("sv", "Med bro."),)), entry("without", "Väg"), entry("no", "Å")
    )

    assert found(reader, "väg -bro") == ["without"]
    assert sorted(found(reader, "-bro")) == ["no", "without"]


@pytest.mark.parametrize("typed", ["väg", "väg bro", "väg -bro", "väg*", '"en väg"', "stad"])
def test_page_after_page_gives_each_hit_once(tmp_path, typed):
    titles = ["Väg", "Väg väg", "Väg och bro", "Bro", "En väg i en stad", "Väg bro väg"]
    about = (Text("sv", "En väg till en stad, en bro."),)
    entries = [entry(f"{number}", titles[number % 6], description=about if number % 3 else ()) for number in range(100)]
    reader = index(tmp_path, *entries)
    total = reader.search(Search(typed)).total

    pages = [reader.search(Search(typed, offset=offset, limit=7)).hits for offset in range(0, 105, 7)]

    keys = [hit.key for page in pages for hit in page]
    assert len(keys) == len(set(keys)) == total
    assert keys == [hit.key for hit in reader.search(Search(typed, limit=100)).hits]


@pytest.mark.parametrize(
    ("typed", "apart"),
    [
        ("sjukhusutrustning", ("sjukhus utrustning",)),
        ("Sjukhusutrustning 2025", ("sjukhus utrustning 2025",)),
        ("vinterväghållning", ("vinter väg hållning",)),
        ("utrustning", ()),
        ("-sjukhusutrustning sjukhusutrust*", ()),
        ("", ()),
        ("\0 <b> 12345678", ()),
    ],
)
def test_compounds_that_were_typed_are_written_apart(tmp_path, typed, apart):
    reader = index(tmp_path, entry("one"))

    assert reader.apart(typed) == apart
    assert Index(tmp_path / "none").apart(typed) == ()


def test_a_word_longer_than_any_in_an_index_is_not_tried_in_parts(tmp_path):
    assert index(tmp_path, entry("a")).apart("c" + "mn" * 1000) == ()


def test_the_personal_number_of_a_buyer_is_not_searched(tmp_path):
    reader = index(tmp_path, entry("a", buyers=(Buyer("Eli Exempel", "6408233234", "SE"),)))

    assert [found(reader, typed) for typed in ("6408233234", "640823-3234", "6408*")] == [[], [], []]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("sjukhusutrustning", ("sjukhus*", "utrustning")),
        ("Sjukhusutrustning 2025", ("sjukhus* 2025", "utrustning 2025")),
        ("laddstolpar", ("laddst*", "ladd*")),
        ("nya laddstolpar -bil", ("nya laddst* -bil", "nya ladd* -bil")),
        ("Kjøretøyer", ("Kjøretøy*", "Kjør*")),
        ("brøyting", ()),
        ("lad", ()),
        ("ladd* -laddstolpar", ()),
        ("\0 <b> 12345678", ()),
    ],
)
def test_a_word_is_begun_as_far_as_notices_have_it_and_a_compound_taken_apart(tmp_path, typed, near):
    reader = index(tmp_path, entry("one", "Laddstation"), entry("two", "Laddning"), entry("three", "Kjøretøy", "nb"))

    assert reader.near(typed) == near
    assert Index(tmp_path / "none").near(typed) == ()
