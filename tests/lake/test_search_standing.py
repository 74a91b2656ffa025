from datetime import UTC, date, datetime

import pytest

from samspel.lake.notice import Deadline, Kind, Money
from samspel.lake.search import Search, build
from samspel.lake.search.standing import FewNotices
from tests.lake.make_search import WORDS, entry, index

TODAY = (
    entry("a", "Sjukhusutrustning och vinterväghållning", kind=Kind.COMPETITION, cpv="33100000"),
    entry("b", "Medicinsk utrustning", kind=Kind.RESULT, awarded_value=Money(5000.0, "SEK")),
    entry("c", "Brøyting av veier", "nb", deadlines=(Deadline("tenders", "2025-02-01"),)),
    entry("d", "Skolskjuts", published_on=date(2025, 1, 2)),
)
ASKED = [
    Search(),
    Search("utrustning"),
    Search('"medicinsk utrustning"'),
    Search("utrust*"),
    Search("utrustning -medicinsk"),
    Search("finns inte"),
    Search(filters={"kind": ("competition",)}),
    Search(filters={"kind": ("competition", "result"), "year": ("2025",)}),
    Search(filters={"cpv": ("33",)}),
    Search(filters={"currency": ("SEK",)}, value_from=1000, value_to=6000),
    Search(open_at=datetime(2025, 1, 15, tzinfo=UTC)),
]


@pytest.mark.parametrize("search", ASKED, ids=repr)
def test_the_notices_of_a_day_answer_as_the_main_index_does(tmp_path, search):
    earlier = (entry(f"old-{number}", "Utrustning", published_on=date(2024, 1, 1)) for number in range(20))
    main = index(tmp_path / "main", *earlier, *TODAY)
    few = FewNotices(tmp_path / "few", TODAY, like=tmp_path / "main")
    came = {one.notice.key for one in TODAY}

    found = few.cards(search)

    assert sorted(card["key"] for card in found) == sorted(
        card["key"] for card in main.cards(search, most=100) if card["key"] in came
    )


def test_where_there_is_no_main_index_the_words_are_learned_from_the_day(tmp_path):
    few = FewNotices(tmp_path / "few", TODAY, like=tmp_path / "nowhere")

    assert len(few.cards(Search())) == 4


def test_a_day_without_notices_finds_nothing(tmp_path):
    build(tmp_path / "main", TODAY, words=WORDS)

    assert FewNotices(tmp_path / "few", (), like=tmp_path / "main").cards(Search()) == []
