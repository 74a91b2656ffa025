"""What somebody may not see stands on no page, in no file and in no refusal that the person gets."""

import re

import pytest

from samspel.notices.models import SavedSearch
from samspel.organisations.models import Membership, Person
from tests.walk.records import places
from tests.walk.table import PAGES
from tests.walk.walking import visits

VISITORS = [
    "stranger",
    "who acts for nobody",
    "who has left",
    "procurer",
    "buyer’s administrator",
    "supplier’s administrator",
    "regional adviser",
]


@pytest.fixture
def marked(world):
    """Give every person and every saved search words of their own, that stand nowhere else."""
    for person in Person.objects.all():
        words = {"name": f"Person{person.pk}hemlig", "email": f"p{person.pk}hemlig@x.example"}
        Person.objects.filter(pk=person.pk).update(**words)
    for search in SavedSearch.objects.all():
        SavedSearch.objects.filter(pk=search.pk).update(name=f"Search{search.pk}hemlig")
    Membership.objects.update(message="Message of somebody")
    return world


@pytest.mark.parametrize("name", VISITORS)
def test_nothing_that_somebody_may_not_see_is_told_to_them_anywhere(name, marked):
    visitor = marked.visitor(name)
    hidden = _hidden(visitor, marked)
    asked = [
        (visit, method)
        for page in PAGES
        for visit in visits(page, marked, among=[visitor])
        for method in (["GET"] if visit.page.get else ["POST"])
    ]

    told = {(str(visit), word) for visit, method in asked for word in _words(visit.by(method))}

    assert {(visit, word) for visit, word in told if word in hidden} == set()
    assert len(hidden) > 5
    # What the person may see is told: the own name at least.
    assert visitor.is_stranger or f"Person{visitor.actor.person_id}hemlig" in {word for _visit, word in told}


def _hidden(visitor, world):
    """Return the words of what a visitor may not see."""
    unseen = [
        place.record
        for model in (Membership, SavedSearch)
        for place in places(model, world, visitor)
        if place.record and not place.is_seen
    ]
    people = {one.person_id for one in unseen if isinstance(one, Membership)}
    searches = {one.pk for one in unseen if isinstance(one, SavedSearch)}
    return (
        {f"Person{pk}hemlig" for pk in people}
        | {f"p{pk}hemlig@x.example" for pk in people}
        | {f"Search{pk}hemlig" for pk in searches}
    )


def _words(response):
    """Return the marked words of an answer, page or file."""
    text = (b"".join(response.streaming_content) if response.streaming else response.content).decode(errors="ignore")
    return set(re.findall(r"\w+hemlig(?:@x\.example)?", text))
