import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from samspel.organisations.models import Person

pytestmark = pytest.mark.django_db


def test_a_person_is_known_by_an_address_in_lower_case():
    person = Person.objects.create_user(" Anna@Lillanas.Example ", "en lång fras till lösenord", name="Anna")

    assert (person.email, str(person)) == ("anna@lillanas.example", "Anna")
    assert person.check_password("en lång fras till lösenord")
    assert Person.objects.get_by_natural_key("ANNA@lillanas.example") == person


def test_an_address_that_differs_by_a_capital_is_the_same_address():
    Person.objects.create_user("anna@lillanas.example")

    with pytest.raises(IntegrityError):
        Person.objects.create(email="Anna@lillanas.example")


def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="this run is on PostgreSQL; the settings are SQLite's")
def test_sqlite_takes_the_write_lock_first_and_flushes_every_commit():
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]

    assert (synchronous, foreign_keys) == (2, 1)
    assert connection.transaction_mode == "IMMEDIATE"
