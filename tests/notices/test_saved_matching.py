from datetime import timedelta

import pytest

from samspel.lake import indexing, load
from samspel.notices import actions as loading
from samspel.notices.lake import real_lake, sample_lake
from samspel.notices.models import LoadMark, News, SavedHit
from samspel.notices.saved import matching
from samspel.notices.saved.standing import Standing, changes, standing
from tests import make
from tests.notices.saving import award, came, cancellation, competition, day, hits, notice, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(home):
    return make.actor()


def test_what_a_load_brings_is_found_by_the_searches_it_fits_and_by_no_other(anna):
    saved(anna)
    saved(anna, "q=snöröjning", "Snöröjning")
    saved(make.actor(), "country=SE", "Sverige")
    new = notice()

    came(new, at=day(0))

    assert hits() == [("Nattillsyn", new.key, "competition"), ("Sverige", new.key, "competition")]


def test_a_hit_is_kept_once_also_where_a_load_is_gone_through_again(anna):
    saved(anna)
    came(notice(), at=day(0))
    LoadMark.objects.all().delete()

    matching.match(real_lake(), at=day(1))

    assert SavedHit.objects.count() == 1


def test_what_was_there_before_the_search_was_saved_is_no_news(anna):
    came(notice(), at=day(0))
    saved(anna, at=day(0, hour=12))

    came(notice(title=make.title("Snöröjning")), at=day(1))

    assert hits() == []


def test_what_fills_up_old_years_is_no_news(anna):
    saved(anna)

    came(notice(), notice(-44), notice(-46), notice(-2000), at=day(0))

    assert SavedHit.objects.count() == 2


def test_a_date_to_come_makes_nothing_else_old(anna):
    saved(anna)

    came(notice(), notice(3000), at=day(0))

    assert SavedHit.objects.count() == 1


def test_a_procurement_is_found_once_and_a_version_that_changes_nothing_material_is_no_news(anna):
    saved(anna)
    first = competition()
    came(first, at=day(0))

    came(competition(1, identifier=first.identifier, version="02", title=make.title("Nattillsyn, rättad")), at=day(1))

    assert hits() == [("Nattillsyn", first.key, "competition")]


@pytest.mark.parametrize(
    "later, stage",
    [
        (competition(1, "2025-04-15T12:00:00+02:00"), "competition"),
        (award(), "awarded"),
        (cancellation(), "cancelled"),
    ],
    ids=["deadline", "award", "cancellation"],
)
def test_a_material_change_is_found_also_where_the_search_no_longer_fits(anna, later, stage):
    saved(anna, "kind=competition&cpv=33", "Anbud")
    first = competition()
    came(first, at=day(0))

    came(later, at=day(40))

    assert hits() == [("Anbud", first.key, "competition"), ("Anbud", later.key, stage)]
    assert SavedHit.objects.latest("pk").before == News.objects.earliest("pk")


def test_more_results_of_one_framework_are_told_once(anna):
    saved(anna)
    came(competition(), at=day(0))
    came(award(30), at=day(30))

    came(award(35), at=day(35))

    assert [stage for _name, _key, stage in hits()] == ["competition", "awarded"]


def test_what_is_read_again_is_no_news(anna, tmp_path):
    came(notice(title=make.title("Snöröjning")), at=day(-2))
    saved(anna)
    load.load_records(real_lake(), [notice()], at=day(0))

    loading.read_again()
    matching.match(real_lake(), at=day(1))

    assert hits() == []


def test_the_sample_never_alerts(anna):
    saved(anna)
    load.load_records(sample_lake(), [notice()], at=day(0))
    indexing.rebuild(sample_lake())

    matching.match(real_lake(), at=day(0))

    assert hits() == []


def test_a_load_before_there_is_a_mark_is_gone_through(anna):
    saved(anna)
    assert came(notice(), at=day(0)) == 1
    assert LoadMark.objects.get().loaded_at == day(0)
    assert matching.match(real_lake(), at=day(0) + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    "before, after, changed",
    [
        (("competition", "2025-04-01T12:00:00+02:00"), ("competition", "2025-04-01T10:00:00+00:00"), []),
        (("competition", "2025-04-01T12:00:00+02:00"), ("competition", "2025-04-01"), []),
        (("competition", "2025-04-01T12:00:00+02:00"), ("competition", "2025-04-02"), ["deadline"]),
        (("competition", "2025-04-01T12:00:00+02:00"), ("competition", "2025-04-01T13:00:00+02:00"), ["deadline"]),
        (("competition", "2025-04-01T12:00:00+02:00"), ("competition", ""), []),
        (("planned", ""), ("competition", "2025-04-01"), ["deadline"]),
        (("planned", ""), ("competition", ""), []),
        (("competition", "2025-04-01"), ("awarded", "2025-05-01"), ["awarded"]),
        (("awarded", ""), ("cancelled", ""), ["cancelled"]),
        (("awarded", ""), ("awarded", "2025-05-01"), []),
    ],
)
def test_only_a_deadline_that_moves_a_cancellation_and_an_award_are_material(before, after, changed):
    assert changes(Standing(*before), Standing(*after)) == changed


def test_a_procurement_stands_as_its_newest_notice_says_and_a_correction_is_what_it_corrects():
    first = competition()
    corrected = competition(5, "2025-04-09T12:00:00+02:00", kind="change", form_type="competition")
    contract = award(60, kind="change", form_type="cont-modif", winners=())

    assert standing([corrected, first]) == Standing("competition", "2025-04-09T12:00:00+02:00")
    assert standing([first, award(), contract]).stage == "awarded"
    assert standing([]) == Standing()
