import pytest
from django.db import DatabaseError, connection, transaction

from samspel.kit import trail
from samspel.kit.models import TrailEntry
from tests import make


@pytest.mark.django_db
def test_a_change_is_told_field_by_field_with_who_for_whom_and_when():
    actor = make.actor()
    before = trail.state(actor.organisation)
    actor.organisation.name = "Lillånäs stad"

    entry = trail.record("organisation.changed", actor.organisation, by=actor, before=before)

    assert (entry.person_id, entry.organisation_id, entry.owner_id) == (
        actor.person.pk,
        actor.organisation.pk,
        actor.organisation.pk,
    )
    assert entry.changes == {"name": ["Lillånäs kommun", "Lillånäs stad"]}
    assert list(TrailEntry.objects.of(actor.organisation)) == [entry]


@pytest.mark.django_db
def test_of_a_personal_field_only_that_it_changed_is_told():
    person = make.person(name="Kari Nordmann")
    before = trail.state(person)
    person.name = "Kari Hansen"
    person.set_password("another one entirely")

    assert trail.record("person.changed", person, by=None, before=before).changes == {"name": None}


@pytest.mark.django_db
def test_nothing_is_told_where_nothing_changed():
    person = make.person()

    assert trail.record("person.changed", person, by=None, before=trail.state(person)) is None


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_the_transaction_that_does_it():
    person = make.person()

    with pytest.raises(trail.OutsideTransaction):
        trail.record("person.changed", person, by=None)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE kit_trailentry SET verb = 'other'", "DELETE FROM kit_trailentry"])
def test_the_database_refuses_to_change_what_was_told(statement):
    trail.record("person.joined", make.person(), by=None)

    with pytest.raises(DatabaseError, match="the trail is only added to"), transaction.atomic():
        connection.cursor().execute(statement)

    assert [entry.verb for entry in TrailEntry.objects.all()] == ["person.joined"]
