import re
import tarfile
import unicodedata
from pathlib import Path

import pytest

from samspel.lake import eforms, ted_legacy, uhm, wording
from samspel.lake.notice import Buyer, Kind, Lot, Notice, Text

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def notice(*texts, buyer="Storvik kommun", lots=()):
    return Notice(
        source="ted",
        identifier="a",
        version="01",
        format="R2.0.9.S05",
        kind=Kind.COMPETITION,
        title=texts,
        buyers=(Buyer(name=buyer),),
        lots=lots,
    )


@pytest.mark.parametrize(
    "language, text, found",
    [
        ("sv", "Ansökan om innovationspartnerskapet 2024", ("innovationspartnerskapet",)),
        ("sv", "UTVECKLING av en helt ny lösning för snöröjning", ("utveckling av en helt ny lösning",)),
        ("sv", "Förkommersiell upphandling", ("förkommersiell upphandling",)),
        ("nb", "Førkommersielle anskaffelser av nye ferger", ("førkommersielle anskaffelser",)),
        ("nb", "Forsknings- og utviklingstjenester", ("forsknings- og utviklingstjenester",)),
        ("nn", "Vi vil utvikle nye løysingar for ras", ("utvikle nye løysingar",)),
        ("no", "Nytenkjande løysingar", ("nytenkjande løysingar",)),
        ("da", "Prækommercielt indkøb af en innovativ løsning", ("innovativ løsning", "prækommercielt indkøb")),
        ("fi", "Kehitetään kokonaan uusia ratkaisuja", ("kehitetään kokonaan uusia ratkaisuja",)),
        ("fi", "Innovaatiokumppanuudella hankittava järjestelmä", ("innovaatiokumppanuudella",)),
        ("en", "Pre-commercial\nprocurement of robots", ("pre-commercial procurement",)),
        ("sv", "Ett pre–commercial procurement", ("pre–commercial procurement",)),
    ],
)
def test_words_are_found_in_their_inflections(language, text, found):
    assert wording.hits(notice(Text(language, text))) == found


@pytest.mark.parametrize(
    "language, text",
    [
        ("sv", "Kontorsmöbler"),
        ("sv", "Motorbyte på Pilot 120"),
        ("nb", "Flytrening til pilotutdanning"),
        ("sv", "Superprototyp"),
        ("sv", "Utveckling. Vi har en ny lösning"),
        ("en", "Report for the European Innovation Partnership on water"),
        ("en", "Rapid prototyping machine"),
        ("en", "An innovative and insightful approach"),
        ("nb", "Avtale med Innovasjon Norge"),
        ("sv", ""),
    ],
)
def test_words_that_only_look_alike_are_not_found(language, text):
    assert wording.hits(notice(Text(language, text))) == ()


def test_a_word_in_the_buyers_own_name_is_not_found():
    text = Text("sv", "Städning hos Prototyp Väst AB i Storvik")

    assert wording.hits(notice(text, buyer="Prototyp Väst AB")) == ()


def test_a_word_beside_the_buyers_name_is_found():
    text = Text("sv", "Prototyp Väst AB köper en prototyp")

    assert wording.hits(notice(text, buyer="Prototyp Väst AB")) == ("prototyp",)


def test_a_letter_written_as_two_characters_is_the_same_letter():
    text = unicodedata.normalize("NFD", "Förkommersiell upphandling, innovativ lösning")

    assert wording.hits(notice(Text("sv", text))) == ("förkommersiell upphandling", "innovativ lösning")


def test_lots_are_looked_through_too_and_each_word_is_told_once():
    lots = (Lot("LOT-0001", title=(Text("nb", "Prototype"),), description=(Text("nb", "En prototype"),)),)

    assert wording.hits(notice(Text("nb", "Anskaffelse"), lots=lots)) == ("prototype",)


def test_nothing_can_be_said_of_a_text_in_another_language():
    assert wording.hits(notice(Text("pl", "Prototyp"))) is None
    assert wording.hits(notice()) is None


def test_a_long_text_is_looked_through_without_getting_lost():
    text = "utveckling " * 50_000

    assert wording.hits(notice(Text("sv", text))) == ()


def test_every_phrase_of_the_list_finds_itself():
    deaf = [
        phrase
        for phrase in wording.phrases()
        if phrase.kind == "word"
        and not wording.hits(notice(Text(phrase.language, re.sub(r"\*", "", phrase.phrase).replace("~ ", ""))))
    ]

    assert deaf == []


def test_the_list_has_each_phrase_once_in_a_known_language_and_kind():
    phrases = wording.phrases()

    assert len(set(phrases)) == len(phrases)
    assert {phrase.language for phrase in phrases} == {"sv", "nb", "nn", "da", "fi", "en"}
    assert {phrase.kind for phrase in phrases} == {"word", "trap"}


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_every_notice_the_words_find_among_the_real_ones_has_been_read():
    notices = [record for record in real_notices() if isinstance(record, Notice)]

    found = {
        (notice.source, notice.publication_number or notice.identifier) for notice in notices if wording.hits(notice)
    }

    assert found == {(row["source"], row["publication_number"]) for row in wording.review()}


def real_notices():
    for archive in ("ted-eforms", "ted-legacy", "doffin-eforms"):
        with tarfile.open(SHARED / "notices" / f"{archive}.tar.gz") as package:
            for member in package:
                if member.isfile():
                    data = package.extractfile(member).read()
                    yield (ted_legacy if archive == "ted-legacy" else eforms).read(data)
    yield from uhm.notices(sorted((SHARED / "notices").glob("uhm-*")))


def test_precision_is_counted_from_the_review():
    verdicts = [row["verdict"] for row in wording.review()]

    assert wording.precision() == (verdicts.count("right"), len(verdicts))
    assert set(verdicts) == {"right", "wrong"}
