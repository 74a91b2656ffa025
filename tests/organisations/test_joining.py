import pytest

from samspel.kit.models import Mail
from samspel.organisations.joining import actions, answers
from samspel.organisations.members import actions as members
from samspel.organisations.models import Membership, Organisation, ProgrammeRegion, Role
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations.joining import Notebooks, adviser, closed, confirm, mails, notices_give, somebody, told

pytestmark = pytest.mark.django_db

COMPANY = {"name": "Lugnvik Omsorgsteknik AB", "kind": "company", "country": "SE", "number": "556999-0001"}


def asked(organisation, by, **facts):
    return actions.ask(organisation, by=by, role=facts.pop("role", Role.for_organisation(organisation)[0]), **facts)


def registered(by, **facts):
    return actions.register(by=by, role="supplier", **{**COMPANY, "number": "5560360793", **facts})


def test_who_asks_waits_and_the_administrators_are_told_by_mail():
    chief = make.actor(administers=True)
    make.membership(organisation=chief.organisation)
    anna = somebody(name="Anna Lind")

    held = asked(chief.organisation, anna, message="Avdelning inköp")

    assert (held.waits, held.is_claim, held.role, held.message) == (True, False, "procurer", "Avdelning inköp")
    assert told(held) == [("membership.asked", anna.person_id)]
    assert mails() == [(chief.person.email, "Anna Lind wants to join Lillånäs kommun")]


def test_asking_twice_is_one_request_with_the_first_words():
    municipality = make.actor(administers=True).organisation
    anna = somebody()

    first = asked(municipality, anna, message="first")
    again = asked(municipality, anna, message="second", role="leader")

    assert (again, again.message, again.role) == (first, "first", "procurer")
    assert len(mails()) == 1


def test_who_is_a_member_already_asks_for_nothing():
    held = make.membership()
    make.membership(organisation=held.organisation, administers=True)

    assert asked(held.organisation, make_actor(held)) == held
    assert mails() == []


def make_actor(held):
    from samspel.organisations.actors import Actor

    return Actor(held.person, held)


def test_a_request_waits_until_the_organisation_has_an_administrator():
    municipality = make.organisation()
    held = asked(municipality, somebody())
    assert mails() == []

    chief = make.actor(organisation=municipality, administers=True)

    assert list(Membership.objects.answerable_by(chief)) == [held]
    assert list(Membership.objects.answerable_by(adviser())) == []


def test_a_role_that_the_organisation_does_not_have_is_refused():
    with pytest.raises(Refused, match="Choose one of the roles"):
        asked(make.supplier(), somebody(), role="procurer")


def test_a_stranger_can_ask_for_nothing():
    from samspel.organisations.actors import STRANGER

    with pytest.raises(Refused):
        asked(make.organisation(), STRANGER)


def test_a_merged_organisation_takes_no_new_members_and_points_to_its_successor():
    new = make.organisation(name="Storånäs kommun")
    old = make.organisation(successor=new, succeeded_on="2027-01-01")
    waits = make.membership(organisation=old, approved_at=None)
    chief = make.actor(organisation=old, administers=True)

    with pytest.raises(Refused, match=r"now part of Storånäs kommun\. Ask to join that one"):
        asked(old, somebody())
    with pytest.raises(Refused, match="now part of Storånäs kommun and takes no new members"):
        answers.let_in(waits, by=chief)


def test_who_registers_an_organisation_claims_it_and_the_programme_is_told():
    national = adviser()
    erik = somebody(name="Erik")

    held = registered(erik)

    organisation = held.organisation
    assert (organisation.name, organisation.number, organisation.registered_by) == (
        COMPANY["name"],
        "5560360793",
        erik.person,
    )
    assert (held.is_claim, held.role) == (True, "supplier")
    assert told(organisation)[0] == ("organisation.registered", erik.person_id)
    assert told(held) == [("membership.claimed", erik.person_id)]
    assert mails() == [(national.person.email, f"Erik wants to administer {COMPANY['name']}")]


def test_an_organisation_shows_to_the_public_when_somebody_else_has_vouched_for_it():
    held = registered(somebody())
    assert list(Organisation.objects.confirmed().suppliers()) == []

    answers.let_in(held, by=adviser())

    assert list(Organisation.objects.confirmed().suppliers()) == [held.organisation]


@pytest.mark.parametrize("number", ["5560360793", ""])
def test_registering_twice_is_one_organisation(number):
    erik = somebody()

    assert registered(erik, number=number) == registered(erik, number=number)
    assert Organisation.objects.suppliers().count() == 1


def test_a_number_that_is_taken_is_refused_with_the_organisation_that_has_it():
    held = make.supplier(number="5560360793")

    with pytest.raises(actions.NumberTaken, match="already an organisation with this number") as refused:
        registered(somebody(), number="556036-0793")

    assert refused.value.organisation == held


@pytest.mark.parametrize(
    "facts, why",
    [
        ({"kind": "municipality", "number": ""}, "A public buyer has a registration number"),
        ({"kind": "programme_partner"}, "added by the programme"),
    ],
)
def test_what_cannot_be_registered_is_refused(facts, why):
    with pytest.raises(Refused, match=why):
        registered(somebody(), **facts)

    assert not Organisation.objects.exists()


def test_a_domain_known_from_notices_lets_the_first_administrator_in_at_once(monkeypatch):
    notices_give(monkeypatch, lillanas_example=1)
    municipality, anna = make.organisation(), somebody(email="anna@lillanas.example")
    confirm(anna.person)

    held = asked(municipality, anna, claims=True)

    assert (held.is_current, held.administers, held.approved_by) == (True, True, None)
    assert told(held) == [("membership.claimed", anna.person_id), ("membership.proved", None)]
    assert mails() == []


@pytest.mark.parametrize(
    "address, confirmed, given",
    [
        ("anna@lillanas.example", False, {"lillanas_example": 1}),
        ("anna@lillanas.example.org", True, {"lillanas_example": 1}),
        ("anna@sub.lillanas.example", True, {"lillanas_example": 1}),
        ("anna@lillanas.example", True, {"lillanas_example": 2}),
        ("anna@lillanas.example", True, {}),
        ("anna@gmail.com", True, {"gmail_com": 1}),
        ("anna@pp.inet.fi", True, {"pp_inet_fi": 1}),
        ("anna@lillanås.example", True, {"lillanås_example": 1}),
        ('"@lillanas.example"@elsewhere.example', True, {"lillanas_example": 1}),
    ],
    ids=[
        "not confirmed",
        "longer",
        "below",
        "shared",
        "not known",
        "free",
        "below a free one",
        "other letters",
        "two @",
    ],
)
def test_no_other_domain_proves_anything(monkeypatch, address, confirmed, given):
    notices_give(monkeypatch, **given)
    anna = somebody(email="somebody@elsewhere.example")
    if confirmed:
        confirm(anna.person, address)

    held = asked(make.organisation(), anna, claims=True)

    assert (held.is_claim, held.approved_at) == (True, None)


def test_a_domain_does_not_let_a_second_administrator_in(monkeypatch):
    notices_give(monkeypatch, lillanas_example=1)
    municipality, bo = make.actor(administers=True).organisation, somebody(email="bo@lillanas.example")
    confirm(bo.person)

    with pytest.raises(Refused, match="has an administrator now"):
        asked(municipality, bo, claims=True)
    assert asked(municipality, bo).is_asked


def test_nobody_claims_the_programme():
    with pytest.raises(Refused, match="The programme itself chooses"):
        asked(make.organisation(kind="programme_partner"), somebody(), claims=True)


@pytest.mark.parametrize("loss", ["closed", "inactive"])
def test_a_member_claims_an_organisation_whose_last_administrator_is_gone_and_stays_a_member_meanwhile(loss):
    chief = make.membership(administers=True)
    colleague = make.actor(organisation=chief.organisation, role="leader")
    chief.person.is_active = False
    chief.person.save()
    if loss == "closed":
        closed(chief.person)

    held = asked(chief.organisation, colleague, claims=True)
    assert (held.is_current, held.is_claim, held.administers) == (True, True, False)

    answered = answers.let_in(held, by=adviser())
    assert (answered.is_current, answered.is_claim, answered.administers, answered.role) == (
        True,
        False,
        True,
        "leader",
    )


def test_a_member_whose_claim_is_refused_stays_a_member_and_reads_why():
    colleague, national = make.actor(), adviser()
    held = asked(colleague.organisation, colleague, claims=True)

    answered = answers.refuse(held, by=national, reason="Call us first.")

    assert (answered.is_current, answered.is_claim, answered.refusal) == (True, False, "Call us first.")
    assert answers.refuse(held, by=national, reason="Call us first.") == answered
    with pytest.raises(Refused, match="has been answered already"):
        answers.let_in(held, by=national)


def test_a_claim_is_answered_by_the_region_of_the_organisation_and_by_no_other():
    north = adviser(ProgrammeRegion.objects.create(name="Norr", nuts=["SE33"]))
    south = adviser(ProgrammeRegion.objects.create(name="Syd", nuts=["SE22"]))
    held = asked(make.organisation(region="SE332"), somebody(), claims=True)

    assert {address for address, _subject in mails()} == {north.person.email}
    assert held not in Membership.objects.visible_to(south)
    with pytest.raises(Refused):
        answers.let_in(held, by=south)
    assert answers.let_in(held, by=north).administers


def test_the_programme_does_not_answer_for_an_organisation_that_has_an_administrator():
    municipality, national = make.organisation(), adviser()
    claim = asked(municipality, somebody(), claims=True)
    request = asked(municipality, somebody())
    chief = make.actor(organisation=municipality, administers=True)

    for held in (claim, request):
        with pytest.raises(Refused):
            answers.let_in(held, by=national)
    assert answers.let_in(claim, by=chief, administers=False).administers is False


def test_only_a_national_adviser_lets_somebody_in_to_the_programme():
    programme = make.organisation(name="Programmet", kind="programme_partner", region="SE332")
    north = ProgrammeRegion.objects.create(name="Norr", nuts=["SE33"])
    regional = make.actor(organisation=programme, region=north)
    held = asked(programme, somebody())

    with pytest.raises(Refused):
        answers.let_in(held, by=regional)
    assert answers.let_in(held, by=adviser(), region=north).region == north


@pytest.mark.parametrize("facts", [{}, {"role": "leader"}, {"role": "observer"}])
def test_a_member_without_the_flag_lets_nobody_in(facts):
    member = make.actor(**facts)
    held = asked(member.organisation, somebody())

    with pytest.raises(Refused):
        answers.let_in(held, by=member)
    with pytest.raises(Refused):
        answers.refuse(held, by=make.actor(administers=True), reason="no")
    held.refresh_from_db()
    assert held.is_asked


def test_an_administrator_lets_in_with_another_role_and_the_one_who_asked_gets_a_mail():
    chief, anna = make.actor(administers=True), somebody()
    held = asked(chief.organisation, anna)

    held = answers.let_in(held, by=chief, role="leader", administers=True)

    assert (held.is_current, held.role, held.administers, held.approved_by) == (True, "leader", True, chief.person)
    assert told(held)[-1] == ("membership.approved", chief.person_id)
    assert mails()[-1] == (anna.person.email, "You are let in to Lillånäs kommun")


def test_a_refusal_has_a_reason_that_the_one_who_asked_can_read():
    chief, anna = make.actor(administers=True), somebody()
    held = asked(chief.organisation, anna)

    with pytest.raises(Refused, match="Write a reason"):
        answers.refuse(held, by=chief, reason=" ")
    held = answers.refuse(held, by=chief, reason="We do not know you.")

    assert (held.refusal, held.ended_by, held.approved_at) == ("We do not know you.", chief.person, None)
    assert told(held)[-1] == ("membership.refused", chief.person_id)
    assert mails()[-1] == (anna.person.email, "Your request about Lillånäs kommun was refused")
    assert asked(chief.organisation, anna) != held


def test_the_first_answer_holds_and_the_second_administrator_is_told():
    chief = make.actor(administers=True)
    other = make.actor(organisation=chief.organisation, administers=True)
    held = asked(chief.organisation, somebody(name="Anna"))

    let_in = answers.let_in(held, by=chief)

    assert answers.let_in(held, by=chief) == let_in
    for answer in (
        lambda: answers.refuse(held, by=other, reason="no"),
        lambda: answers.refuse(held, by=chief, reason="no"),
        lambda: answers.let_in(held, by=other),
    ):
        with pytest.raises(Refused, match="has been answered already: Anna was let in"):
            answer()
    assert [verb for verb, _person in told(held)] == ["membership.asked", "membership.approved"]


def test_nobody_answers_the_own_claim():
    national = adviser()
    held = asked(make.organisation(), national, claims=True)

    with pytest.raises(Refused, match="Somebody else must answer your own request"):
        answers.let_in(held, by=national)
    assert list(Membership.objects.answerable_by(national)) == []


def test_who_has_lost_the_flag_meanwhile_answers_nothing():
    chief = make.actor(administers=True)
    held = asked(chief.organisation, somebody())
    Membership.objects.filter(pk=chief.membership.pk).update(administers=False)

    with pytest.raises(Refused):
        answers.let_in(held, by=chief)


def test_who_has_closed_the_account_is_not_let_in():
    chief, anna = make.actor(administers=True), somebody()
    held = asked(chief.organisation, anna)
    closed(anna.person)

    with pytest.raises(Refused):
        answers.let_in(held, by=chief)


def test_a_request_is_taken_back_by_who_asked_and_by_nobody_else():
    chief, anna = make.actor(administers=True), somebody()
    held = asked(chief.organisation, anna)

    with pytest.raises(Refused, match="only your own"):
        actions.withdraw(held, by=chief)
    assert actions.withdraw(held, by=anna).ended_by == anna.person
    actions.withdraw(held, by=anna)

    assert [verb for verb, _person in told(held)] == ["membership.asked", "membership.withdrawn"]
    with pytest.raises(Refused, match="has taken back the request"):
        answers.let_in(held, by=chief)


def test_a_request_that_has_been_answered_is_not_taken_back():
    chief, anna = make.actor(administers=True), somebody()
    held = asked(chief.organisation, anna)
    answers.let_in(held, by=chief)

    with pytest.raises(Refused, match="answered meanwhile"):
        actions.withdraw(held, by=anna)


def test_a_member_takes_back_a_claim_and_stays_a_member():
    colleague = make.actor()
    held = asked(colleague.organisation, colleague, claims=True)

    held = actions.withdraw(held, by=colleague)

    assert (held.is_current, held.is_claim) == (True, False)


def test_a_mail_leads_to_the_request_and_a_name_in_it_changes_nothing(settings):
    chief = make.actor(administers=True)

    held = asked(chief.organisation, somebody(name="<b>Anna</b>\nBcc: all@example.org"))

    mail = Mail.objects.get()
    address = f"{settings.HUB_URL}/requests/{held.pk}/"
    assert mail.subject == "<b>Anna</b> Bcc: all@example.org wants to join Lillånäs kommun"
    assert (address in mail.text, address in mail.html) == (True, True)
    assert "<b>" not in mail.html
    assert (mail.sender_id, mail.record_id, mail.subscription) == (held.person_id, str(held.pk), "")


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_mail_can_be_written_in_every_language(language):
    chief = make.actor(administers=True, person=make.person(language=language))
    colleague = make.actor(organisation=chief.organisation, person=make.person(language=language), administers=True)
    anna = somebody(language=language)
    answers.let_in(asked(chief.organisation, anna), by=chief)
    answers.refuse(asked(make.organisation(), anna, claims=True), by=adviser(), reason="no")
    with Notebooks(red=colleague.person_id):
        members.end(colleague.membership, by=chief, to=chief.membership)

    written = Mail.objects.filter(language=language)
    assert written.count() == 6
    assert all(mail.subject and "http" in mail.text and "</html>" in mail.html for mail in written)
