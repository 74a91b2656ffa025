import socket

import pytest
from django.utils import timezone

from samspel.kit import mail
from samspel.kit.jobs import actions
from samspel.kit.jobs.worker import Worker
from samspel.kit.mail.delivery import deliver
from samspel.kit.models import Job, Mail
from tests import make
from tests.kit.smtp import MailServer
from tests.kit.test_mail import TRIAL, _templates  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sends_to(settings):
    def use(port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5

    return use


@pytest.fixture
def letter():
    return mail.send(TRIAL, to="kari@lillevik.example", context={"name": "Lillevik"}, by=make.actor())


def outcome(letter):
    """Return what became of the mail, and of its job."""
    letter.refresh_from_db()
    return letter.state, letter.tries, letter.error, Job.objects.get().status


def test_a_server_that_takes_the_mail_has_it_with_its_message_id(sends_to, letter):
    with MailServer() as server:
        sends_to(server.port)
        Worker().run_due()

    (taken,) = server.mails
    assert (taken["To"], taken["Subject"], taken["Message-ID"], taken["Auto-Submitted"]) == (
        "kari@lillevik.example",
        "Notices: Lillevik",
        letter.message_id,
        "auto-generated",
    )
    assert [part.get_content_type() for part in taken.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert outcome(letter) == ("sent", 1, "", "SUCCESSFUL")


def test_a_refusal_for_good_is_a_failure_at_once_that_the_sender_sees(sends_to, letter):
    with MailServer(rcpt="550 5.1.1 no such user") as server:
        sends_to(server.port)
        Worker().run_due()

    assert outcome(letter) == ("failed", 1, "550 5.1.1 no such user", "SUCCESSFUL")
    assert list(Mail.objects.by(letter.sender_id).undelivered()) == [letter]
    assert letter.failed_at is not None


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"rcpt": "450 4.7.1 greylisted"}, "450 4.7.1 greylisted"),
        ({"data": "452 4.3.1 disk full"}, "452 4.3.1 disk full"),
        ({"data": "die"}, "Connection unexpectedly closed"),
        ({"mail": "die"}, "Connection unexpectedly closed"),
    ],
)
def test_a_refusal_for_now_is_tried_again(sends_to, letter, answers, error):
    with MailServer(**answers) as server:
        sends_to(server.port)
        Worker().run_due()

    assert outcome(letter) == ("waiting", 1, error, "READY")
    assert "kari@" not in Job.objects.get().traceback


def test_a_server_that_does_not_answer_is_asked_again(sends_to, letter):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    sends_to(port)
    Worker().run_due()

    assert outcome(letter) == ("waiting", 1, "[Errno 111] Connection refused", "READY")


def test_a_mail_that_a_dying_server_had_taken_is_not_sent_again(sends_to, letter):
    with MailServer(data="250 die") as server:
        sends_to(server.port)
        Worker().run_due()

    assert outcome(letter) == ("sent", 1, "", "SUCCESSFUL")


def test_after_the_last_try_the_mail_has_failed_and_its_job_can_be_run_again(sends_to, letter):
    with MailServer(rcpt="450 4.7.1 greylisted") as server:
        sends_to(server.port)
        for _ in range(8):
            Job.objects.update(run_after=timezone.now())
            Worker().run_due()
    failed = outcome(letter)
    actions.run_again([])
    with MailServer() as server:
        sends_to(server.port)
        Worker().run_due()

    assert failed == ("failed", 8, "450 4.7.1 greylisted", "FAILED")
    assert outcome(letter) == ("sent", 9, "", "SUCCESSFUL")
    assert letter.failed_at is None


def test_a_kill_between_the_servers_yes_and_the_commit_repeats_the_same_mail(sends_to, letter):
    with MailServer() as server:
        sends_to(server.port)
        deliver.func(letter.pk)
        # As it stands where the process died before the commit.
        Mail.objects.update(state="waiting", sent_at=None, tries=0)
        Worker().run_due()
        deliver.func(letter.pk)

    assert [taken["Message-ID"] for taken in server.mails] == [letter.message_id] * 2


def test_a_password_the_server_refuses_says_nothing_of_the_mail(sends_to, letter, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "hub", "wrong"
    with MailServer(auth="535 5.7.8 wrong password", ehlo="250-stand-in\r\n250 AUTH PLAIN") as server:
        sends_to(server.port)
        Worker().run_due()

    assert outcome(letter) == ("waiting", 1, "535 5.7.8 wrong password", "READY")
