from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from samspel.kit import mail
from samspel.kit.jobs.worker import Worker
from samspel.kit.mail.keeping import delete_old
from samspel.kit.models import Job, Mail
from tests import make

pytestmark = pytest.mark.django_db
TRIAL = "trial/mail"  # on kit/mail/base.txt and kit/mail/base.html: "kit/mail/base.txt", "kit/mail/base.html"


@pytest.fixture(autouse=True)
def _templates(settings):
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [Path(__file__).parent / "templates"]}]


def sent(**facts):
    """Write a mail, have it sent, and return it as it left the hub."""
    mail.send(TRIAL, **{"to": "kari@lillevik.example", "context": {"name": "Lillevik"}, **facts})
    Worker().run_due()
    (left,) = outbox.outbox
    return left


def test_a_mail_is_written_in_text_and_html_and_sent_by_a_job():
    left = sent()

    (html, kind) = left.alternatives[0]
    assert (left.to, left.subject, left.from_email) == (
        ["kari@lillevik.example"],
        "Notices: Lillevik",
        "Samspel <samspel@localhost>",
    )
    assert (
        left.body
        == (
            "Notices: Lillevik\n\nLillevik & you\n\n--\n"
            "You get this mail because it concerns what you do in the hub.\nhttp://localhost:8000/\n"
        ).partition("\n\n")[2]
    )
    assert kind == "text/html"
    assert "<p>Lillevik &amp; you</p>" in html
    assert [(one.state, one.tries, one.message_id) for one in Mail.objects.all()] == [
        ("sent", 1, left.extra_headers["Message-ID"])
    ]


@pytest.mark.parametrize(
    ("own", "asked", "subject"),
    [
        ("sv", None, "Annonser: Lillevik"),
        ("", None, "Notices: Lillevik"),
        ("sv", "nb", "Kunngjøringer: Lillevik"),
        ("xx", None, "Notices: Lillevik"),
    ],
)
def test_a_mail_is_in_the_language_of_its_reader(own, asked, subject):
    person = make.person(language=own)

    assert sent(to=person, language=asked).subject == subject


def test_nothing_is_sent_where_the_change_is_rolled_back():
    with transaction.atomic():
        mail.send(TRIAL, to="kari@lillevik.example", context={"name": "Lillevik"})
        transaction.set_rollback(True)
    Worker().run_due()

    assert (outbox.outbox, Mail.objects.count(), Job.objects.count()) == ([], 0, 0)


def test_no_name_adds_a_header_or_a_sign_of_its_own():
    left = sent(context={"name": "Lillevik\r\nBcc: all@lillevik.example\0<b>"})

    message = left.message()
    assert message["Subject"] == "Notices: Lillevik Bcc: all@lillevik.example<b>"
    assert message["Bcc"] is None
    assert left.recipients() == ["kari@lillevik.example"]
    assert "<b>" not in left.alternatives[0][0]


@pytest.mark.parametrize("address", ["", "no address", "kari@lillevik.example\nBcc: all@lillevik.example", "a@b@c"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(mail.NoAddress, match="There is no e-mail address to send to"):
        mail.send(TRIAL, to=address, context={"name": "Lillevik"})

    assert Mail.objects.count() == 0


def test_a_mail_is_a_service_message_or_of_a_subscription():
    for wrong in ({"service": False}, {"subscription": "alerts"}):
        with pytest.raises(ValueError, match="a service message, or of a subscription"):
            mail.send(TRIAL, to="kari@lillevik.example", **wrong)


def test_what_a_person_caused_and_what_is_about_a_record_can_be_found():
    actor, other = make.actor(), make.actor()
    mine = mail.send(TRIAL, to="kari@lillevik.example", by=actor, about=actor.organisation)
    mail.send(TRIAL, to="kari@lillevik.example", by=other)

    assert list(mail.mails_of(actor.person)) == [mine]
    assert list(mail.mails_about(actor.organisation)) == [mine]
    assert list(mail.mails_about(other.organisation)) == []


def test_a_secret_does_not_stay_in_the_hub_when_it_is_sent():
    left = sent(is_secret=True)

    kept = Mail.objects.get()
    assert "Lillevik" in left.body
    assert (kept.text, kept.html, kept.state) == ("", "", "sent")


def test_mails_are_deleted_after_ninety_days():
    old, new = (mail.send(TRIAL, to="kari@lillevik.example") for _ in range(2))
    Mail.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=91))

    delete_old.func()

    assert list(Mail.objects.all()) == [new]
