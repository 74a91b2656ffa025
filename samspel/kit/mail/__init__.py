"""Mails, in text and HTML and in the reader's language.

::

    mail.send("organisations/mail/let_in", to=person, context={"name": organisation.name}, by=actor)

The mail and the job that sends it are written in the caller's transaction. What became of it can be seen: by whom it
came from, ``mails_of(person)``, and on the record it tells of, ``mails_about(record)``.
"""

from samspel.kit.mail.reader import NoAddress
from samspel.kit.mail.subscriptions import Subscription, resubscribe, subscriptions, unsubscribe
from samspel.kit.mail.writing import mails_about, mails_of, send

__all__ = [
    "NoAddress",
    "Subscription",
    "mails_about",
    "mails_of",
    "resubscribe",
    "send",
    "subscriptions",
    "unsubscribe",
]
