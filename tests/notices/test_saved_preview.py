from datetime import timedelta

import pytest

from samspel.notices.lake import real_index, real_lake
from samspel.notices.models import SavedHit, SavedSearch
from samspel.notices.saved.preview import preview
from tests import make
from tests.notices.saving import award, came, cancellation, competition, day, notice, saved

pytestmark = pytest.mark.django_db

SEARCHES = ["q=nattillsyn", "kind=competition", "country=SE&open=1", "q=sn%C3%B6r*", "", "kind=result", "q=finns+inte"]


def shown(found):
    """Return what was sent: which notice, how the procurement stands, and how it stood."""
    return [
        (one.news.notice, one.news.stage, one.news.deadline, one.before and (one.before.stage, one.before.deadline))
        for one in found
    ]


def a_month():
    """Let a month of notices come, with what changes a procurement and what does not."""
    came(competition(), notice(title=make.title("Snöröjning")), notice(-100), at=day(0))
    came(competition(1, title=make.title("Nattillsyn, rättad")), at=day(1))
    came(competition(2, "2025-04-20T12:00:00+02:00"), notice(2, title=make.title("Snörasskydd")), at=day(2))
    came(award(12), cancellation(12, procedure_identifier="10000000-0000-4000-8000-00000000beef"), at=day(12))
    came(award(14), at=day(14))


@pytest.mark.parametrize("query", SEARCHES)
def test_the_preview_is_what_would_have_been_sent(home, query):
    search = saved(make.actor(), query, "Sökning")
    a_month()

    found = preview(search, real_lake(), real_index(), at=day(20))

    sent = SavedHit.objects.filter(search=search).select_related("news", "before").order_by("pk")
    assert sorted(shown(found), key=repr) == sorted(shown(sent), key=repr)
    assert [one.news.found_at for one in found] == sorted((one.news.found_at for one in found), reverse=True)


def test_a_search_that_is_saved_today_shows_what_it_missed(home):
    a_month()
    search = saved(make.actor(), at=day(20))

    found = preview(search, real_lake(), real_index(), at=day(20))

    assert [one.news.stage for one in found] == ["awarded", "cancelled", "competition", "competition"]


def test_the_preview_looks_back_thirty_days(home):
    a_month()
    search = saved(make.actor(), at=day(20))

    assert preview(search, real_lake(), real_index(), at=day(14) + timedelta(days=30, hours=1)) == []
    assert len(preview(search, real_lake(), real_index(), at=day(12) + timedelta(days=29))) == 2


def test_a_hub_without_notices_previews_nothing(home):
    assert preview(SavedSearch(query="q=x"), real_lake(), real_index(), at=day(0)) == []
