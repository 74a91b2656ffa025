"""Sends a mail that was written, by SMTP."""

import re
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from samspel.kit.jobs import GaveUp, job
from samspel.kit.mail.reader import Reader
from samspel.kit.mail.subscriptions import address_to_unsubscribe, is_unsubscribed
from samspel.kit.models import Mail


class NotSent(Exception):
    """The mail server did not take the mail now. It may later."""


@transaction.atomic
def give_up(mail_id, *, why):
    """Note on the mail that its job failed for the last time."""
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail and not mail.is_settled:
        mail.note_failed(mail.error or why, timezone.now())


@job(tries=8, atomic=False, after_last=give_up)
def deliver(mail_id):
    """Send a mail once, and note what became of it.

    Outside a transaction, since it waits for another machine. Where the process dies after the server took the mail
    and before that is noted, the next try sends it again, with the same Message-ID.
    """
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail is None:
        raise GaveUp("The mail is deleted.")
    if mail.is_settled:
        return
    if mail.subscription and is_unsubscribed(_reader(mail), mail.subscription):
        mail.delete()
        return
    try:
        _send(message_of(mail))
    except (SMTPException, OSError) as error:
        _note(mail, error)
    else:
        mail.note_sent(timezone.now())


def message_of(mail):
    """Return the mail as it goes out."""
    # RFC 3834: no machine need answer it.
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.subscription:
        headers["List-Unsubscribe"] = f"<{address_to_unsubscribe(_reader(mail), mail.subscription)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.address], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


def _send(message):
    server = get_connection()
    try:
        server.send_messages([message])
    finally:
        # Also where it was opened and did not take the hub's password.
        server.close()


def _reader(mail):
    return Reader(mail.address, mail.person_id)


def _note(mail, error):
    """Mark the mail as failed where the server refused it for good; else raise NotSent, for another try."""
    mail.note_try(_words(error))
    if _is_for_good(error):
        mail.note_failed(mail.error, timezone.now())
        return
    # Without its cause, which may quote the address.
    raise NotSent(_without_addresses(mail.error)) from None


def _is_for_good(error):
    """Whether the server refused this mail (5xx). That it refused the hub's password says nothing of the mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _words in error.recipients.values())
    return isinstance(error, (SMTPSenderRefused, SMTPDataError)) and 500 <= error.smtp_code < 600


def _words(error):
    """Return what the server said, on one line."""
    if isinstance(error, SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_text(words)}" for code, words in error.recipients.values())
    elif isinstance(error, SMTPResponseException):
        said = f"{error.smtp_code} {_text(error.smtp_error)}"
    else:
        said = str(error) or type(error).__name__
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", said).split())[:500]


def _text(words):
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)


def _without_addresses(text):
    return re.sub(r"\S+@\S+", "…", text)
