import threading

import pytest
from django.db import close_old_connections, connection, transaction

from samspel.organisations.models import Person


@pytest.mark.django_db(transaction=True)
def test_no_write_is_lost_when_many_write_the_same_row_at_once():
    person = Person.objects.create_user("anna@lillanas.example", name="0")
    start, faults = threading.Barrier(6), []

    def count_up():
        start.wait()
        try:
            for _ in range(5):
                with transaction.atomic():
                    found = Person.objects.select_for_update().get(pk=person.pk)
                    found.name = str(int(found.name) + 1)
                    found.save(update_fields=["name"])
        except Exception as fault:  # noqa: BLE001 (the test is about every kind)
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()

    person.refresh_from_db()
    assert (faults, person.name) == ([], "30")
