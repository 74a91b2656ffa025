from datetime import date, timedelta

import pytest
from django.utils import timezone

from samspel.kit.models import TrailEntry
from samspel.organisations.models import Membership, Organisation
from samspel.organisations.permissions import Refused
from samspel.organisations.succession import actions
from tests import make
from tests.organisations.test_details import chief, programme, signed_in
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)


def succeed(old, new, **facts):
    return actions.succeed(**{"organisation": old, "successor": new, "on": DAY, "by": programme(), **facts})


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def members(organisation):
    held = Membership.objects.filter(organisation=organisation, ended_at=None).order_by("person_id")
    return [(one.person, one.role, one.administers, one.is_current) for one in held]


def test_memberships_end_in_the_old_and_begin_in_the_new_with_the_same_role():
    old, new, adviser = make.organisation(), make.organisation(name="Nya kommunen"), programme()
    leader = make.membership(organisation=old, role="leader", administers=True)
    asked = make.membership(organisation=old, role="observer", approved_at=None)

    succeed(old, new, by=adviser)

    assert members(old) == []
    assert members(new) == [(leader.person, "leader", True, True), (asked.person, "observer", False, False)]
    leader.refresh_from_db()
    assert (leader.ended_by, leader.approved_at is not None) == (adviser.person, True)


def test_who_is_in_both_keeps_the_role_in_the_new_and_what_was_administered():
    old, new = make.organisation(), make.organisation()
    person = make.person()
    make.membership(organisation=old, person=person, role="leader", administers=True)
    make.membership(organisation=new, person=person, role="procurer")

    succeed(old, new)

    assert members(new) == [(person, "procurer", True, True)]


def test_who_had_asked_in_the_new_and_was_in_the_old_is_in():
    old, new = make.organisation(), make.organisation()
    person = make.person()
    make.membership(organisation=old, person=person, role="leader")
    make.membership(organisation=new, person=person, role="observer", approved_at=None)

    succeed(old, new)

    assert members(new) == [(person, "leader", False, True)]


def test_both_have_it_in_their_trail():
    old, new, adviser = make.organisation(), make.organisation(), programme()
    make.membership(organisation=old)

    succeed(old, new, by=adviser)

    told = {
        organisation: [entry.verb for entry in TrailEntry.objects.filter(owner_id=organisation.pk).order_by("pk")]
        for organisation in (old, new)
    }
    assert told[old] == ["organisation.succeeded", "membership.moved"]
    assert told[new] == ["organisation.received", "membership.moved"]
    entry = TrailEntry.objects.get(verb="organisation.succeeded")
    assert entry.changes == {"successor": [None, new.pk], "succeeded_on": [None, "2026-01-01"]}


def test_saying_it_twice_is_once():
    old, new = make.organisation(), make.organisation()
    make.membership(organisation=old)

    succeed(old, new)
    entries = TrailEntry.objects.count()
    succeed(old, new)

    assert TrailEntry.objects.count() == entries


def test_the_group_moves_and_no_ring_comes_about():
    old, asking = make.organisation(), make.organisation(kind="municipal_company")
    new = make.organisation(parent=make.organisation(parent=old))
    child = make.organisation(kind="municipal_company", parent=old)
    Organisation.objects.filter(pk=asking.pk).update(asked_parent=old)

    succeed(old, new)

    assert fresh(new).parent is None
    assert fresh(child).parent == new
    assert fresh(asking).asked_parent == new
    assert fresh(new).group_ids() == fresh(child).group_ids()


@pytest.mark.parametrize(
    "facts, said",
    [
        ({"on": date.max}, "has not come yet"),
        ({"successor": "itself"}, "part of itself"),
        ({"successor": "supplier"}, "cannot become part of a supplier"),
        ({"successor": "succeeded"}, "became part of another itself"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(facts, said):
    old, new = make.organisation(), make.organisation()
    held = make.membership(organisation=old)
    others = {
        "itself": old,
        "supplier": make.supplier(),
        "succeeded": make.organisation(successor=new, succeeded_on=DAY),
    }

    with pytest.raises(Refused, match=said):
        succeed(old, others.get(facts.get("successor"), new), on=facts.get("on", DAY))

    held.refresh_from_db()
    assert (held.is_current, fresh(old).successor) == (True, None)


def test_one_that_is_part_of_another_already_stays_there():
    first = make.organisation()
    old = make.organisation(successor=first, succeeded_on=DAY)

    with pytest.raises(Refused, match="part of another already"):
        succeed(old, make.organisation())


def test_only_the_programme_says_it(client, home):
    anna, new = chief(), make.organisation()

    with pytest.raises(Refused):
        succeed(anna.organisation, new, by=anna)
    response = signed_in(client, anna).get(f"/organisations/{anna.organisation_id}/succession/")
    assert response.status_code == 403


def test_a_second_registration_gives_its_number_and_its_page_to_the_one_that_is_kept():
    twice = make.organisation(number="2120009991", body="SE-2120009991")
    kept = make.organisation(number="")

    actions.merge(organisation=twice, kept=kept, by=programme())

    assert (fresh(twice).number, fresh(twice).body, fresh(twice).successor) == ("", None, kept)
    assert (fresh(kept).number, fresh(kept).body) == ("2120009991", "SE-2120009991")


def test_what_the_kept_registration_has_stays():
    twice = make.organisation(body="SE-lillanas")
    kept = make.organisation(body="SE-2120009991")
    numbers = (twice.number, kept.number)

    actions.merge(organisation=twice, kept=kept, by=programme())

    assert (fresh(twice).number, fresh(kept).number) == numbers
    assert (fresh(twice).body, fresh(kept).body) == ("SE-lillanas", "SE-2120009991")


def test_an_app_moves_its_records_in_the_same_transaction():
    old, new, moved = make.organisation(), make.organisation(), []
    actions.moves.add(actions.Move("invented", lambda *moving: moved.append(moving)))
    adviser = programme()

    try:
        succeed(old, new, by=adviser)
    finally:
        actions.moves.remove("invented")

    assert moved == [(old, new, adviser)]


def test_the_programme_finds_the_other_reads_what_will_happen_and_says_it(client, home):
    old, new = make.organisation(name="Gamla kommunen"), make.organisation(name="Nya kommunen")
    make.membership(organisation=old)
    address = f"/organisations/{old.pk}/succession/"
    signed_in(client, programme())

    found = text_of(client.get(address, {"q": "nya"}))
    asked = text_of(client.get(address, {"organisation": new.pk}))
    facts = {"organisation": new.pk, "how": "succeeded", "on": "2026-01-01", "sure": "on"}
    not_sure = client.post(address, {**facts, "sure": ""})
    without_day = client.post(address, {**facts, "on": ""})
    said = client.post(address, facts)

    assert "Choose one Nya kommunen Municipality" in found
    assert "Gamla kommunen goes on as Nya kommunen 1 membership or request moves." in asked
    assert not_sure.status_code == 422
    assert "Write the day." in text_of(without_day)
    assert (said.status_code, fresh(old).successor) == (302, new)


def test_the_old_page_points_to_the_new_and_the_new_lists_the_old(client, home):
    old, new = make.organisation(name="Gamla kommunen"), make.organisation(name="Nya kommunen")
    succeed(old, new)

    before, after = client.get(f"/organisations/{old.pk}/"), client.get(f"/organisations/{new.pk}/")

    assert "Since 1 Jan 2026 part of Nya kommunen . What it did before stays here." in text_of(before)
    assert f"/organisations/{new.pk}/" in links_of(before)
    assert "Ask to join" not in text_of(before)
    assert "Became part of it Gamla kommunen 1 Jan 2026" in text_of(after)


def test_tomorrow_has_not_come_and_today_has():
    old, new = make.organisation(), make.organisation()
    now = timezone.now()

    with pytest.raises(Refused, match="has not come yet"):
        succeed(old, new, on=timezone.localdate(now) + timedelta(days=1), at=now)
    succeed(old, new, on=timezone.localdate(now), at=now)
