"""Every address, for everybody, on every kind of record: what happens is what the table of permissions says."""

import pytest
from django.http import HttpResponse

from samspel.kit.access import PUBLIC
from samspel.organisations.access import Access
from samspel.organisations.permissions import Permission
from tests.walk.addresses import addresses, views
from tests.walk.records import places
from tests.walk.table import PAGES, ROOMS, SIGNED_IN, SIGNING_IN
from tests.walk.walking import first_opened, methods, visits, wrong


def test_every_address_has_a_name_of_its_own_and_a_line_in_the_table():
    names = [address.name for address in addresses()]

    assert sorted(names) == sorted(set(PAGES)), "enter new addresses in tests/walk/table.py, and take old ones out"


def test_every_view_says_whom_it_is_for():
    silent = [address.route for address in addresses() if not hasattr(address.view, "access")]

    assert silent == [], "mark them @public, or as samspel/organisations/access.py describes"


def test_every_view_is_for_those_the_table_says():
    said = {name: getattr(view, "access", None) for name, view in views().items() if name in PAGES}

    assert said == {name: _access(page) for name, page in PAGES.items()}


def test_every_permission_opens_a_page():
    assert set(Permission) <= {page.access for page in PAGES.values()}


@pytest.fixture
def short_refusals(monkeypatch):
    """Answer refusals without a page: there are thousands of them here, and they have tests of their own."""
    monkeypatch.setattr("samspel.urls.handler403", lambda *_asked, **_why: HttpResponse(status=403))
    monkeypatch.setattr("samspel.urls.handler404", lambda *_asked, **_why: HttpResponse(status=404))


@pytest.mark.usefixtures("short_refusals")
@pytest.mark.parametrize("room", ROOMS)
def test_a_page_opens_for_whom_it_is_and_for_nobody_else(room, world):
    asked = [(visit, method) for name in ROOMS[room] for visit in visits(name, world) for method in methods(visit.page)]

    found = [wrong(visit, method) for visit, method in asked]

    assert "\n".join(filter(None, found)) == ""


def test_everybody_sees_the_records_that_are_written_down_as_theirs_to_see(world):
    models = {page.model for page in PAGES.values() if page.model and page.access != SIGNED_IN}
    stands = [(one, place, model) for one in world.visitors for model in models for place in places(model, world, one)]

    wrong = [
        f"{visitor}: {model.__name__}, {place.relation}"
        for visitor, place, model in stands
        if model.objects.visible_to(visitor.actor).filter(pk=place.pk).exists() != place.is_seen
    ]

    assert wrong == []


def test_a_page_that_is_asked_for_by_another_method_refuses_and_does_nothing(world):
    found = {}
    for name, visit in first_opened(world).items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(methods(visit.page)):
            response = visit.by(method)
            # allauth sends some on to another page before it looks at the method.
            refuses = response.status_code == 405 or name in SIGNING_IN
            if not refuses or response.wrote - {"django_session", "cache", *visit.page.writes}:
                found[f"{method} {name}"] = (response.status_code, response.wrote)

    assert found == {}


def test_a_form_from_another_site_is_refused_and_does_nothing(world):
    accepted = []
    forms = {name: visit for name, visit in first_opened(world).items() if visit.page.post is not None}
    for name, visit in forms.items():
        response = visit.visitor.browser.strict().post(visit.address, visit.data)
        if response.status_code != 403 or response.wrote:
            accepted.append(name)

    # Their views say why.
    assert sorted(accepted) == sorted(name for name, page in PAGES.items() if not page.csrf)


def _access(page):
    if page.access == PUBLIC:
        return PUBLIC
    if page.access == SIGNED_IN:
        # A thing of a person's own is looked up by the view, among the person's.
        return Access()
    return Access(page.access, page.model, "pk" if page.model else None)
