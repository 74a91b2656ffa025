import pytest
from django.db import IntegrityError

from samspel.kit.models import TrailEntry
from samspel.organisations.models import ProgrammeRegion
from samspel.organisations.permissions import Refused
from samspel.organisations.programme import actions
from tests import make
from tests.organisations.test_details import chief, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def adviser(region=None, **facts):
    programme = make.organisation(name="Programmet", kind="programme_partner")
    return make.actor(organisation=programme, region=region, **facts)


def north():
    return ProgrammeRegion.objects.create(name="Norr", nuts=["SE33"])


def test_the_page_lists_regions_in_words_with_those_advisers_who_show_their_name(client, home):
    region = north()
    adviser(region, person=make.person(name="Rut Ek"), is_named=True)
    adviser(region, person=make.person(name="Per Hidden"))
    adviser(person=make.person(name="Nils Hidden"))
    adviser(region, person=make.person(name="Gone", is_active=False), is_named=True)

    page = text_of(client.get("/programme/"))

    assert "The whole country 1 adviser." in page
    assert "Norr Övre Norrland (SE33) Rut Ek, Programmet And 1 adviser more." in page
    assert "Hidden" not in page
    assert "Gone" not in page
    assert "Add a region" not in page


@pytest.mark.parametrize("regions", [1, 3])
def test_three_regions_cost_what_one_costs(client, home, regions, django_assert_num_queries):
    for number in range(regions):
        adviser(ProgrammeRegion.objects.create(name=f"Norr {number}", nuts=["SE33"]), is_named=True)

    with django_assert_num_queries(2):
        client.get("/programme/")


def test_an_adviser_shows_and_hides_the_own_name_and_nobody_else_s(client, home):
    rut, per = adviser(), adviser()
    signed_in(client, rut)

    client.post("/programme/name/", {"is_named": "true"})
    rut.membership.refresh_from_db()
    per.membership.refresh_from_db()
    assert (rut.membership.is_named, per.membership.is_named) == (True, False)

    client.post("/programme/name/", {"is_named": "false"})
    rut.membership.refresh_from_db()
    assert not rut.membership.is_named
    assert [one.verb for one in TrailEntry.objects.of(rut.membership)] == ["adviser.named"] * 2


def test_who_is_no_adviser_has_no_name_to_show():
    with pytest.raises(Refused, match="Only advisers"):
        actions.show_name(is_named=True, by=chief())


def test_a_national_adviser_adds_changes_and_removes_a_region(client, home):
    signed_in(client, adviser())

    client.post("/programme/regions/new/", {"name": "Norr", "nuts": "se331, se332"})
    region = ProgrammeRegion.objects.get()
    client.post(f"/programme/regions/{region.pk}/", {"name": "Norra", "nuts": "SE33"})
    changed = ProgrammeRegion.objects.get()
    client.post(f"/programme/regions/{region.pk}/removal/")

    assert (changed.name, changed.nuts) == ("Norra", ["SE33"])
    assert not ProgrammeRegion.objects.exists()
    entries = TrailEntry.objects.filter(record_kind="organisations.programmeregion").order_by("pk")
    assert [entry.verb for entry in entries] == ["region.added", "region.changed", "region.removed"]
    assert entries[1].changes == {"name": ["Norr", "Norra"], "nuts": [["SE331", "SE332"], ["SE33"]]}


@pytest.mark.parametrize(
    "facts, said",
    [
        ({"name": "Norr"}, "There is already a region with this name."),
        ({"name": "x" * 300}, "at most 200 letters"),
        ({"nuts": ""}, "Write at least one code."),
        ({"nuts": "XX999"}, "There is no region “XX999”."),
        ({"nuts": " ".join(f"SE{number}" for number in range(100, 200))}, "at most 60 codes"),
    ],
)
def test_what_cannot_be_is_explained(client, home, facts, said):
    north()

    response = signed_in(client, adviser()).post("/programme/regions/new/", {"name": "Söder", "nuts": "SE22", **facts})

    assert response.status_code == 422
    assert said in text_of(response)


def test_two_regions_of_one_name_are_refused_by_the_database():
    north()

    with pytest.raises(IntegrityError):
        actions.add(name="Norr", nuts=["SE33"], by=adviser())


def test_a_region_that_advisers_work_in_stays():
    region = north()
    adviser(region)

    with pytest.raises(Refused, match="Advisers work in the region"):
        actions.remove(region=region, by=adviser())


def test_only_national_advisers_change_regions(client, home):
    region = north()

    for wrong in (adviser(region), chief()):
        signed_in(client, wrong)
        assert client.get("/programme/regions/new/").status_code == 403
        assert client.post(f"/programme/regions/{region.pk}/removal/").status_code == 403
        with pytest.raises(Refused):
            actions.change(region=region, name="x", nuts=["SE"], by=wrong)
    client.logout()
    assert client.post(f"/programme/regions/{region.pk}/removal/").status_code == 302
    assert ProgrammeRegion.objects.get() == region
