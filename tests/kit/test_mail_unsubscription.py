import pytest
from django.core import mail as outbox
from django.test import Client

from samspel.kit import mail
from samspel.kit.jobs.worker import Worker
from samspel.kit.models import Mail, Unsubscription
from tests import make
from tests.kit.test_mail import TRIAL, _templates  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
ALERT = {"service": False, "subscription": "trials:12", "context": {"name": "Lillevik"}}


def link_in_a_mail(to):
    """Send a mail of a subscription, and return the path that its header gives."""
    mail.send(TRIAL, to=to, **ALERT)
    Worker().run_due()
    left = outbox.outbox.pop()
    header = left.extra_headers["List-Unsubscribe"]
    assert left.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header.strip("<>") in left.body
    assert header.strip("<>") in left.alternatives[0][0]
    return header.strip("<>").removeprefix("http://localhost:8000")


def test_a_service_message_has_no_link_to_unsubscribe():
    mail.send(TRIAL, to="kari@lillevik.example", context={"name": "Lillevik"})
    Worker().run_due()

    (left,) = outbox.outbox
    assert "List-Unsubscribe" not in left.extra_headers
    assert "nsubscribe" not in left.body + left.alternatives[0][0]


def test_a_mail_program_unsubscribes_with_one_click_without_signing_in_or_a_token():
    person = make.person()
    link = link_in_a_mail(person)
    program = Client(enforce_csrf_checks=True)

    first, second = (program.post(link, {"List-Unsubscribe": "One-Click"}) for _ in range(2))

    assert [answer.status_code for answer in (first, second)] == [200, 200]
    assert [(one.person_id, one.address, one.key) for one in Unsubscription.objects.all()] == [
        (person.pk, "", "trials:12")
    ]
    assert mail.send(TRIAL, to=person, **ALERT) is None


def test_opening_the_link_changes_nothing_and_asks(client):
    link = link_in_a_mail("Kari@lillevik.example")

    page = client.get(link).content.decode()
    before = Unsubscription.objects.count()
    done = client.post(link).content.decode()

    assert "<h1" in page
    assert "Unsubscribe?" in page
    assert '<form method="post">' in page
    assert before == 0
    assert "You are unsubscribed" in done
    assert "<form method" not in done.partition("<main")[2]
    assert mail.send(TRIAL, to="kari@LILLEVIK.example".lower(), **ALERT) is None


def test_what_one_says_no_to_has_its_words_on_the_page(client):
    mail.subscriptions.add(mail.Subscription("trials", "news of the trials"))
    try:
        page = client.get(link_in_a_mail("kari@lillevik.example")).content.decode()
    finally:
        mail.subscriptions.remove("trials")

    assert "The hub will send you no more mails of this kind: news of the trials." in page


def test_an_address_that_the_hub_did_not_sign_is_not_there(client):
    link = link_in_a_mail("kari@lillevik.example")

    answers = [client.post(address).status_code for address in (link[:-1], "/mail/unsubscription/nonsense", link + "x")]

    assert (answers, Unsubscription.objects.count()) == ([404, 404, 404], 0)


def test_other_mails_and_other_readers_are_not_touched():
    person, other = make.person(), make.person()
    mail.unsubscribe(person, "trials:12")

    written = [
        mail.send(TRIAL, to=other, **ALERT),
        mail.send(TRIAL, to=person, **{**ALERT, "subscription": "trials:13"}),
        mail.send(TRIAL, to=person),
    ]

    assert None not in written


def test_who_subscribes_again_gets_the_mails_again():
    person = make.person()
    mail.unsubscribe(person, "trials:12")

    mail.resubscribe(person, "trials:12")

    assert mail.send(TRIAL, to=person, **ALERT) is not None


def test_what_waits_when_somebody_unsubscribes_is_not_sent():
    person = make.person()
    mail.send(TRIAL, to=person, **ALERT)
    mail.unsubscribe(person, "trials:12")

    Worker().run_due()

    assert (outbox.outbox, Mail.objects.count()) == ([], 0)
