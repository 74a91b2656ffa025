"""What happens when two do the same at the same moment: each row below starts two threads at one barrier."""

import threading

import pytest
from django.db import connection

from samspel.organisations.joining import actions, answers
from samspel.organisations.members import actions as members
from samspel.organisations.models import Membership, Organisation
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations.joining import adviser, mails, somebody, told

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Return what each act came to: "done", or the words it was refused with."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
            outcomes[place] = "done"
        except Refused as refused:
            outcomes[place] = str(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_a_double_click_asks_once():
    municipality, anna = make.actor(administers=True).organisation, somebody()

    def ask():
        actions.ask(municipality, by=anna, role="procurer")

    assert at_once(ask, ask, ask) == ["done"] * 3
    held = Membership.objects.get(person=anna.person)
    assert [verb for verb, _person in told(held)] == ["membership.asked"]
    assert len(mails()) == 1


@pytest.mark.parametrize("number", ["5560360793", ""])
def test_a_double_click_registers_once(number):
    erik = somebody()

    def register():
        actions.register(by=erik, name="Lugnvik", kind="company", country="SE", number=number, role="supplier")

    assert at_once(register, register, register) == ["done"] * 3
    assert Organisation.objects.count() == 1


def test_two_people_who_register_one_number_get_one_organisation():
    def register(by):
        actions.register(by=by, name="Lugnvik", kind="company", country="SE", number="5560360793", role="supplier")

    erik, kari = somebody(), somebody()
    outcomes = at_once(lambda: register(erik), lambda: register(kari))

    assert outcomes == ["There is already an organisation with this number.", "done"]
    assert Organisation.objects.count() == 1


def test_of_two_answers_one_holds_and_the_other_is_told():
    chief = make.actor(administers=True)
    other = make.actor(organisation=chief.organisation, administers=True)
    held = actions.ask(chief.organisation, by=somebody(name="Anna"), role="procurer")

    outcomes = at_once(
        lambda: answers.let_in(held, by=chief), lambda: answers.refuse(held, by=other, reason="We do not know you.")
    )

    held.refresh_from_db()
    outcome = "let in" if held.is_current else "refused"
    assert outcomes == [f"The request has been answered already: Anna was {outcome}.", "done"]
    assert len(told(held)) == 2


def test_of_two_claims_one_adviser_grants_one():
    national, municipality = adviser(), make.organisation()
    claims = [actions.ask(municipality, by=somebody(), role="leader", claims=True) for _number in range(2)]

    outcomes = at_once(*(lambda held=held: answers.let_in(held, by=national) for held in claims))

    assert outcomes[1] == "done"
    assert "Somebody else is to answer this request" in outcomes[0]
    assert Membership.objects.in_charge(municipality).count() == 1


@pytest.mark.parametrize("act", ["leave", "give up"])
def test_two_last_administrators_do_not_go_at_once(act):
    first = make.actor(administers=True)
    second = make.actor(organisation=first.organisation, administers=True)

    def go(actor):
        if act == "leave":
            members.end(actor.membership, by=actor)
        else:
            members.change(actor.membership, by=actor, role="leader")

    outcomes = at_once(lambda: go(first), lambda: go(second))

    assert outcomes == [
        "Lillånäs kommun must have an administrator. Make somebody else administrator first.",
        "done",
    ]


def test_two_administrators_who_take_the_flag_from_each_other_leave_one():
    first = make.actor(administers=True)
    second = make.actor(organisation=first.organisation, administers=True)

    outcomes = at_once(
        lambda: members.change(second.membership, by=first, role="leader"),
        lambda: members.change(first.membership, by=second, role="leader"),
    )

    assert outcomes == ["You may not do this in the role you have.", "done"]
    assert Membership.objects.in_charge(first.organisation).count() == 1
