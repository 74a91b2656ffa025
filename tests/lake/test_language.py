import pytest

from samspel.lake.notice import Text
from samspel.lake.search.language import Words, fold, phrases_asked, term, terms_asked, tokens

WORDS = Words.learn(
    [Text("sv", "sjukhus utrustning arbete miljö rening verk avlopp ringar för hall")] * 3
    + [Text("nb", "drift sykehus utstyr legemiddel vei vedlikehold leverandør dør lever")] * 3
    + [Text("fi", "tuki palvelu kiinteistö hoito")] * 3
    + [Text("en", "hospital equipment")] * 3
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", []),
        ("Städ, vård & omsorg", ["städ", "vård", "omsorg"]),
        ("E-handel 2.0", ["e", "handel", "2", "0"]),
        ("SKÖTSEL\x00av\nväg", ["skötsel", "av", "väg"]),
        ("Ｆull\u200bbredd", ["full", "bredd"]),
        ("skötsel", ["skötsel"]),
        ("_understreck_", ["understreck"]),
        ("a" * 70, ["a" * 64, "a" * 6]),
        ("🚑 ambulans", ["ambulans"]),
    ],
)
def test_words_are_lower_case_without_punctuation(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "token, expected",
    [
        ("kjøretøy", "kjöretöy"),
        ("værktøj", "värktöj"),
        ("åäö", "åäö"),
        ("café", "cafe"),
        ("façade", "facade"),
        ("straße", "strasse"),
        ("łódź", "łodz"),
        ("2021000225", "2021000225"),
    ],
)
def test_accents_fall_away_but_nordic_letters_stay(token, expected):
    assert fold(token) == expected


@pytest.mark.parametrize(
    "one, other, language",
    [
        ("utrustningar", "utrustning", "sv"),
        ("upphandlingen", "upphandlingar", "sv"),
        ("anskaffelser", "anskaffelse", "nb"),
        ("kommunar", "kommunane", "nn"),
        ("ydelser", "ydelse", "da"),
        ("palvelut", "palvelun", "fi"),
        ("services", "service", "en"),
    ],
)
def test_forms_of_a_word_share_a_term(one, other, language):
    assert term(one, language) == term(other, language)


def test_a_word_in_a_language_without_stemmer_is_only_folded():
    assert [term("usługi", "pl"), term("usługi", None)] == ["usługi", "usługi"]


def test_a_number_is_never_stemmed():
    assert {term("45233141", language) for language in ("sv", "nb", "da", "fi", "en")} == {"45233141"}


def test_swedish_and_norwegian_spellings_ask_for_the_same_terms():
    assert terms_asked("miljö") == terms_asked("miljø")


def test_a_word_is_asked_for_in_every_language_and_each_term_once():
    assert terms_asked("utrustning") == ("utrustning", "utrustn")


def test_a_phrase_is_asked_for_in_one_language_at_a_time():
    assert phrases_asked(("medicinsk", "utrustning")) == (
        ("medicinsk", "utrustning"),
        ("medicinsk", "utrustn"),
    )


@pytest.mark.parametrize(
    "token, language, expected",
    [
        ("sjukhusutrustning", "sv", ["sjukhus", "utrustning"]),
        ("sjukhusutrustningarna", "sv", ["sjukhus", "utrustning"]),
        ("arbetsmiljö", "sv", ["arbet", "miljö"]),
        ("avloppsreningsverk", "sv", ["avlopp", "reningsverk", "rening", "verk"]),
        ("driftsutstyr", "nb", ["drift", "utstyr"]),
        ("sykehusutstyret", "nn", ["sykehus", "utstyr"]),
        ("veivedlikehold", "no", ["vei", "vedlikehold"]),
        ("tukipalvelut", "fi", ["tuki", "palvelu"]),
        ("kiinteistönhoito", "fi", ["kiinteistö", "hoito"]),
    ],
)
def test_compounds_are_split_into_words_that_stand_by_themselves(token, language, expected):
    assert sorted(WORDS.parts([token], language)) == sorted(expected)


@pytest.mark.parametrize(
    "token, language",
    [
        ("utrustning", "sv"),  # no part of it is a word
        ("renovering", "sv"),  # an ending, no ring
        ("förhallning", "sv"),  # a particle before
        ("leverandør", "nb"),  # an ending, no door
        ("hospitalequipment", "en"),
        ("sjukhusutrustning", None),
        ("sjukhusutrustning", "pl"),
        ("sjukhus2utrustning", "sv"),
    ],
)
def test_what_only_looks_like_a_compound_stays_whole(token, language):
    assert WORDS.parts([token], language) == []


def test_a_word_that_stands_in_two_texts_only_is_no_part():
    words = Words.learn([Text("sv", "sjukhus utrustning")] * 2)

    assert words.parts(["sjukhusutrustning"], "sv") == []


def test_a_saved_word_list_splits_the_same(tmp_path):
    WORDS.save(tmp_path / "words.json")

    loaded = Words.load(tmp_path / "words.json")

    assert loaded.parts(["avloppsreningsverk"], "sv") == WORDS.parts(["avloppsreningsverk"], "sv")
