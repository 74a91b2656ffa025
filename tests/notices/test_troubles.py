from datetime import UTC, datetime

import pytest

from samspel.lake import runs
from samspel.notices.sources import troubles
from samspel.notices.sources.unknown import Unknown, unknown
from tests.pages import text_of

ENDED = datetime(2025, 3, 27, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "why, words",
    [
        ("The file is empty.", "The file is empty."),
        (
            "The file is cut off: it ends in the middle of an element, at line 3.",
            "The file is cut off. Fetch it again.",
        ),
        ("The JSON is neither a page of hits from Doffin's search nor one hit: it has no hits and no id.", "no notice"),
        ("is neither XML, JSON, CSV, zip, gz nor tar", "no notice"),
        ("It is XML, but no notice in a format that is read: its root element is “html”.", "no notice"),
        ("The notice lacks a title (BT-21).", "Something that every notice has is missing."),
        ("the type is X, so what the notice does is not known.", "What the notice does cannot be told."),
        ("The file is not well-formed XML: x.", "The file is damaged."),
        ("the field deadline is soon, not a time.", "A value is written in a way that cannot be read."),
        ("is locked with a password", "The archive, or a file in it, is not opened."),
        ("It has more than 1,000,000 tags, which no notice has; it was not read.", "larger than any notice"),
        ("Something nobody foresaw.", "It could not be read."),
    ],
)
def test_a_file_s_trouble_is_said_by_its_kind_beside_the_programme_s_words(why, words):
    (trouble,) = troubles.of_load(f"some file.xml: {why}")

    assert (words in str(trouble.words), trouble.file, trouble.stated) == (True, "some file.xml", why)


def test_a_harvest_s_trouble_is_said_by_its_kind(client, home):
    message = "3 notices could not be fetched; the next run tries them again."
    runs.append(home.lake / "harvest", runs.Run("ted", ENDED, ENDED, "partial", {"fetched": 5}, message))

    response = client.get("/sources/")

    assert (
        "Some notices could not be fetched. The next run tries again. In the programme’s own words: 3 notices could "
        "not be fetched; the next run tries them again." in text_of(response)
    )
    assert f'<span lang="en">{message}</span>' in response.content.decode()


@pytest.mark.parametrize("message", ["", "\n"])
def test_no_message_is_no_trouble(message):
    assert (troubles.of_load(message), troubles.of_harvest("")) == ([], None)


def test_an_unknown_code_is_said_by_its_field():
    assert unknown("BT-132(d):2024-10-14+02:00", 2) == Unknown("2024-10-14+02:00", "BT-132", "Tenders are opened", 2)
    assert unknown("BT-9999:x:y", 1) == Unknown("x:y", "BT-9999", "", 1)
