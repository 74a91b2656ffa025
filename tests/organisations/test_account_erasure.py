import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from samspel.kit import mail
from samspel.kit.models import Mail, TrailEntry
from samspel.kit.personal_data import Document, declared
from samspel.notices.models import RecentSearch, SavedSearch
from samspel.organisations.account import actions
from samspel.organisations.actors import Actor, actor_for
from samspel.organisations.history.lines import lines
from samspel.organisations.models import Membership, Person
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations import signing_in as si
from tests.organisations.joining import told
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db


def confirmed(who):
    client = Client()
    si.sign_in(client, who)
    si.show_again(client)
    return client


def lived(**facts):
    """Return a person who has left something of everything behind."""
    anna = si.person(**facts)
    held = make.membership(person=anna, role="leader", message="Låt mig vara med")
    SocialAccount.objects.create(user=anna, provider="town", uid="anna-1")
    Authenticator.objects.create(user=anna, type="totp", data={"secret": "x"})
    RecentSearch.objects.create(person=anna, query="q=nattillsyn")
    SavedSearch.objects.create(person=anna, name="Min", query="q=egen")
    SavedSearch.objects.create(organisation=held.organisation, saved_by=anna, name="Lagets", query="q=lag")
    mail.send("organisations/mail/password_changed", to=anna, context={})
    mail.send("organisations/mail/password_changed", to=anna.email, language="en", context={})
    return anna


def everything():
    """Return every value in every table, as one text."""
    models = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    return "\n".join(str(list(model._base_manager.values_list())) for model in models)


def records():
    """Return how many rows there are of what is no working copy about somebody, as statistics count them."""
    counted = (model for model, said in declared().items() if said.document == Document.RECORD or not said.about)
    return {model.__name__: model._base_manager.count() for model in counted if model not in _GROWING}


_GROWING = (TrailEntry, SavedSearch, apps.get_model("kit", "Job"))


def test_after_erasure_nothing_says_who_it_was():
    anna = lived()
    confirmed(anna)
    words = ["anna@", "Anna", "anna-1", "nattillsyn", "q=egen"]
    before = everything()

    actions.erase(anna, by=Actor(anna))

    after = everything()
    assert [word for word in words if word in before] == words
    assert [word for word in words if word in after] == []
    anna.refresh_from_db()
    assert (anna.name, anna.language, anna.is_active, anna.has_usable_password()) == ("", "", False, False)
    assert anna.email.endswith("@erased.invalid")
    for model in (EmailAddress, SocialAccount, Authenticator, UserSession):
        assert model.objects.filter(user=anna).count() == 0, model


def test_what_others_count_and_what_may_be_a_public_document_is_as_before():
    anna = lived()
    before = records()

    actions.erase(anna, by=Actor(anna))

    assert records() == before
    held = Membership.objects.get()
    assert (held.message, held.is_current, str(held.person)) == ("Låt mig vara med", False, "Erased person")
    assert [(one.name, str(one.saved_by)) for one in SavedSearch.objects.all()] == [("Lagets", "Erased person")]


def test_the_trail_keeps_numbers_and_shows_an_erased_person():
    anna = lived()

    actions.erase(anna, by=Actor(anna))

    entry = TrailEntry.objects.of(anna).get()
    (line,) = lines([entry])
    assert (entry.verb, entry.person_id, entry.changes["email"]) == ("person.erased", anna.pk, None)
    assert (line.who, line.did, line.of) == ("Erased person", "erased the account", "Erased person")


def test_erasing_twice_changes_nothing():
    anna = lived()
    actions.erase(anna, by=Actor(anna))
    once = Person.objects.values().get(pk=anna.pk)

    actions.erase(anna, by=Actor(anna))

    assert Person.objects.values().get(pk=anna.pk) == once
    assert len(told(anna)) == 1


def test_the_person_is_signed_out_everywhere(home):
    anna = lived()
    Authenticator.objects.all().delete()
    here, phone = confirmed(anna), confirmed(anna)

    answer = here.post("/account/erasure/", {"email": "Anna@Lillanas.example "}, follow=True)

    assert "Your account is erased, and you are signed out everywhere." in answer.content.decode()
    assert [one.get("/account/details/").status_code for one in (here, phone)] == [302, 302]
    assert actor_for(Person.objects.get(pk=anna.pk)).is_signed_in is False
    si.sign_in(here, anna)
    assert not si.is_signed_in(here)


def test_the_last_in_charge_is_refused_and_told_what_to_do(home):
    anna = si.person()
    held = make.membership(person=anna, administers=True)
    make.membership(organisation=held.organisation)

    page = confirmed(anna).post("/account/erasure/", {"email": anna.email})

    assert "You are the last who looks after Lillånäs kommun." in str(page.context["form"].errors)
    assert "Make a colleague administrator, then come back here." in text_of(page)
    assert f"/organisations/{held.organisation_id}/members/" in links_of(page)
    anna.refresh_from_db()
    assert (anna.erased_at, Membership.objects.get(pk=held.pk).is_current) == (None, True)


def test_who_is_alone_says_that_the_organisation_may_be_left(home):
    anna = si.person()
    make.membership(person=anna, administers=True)
    client = confirmed(anna)

    refused = client.post("/account/erasure/", {"email": anna.email})
    client.post("/account/erasure/", {"email": anna.email, "leaves": "on"})

    anna.refresh_from_db()
    assert list(refused.context["form"].errors) == ["leaves"]
    assert anna.erased_at is not None


def test_another_address_than_the_own_erases_nobody(home):
    anna = si.person()

    page = confirmed(anna).post("/account/erasure/", {"email": "bo@lillanas.example"})

    anna.refresh_from_db()
    assert (list(page.context["form"].errors), anna.erased_at) == (["email"], None)


def test_nobody_erases_another():
    anna, bo = si.person(), si.person("bo@lillanas.example")

    with pytest.raises(Refused, match="your own account only"):
        actions.erase(anna, by=Actor(bo))


def test_handing_over_is_offered_first(home):
    anna = si.person()
    held = make.membership(person=anna)
    make.membership(organisation=held.organisation, administers=True)
    SavedSearch.objects.create(person=anna, organisation=held.organisation, name="Min", query="q=egen")

    page = confirmed(anna).get("/account/erasure/")

    assert "Leave Lillånäs kommun : Saved searches and alerts 1" in text_of(page)
    assert f"/organisations/{held.organisation_id}/leaving/" in links_of(page)
    assert "Saved searches" in text_of(page)


def test_the_programme_erases_on_request(capsys):
    anna = lived()
    last = make.membership(person=anna, administers=True)
    make.membership(organisation=last.organisation)

    with pytest.raises(CommandError, match="--even-if-last"):
        call_command("people_erase", anna.email)
    call_command("people_erase", anna.email.upper(), even_if_last=True)

    anna.refresh_from_db()
    assert anna.erased_at < timezone.now()
    assert "Nobody is in charge of Lillånäs kommun now." in capsys.readouterr().out
    assert told(anna) == [("person.erased", None)]
    with pytest.raises(CommandError, match="There is no account"):
        call_command("people_erase", "anna@lillanas.example")


def test_mails_that_wait_to_be_sent_are_deleted_too():
    anna = lived()

    actions.erase(anna, by=Actor(anna))

    assert Mail.objects.count() == 0
