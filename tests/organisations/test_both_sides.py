import pytest

from samspel.organisations.actors import STRANGER, Actor
from samspel.organisations.models import Membership
from samspel.organisations.permissions import Refused
from samspel.organisations.rules import is_on_both_sides, refuse_both_sides
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter():
    """Two groups: a municipality and its company, a company and its parent; and a supplier outside both."""
    municipality = make.organisation()
    parent = make.supplier(name="Lugnvik Holding AB")
    return {
        "municipality": municipality,
        "housing": make.organisation(kind="municipal_company", parent=municipality),
        "company": make.supplier(parent=parent),
        "holding": parent,
        "sister": make.supplier(name="Lugnvik Data AB", parent=parent),
        "other": make.supplier(name="Norrvik AB"),
    }


@pytest.mark.parametrize(
    ("held", "refused"),
    [
        ((), False),
        (("municipality",), False),
        (("company",), False),
        (("municipality", "other"), False),
        (("municipality", "housing"), False),
        (("company", "holding"), False),
        (("municipality", "company"), True),
        (("housing", "company"), True),
        (("municipality", "holding"), True),
        (("housing", "sister"), True),
        (("municipality", "other", "sister"), True),
    ],
)
def test_a_person_on_both_sides_of_a_matter_is_refused(matter, held, refused):
    person = make.person()
    for name in held:
        make.membership(person=person, organisation=matter[name])
    sides = {"buyers": [matter["municipality"]], "suppliers": [matter["company"]]}

    assert is_on_both_sides(Actor(person), **sides) is refused
    if refused:
        with pytest.raises(Refused, match="conflict of interest"):
            refuse_both_sides(Actor(person), **sides)
    else:
        refuse_both_sides(Actor(person), **sides)


@pytest.mark.parametrize("facts", [{"approved_at": None}, {"ended": True}])
def test_only_what_holds_now_counts(matter, facts):
    person = make.person()
    make.membership(person=person, organisation=matter["municipality"])
    ended = facts.pop("ended", False)
    held = make.membership(person=person, organisation=matter["company"], **facts)
    if ended:
        Membership.objects.filter(pk=held.pk).update(ended_at=held.approved_at)

    assert not is_on_both_sides(Actor(person), [matter["municipality"]], [matter["company"]])


def test_any_buyer_and_any_supplier_of_the_matter_count(matter):
    person = make.person()
    make.membership(person=person, organisation=matter["housing"])
    make.membership(person=person, organisation=matter["other"])
    buyers = [make.organisation(), matter["municipality"]]

    assert is_on_both_sides(Actor(person), buyers, [matter["company"], matter["other"]])
    assert not is_on_both_sides(Actor(person), buyers, [])


def test_a_stranger_is_on_no_side(matter):
    assert not is_on_both_sides(STRANGER, [matter["municipality"]], [matter["company"]])
