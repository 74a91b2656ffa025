import pytest
from django.core.management import call_command
from django.db import IntegrityError

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
