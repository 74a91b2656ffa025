"""Writes a mail, and the job that sends it."""

from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from samspel.kit import jobs
from samspel.kit.mail.delivery import deliver
from samspel.kit.mail.reader import Reader
from samspel.kit.mail.subscriptions import address_to_unsubscribe, is_unsubscribed
from samspel.kit.models import Mail


@transaction.atomic
def send(
    template,
    *,
    to,
    language=None,
    context=None,
    service=True,
    subscription=None,
    by=None,
    about=None,
    is_secret=False,
):
    """Write a mail to a person or an address, and the job that sends it, and return it.

    Its subject is the first line of ``template``.txt, its text the rest, its HTML ``template``.html. What is no service
    message is of a subscription, and is not written where the reader has unsubscribed: then None is returned. ``by`` is
    the actor that caused it, ``about`` the record it tells of. A secret mail (a code, a link that signs in) loses its
    text when it is sent. Raises NoAddress.
    """
    if service == bool(subscription):
        message = f"“{template}” is a service message, or of a subscription"
        raise ValueError(message)
    reader = Reader.of(to)
    if subscription and is_unsubscribed(reader, subscription):
        return None
    language = reader.reads(language)
    leave = address_to_unsubscribe(reader, subscription) if subscription else ""
    subject, text, html = _written(template, language, {**(context or {}), "unsubscribe_url": leave})
    mail = Mail.objects.create(
        message_id=f"<{uuid4().hex}@{_domain()}>",
        person_id=reader.person_id,
        address=reader.address,
        language=language,
        sender_id=by and by.person_id,
        record_kind=about._meta.label_lower if about else "",
        record_id=str(about.pk) if about else "",
        subject=subject,
        text=text,
        html=html,
        is_secret=is_secret,
        subscription=subscription or "",
    )
    jobs.enqueue(deliver, mail.pk)
    return mail


def mails_of(person):
    """Return the mails that a person caused, newest first."""
    return Mail.objects.by(person.pk)


def mails_about(record):
    """Return the mails that tell of a record, newest first."""
    return Mail.objects.about(record)


def _written(template, language, context):
    """Return subject, text and HTML. Nothing in the context can add a line to the subject or a sign to the HTML."""
    values = {**context, "hub_url": settings.HUB_URL, "mail_language": language}
    with translation.override(language):
        plain = get_template(f"{template}.txt").template.render(Context(values, autoescape=False))
        html = get_template(f"{template}.html").template.render(Context(values))
    # PostgreSQL keeps no NUL.
    subject, _break, text = plain.replace("\0", "").strip().partition("\n")
    return subject.strip(), text.strip() + "\n", html.replace("\0", "").strip() + "\n"


def _domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
