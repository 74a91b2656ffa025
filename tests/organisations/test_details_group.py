import threading

import pytest
from django.db import connection
from django.utils import timezone

from samspel.kit import registry
from samspel.kit.models import TrailEntry
from samspel.organisations.actors import actor_for
from samspel.organisations.group import actions
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations.test_details import chief, programme, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def municipality():
    return chief()


def company(**facts):
    return chief(name="Lillånäs bostäder AB", kind="municipal_company", **facts)


def group_of(actor):
    return actor_for(actor.person, actor.organisation_id).group_ids


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def test_saying_that_one_belongs_to_another_opens_nothing_to_either():
    owner, owned = municipality(), company()

    actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owned)

    assert group_of(owned) == {owned.organisation_id}
    assert group_of(owner) == {owner.organisation_id}


def test_it_counts_when_the_other_has_confirmed_and_both_have_it_in_their_trail():
    owner, owned = municipality(), company()
    actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owned)

    actions.confirm(organisation=owned.organisation, parent=owner.organisation, by=owner)

    both = {owner.organisation_id, owned.organisation_id}
    assert group_of(owned) == group_of(owner) == both
    for organisation in both:
        entries = TrailEntry.objects.filter(owner_id=organisation).order_by("pk")
        assert [entry.verb for entry in entries] == ["group.asked", "group.confirmed"]


def test_asking_and_confirming_twice_is_once():
    owner, owned = municipality(), company()
    for _ in range(2):
        actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owned)
    for _ in range(2):
        actions.confirm(organisation=owned.organisation, parent=owner.organisation, by=owner)

    assert TrailEntry.objects.of(owned.organisation).filter(owner_id=owned.organisation_id).count() == 2


def test_who_is_asked_for_cannot_be_confirmed_by_the_one_who_asks_nor_by_a_stranger():
    owner, owned = municipality(), company()
    actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owned)

    for wrong in (owned, municipality(), make.actor(organisation=owner.organisation)):
        with pytest.raises(Refused):
            actions.confirm(organisation=owned.organisation, parent=owner.organisation, by=wrong)
    with pytest.raises(Refused):
        actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owner)

    assert fresh(owned.organisation).parent is None


def test_only_the_topmost_of_a_group_lets_more_into_it():
    owner, middle = municipality(), company()
    actions.ask(organisation=middle.organisation, parent=owner.organisation, by=middle)
    actions.confirm(organisation=middle.organisation, parent=owner.organisation, by=owner)
    below = company()
    actions.ask(organisation=below.organisation, parent=fresh(middle.organisation), by=below)

    with pytest.raises(Refused):
        actions.confirm(organisation=below.organisation, parent=fresh(middle.organisation), by=middle)

    assert list(actions.waiting_for(owner.organisation)) == [below.organisation]
    assert not actions.waiting_for(fresh(middle.organisation)).exists()
    actions.confirm(organisation=below.organisation, parent=fresh(middle.organisation), by=owner)
    assert group_of(below) == {owner.organisation_id, middle.organisation_id, below.organisation_id}


def test_what_was_taken_back_or_refused_cannot_be_confirmed():
    owner, owned = municipality(), company()
    pair = {"organisation": owned.organisation, "parent": owner.organisation}
    actions.ask(**pair, by=owned)
    actions.withdraw(organisation=owned.organisation, by=owned)
    with pytest.raises(Refused, match="has taken this back"):
        actions.confirm(**pair, by=owner)

    actions.ask(**pair, by=owned)
    actions.refuse(**pair, by=owner)
    with pytest.raises(Refused, match="has taken this back"):
        actions.confirm(**pair, by=owner)


@pytest.mark.parametrize("who", ["owner", "owned"])
def test_each_of_the_two_ends_it_alone(who):
    owner, owned = municipality(), company()
    owned.organisation.parent = owner.organisation
    owned.organisation.save()

    actions.leave(organisation=owned.organisation, by={"owner": owner, "owned": owned}[who])

    assert fresh(owned.organisation).parent is None
    with pytest.raises(Refused):
        actions.leave(organisation=owned.organisation, by=municipality())


def test_no_ring_comes_about():
    one, other = municipality(), municipality()
    actions.ask(organisation=one.organisation, parent=other.organisation, by=one)
    actions.ask(organisation=other.organisation, parent=one.organisation, by=other)
    actions.confirm(organisation=one.organisation, parent=other.organisation, by=other)

    with pytest.raises(Refused, match="cannot belong to itself"):
        actions.confirm(organisation=other.organisation, parent=fresh(one.organisation), by=other)
    with pytest.raises(Refused, match="cannot belong to itself"):
        actions.ask(organisation=fresh(other.organisation), parent=fresh(other.organisation), by=other)


@pytest.mark.parametrize("parent", [{"kind": "company"}, {"kind": "programme_partner"}])
def test_nobody_belongs_to_a_supplier_or_to_the_programme(parent):
    owned = company()

    with pytest.raises(Refused, match="Only a public body"):
        actions.ask(organisation=owned.organisation, parent=make.organisation(**parent), by=owned)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_in_a_ring_at_once_do_not_make_one():
    one, other = municipality(), municipality()
    Organisation.objects.filter(pk=one.organisation_id).update(asked_parent=other.organisation)
    Organisation.objects.filter(pk=other.organisation_id).update(asked_parent=one.organisation)
    start = threading.Barrier(2)

    def confirm(child, parent):
        start.wait()
        try:
            actions.confirm(organisation=fresh(child.organisation), parent=fresh(parent.organisation), by=parent)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Organisation.objects.filter(parent__isnull=False).count() == 1


def test_the_page_asks_answers_and_ends(client, home):
    owner, owned = municipality(), company()
    begin = f"/organisations/{owned.organisation_id}/group/"
    signed_in(client, owned)

    found = text_of(client.get(begin, {"q": "lillånäs kommun"}))
    client.post(f"{begin}request/", {"organisation": owner.organisation_id})
    waits = text_of(client.get(begin))
    signed_in(client, owner)
    above = f"/organisations/{owner.organisation_id}/group/"
    asks = text_of(client.get(above))
    client.post(f"{above}{owned.organisation_id}/confirmation/")
    lists = text_of(client.get(above))

    assert "Which one does it belong to? Lillånäs kommun Municipality" in found
    assert "You have said that it belongs to Lillånäs kommun." in waits
    assert "Municipal company, says that it belongs to Lillånäs kommun Confirm It does not" in asks
    assert "These belong to it Lillånäs bostäder AB Take it out of the group" in lists
    assert fresh(owned.organisation).parent == owner.organisation


def test_the_public_sees_a_group_only_when_it_is_confirmed(client, home):
    owner, owned = municipality(), company()
    actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owned)

    assert "Lillånäs kommun" not in text_of(client.get(f"/organisations/{owned.organisation_id}/"))
    actions.confirm(organisation=owned.organisation, parent=owner.organisation, by=owner)
    assert "Belongs to Lillånäs kommun" in text_of(client.get(f"/organisations/{owned.organisation_id}/"))


@pytest.mark.parametrize("typed", ["", "x", "0", "999999", "9" * 30, "²"])
def test_naming_no_organisation_changes_nothing(client, home, typed):
    owned = company()

    response = signed_in(client, owned).post(
        f"/organisations/{owned.organisation_id}/group/request/", {"organisation": typed}, follow=True
    )

    assert "Choose which organisation it is." in text_of(response)
    assert not TrailEntry.objects.exists()


def test_one_that_has_not_asked_cannot_be_answered(client, home):
    owner, other = municipality(), company()
    begin = f"/organisations/{owner.organisation_id}/group/{other.organisation_id}"
    signed_in(client, owner)

    assert [client.post(f"{begin}/{noun}/").status_code for noun in ("confirmation", "refusal", "exit")] == [404] * 3


def test_what_waits_for_an_administrator_stands_on_my_page():
    owner, owned = municipality(), company()
    actions.ask(organisation=owned.organisation, parent=owner.organisation, by=owned)
    waiting = registry.waiting.get("group")

    (item,) = waiting.items(owner, timezone.now())

    assert item["title"] == "Lillånäs bostäder AB says that it belongs to Lillånäs kommun"
    assert item["since"] == TrailEntry.objects.of(owned.organisation).latest("at").at
    assert list(waiting.items(owned, timezone.now())) == []


def test_the_programme_may_do_it_for_them():
    owner, owned, adviser = make.organisation(), make.organisation(kind="municipal_company"), programme()

    actions.ask(organisation=owned, parent=owner, by=adviser)
    actions.confirm(organisation=owned, parent=owner, by=adviser)

    assert fresh(owned).parent == owner
