"""Reads a delivery report (RFC 3464), which a mail server sends back for a mail that did not arrive."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32

from django.db import transaction
from django.utils import timezone

from samspel.kit.models import Mail

LARGEST = 2_000_000  # bytes; a report with the whole mail in it is a tenth of that
PARTS = 50  # a report has three
_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")


class Unreadable(Exception):
    """What was handed in is no delivery report, or of no mail of the hub. The message is fit to show."""


@dataclass(frozen=True)
class Report:
    """What a report says: of which mails it may be (Message-IDs, the surest first), and what became of it."""

    message_ids: tuple[str, ...]
    action: str  # failed, delayed, delivered, relayed, expanded
    why: str


def note_bounce(data, *, at=None):
    """Mark the mail that a report is about as bounced, and return the mail and the report; raises Unreadable.

    A report of something else than a failure changes nothing. Read twice, it changes nothing the second time.
    """
    report = read(data)
    return _noted(report, at or timezone.now()), report


def read(data):
    """Return what a delivery report says; raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable("This is no delivery report: it is larger than 2 MB.")
    try:
        return _read(data)
    except Unreadable:
        raise
    except Exception as error:  # the parser fails in many ways on what was made to make it fail
        raise Unreadable("This is no delivery report: it cannot be read as a mail.") from error


@transaction.atomic
def _noted(report, at):
    found = {
        mail.message_id: mail for mail in Mail.objects.select_for_update().filter(message_id__in=report.message_ids)
    }
    mail = next((found[one] for one in report.message_ids if one in found), None)
    if mail is None:
        raise Unreadable("The report is of no mail that this hub has sent in the last 90 days.")
    if report.action == "failed" and mail.state == Mail.State.SENT:
        mail.note_bounced(report.why, at)
    return mail


def _read(data):
    # The older policy keeps headers as they stand; the newer one parses each, and fails on some.
    message = message_from_bytes(data, policy=compat32)
    parts = [part for _number, part in zip(range(PARTS), message.walk(), strict=False)]
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise Unreadable("This is no delivery report (multipart/report with message/delivery-status).")
    groups = [group for group in status.get_payload() if group.get("Action")] if status.is_multipart() else []
    if not groups:
        raise Unreadable("The delivery report does not say what became of the mail.")
    failed = next((group for group in groups if _value(group, "Action").lower() == "failed"), groups[0])
    return Report(_message_ids(message, parts), _value(failed, "Action").lower(), _why(failed))


def _message_ids(message, parts):
    """Return the identifiers of the mail that came back, else of what the report says it answers."""
    returned = [part for part in parts if part is not message and part.get("Message-ID")]
    headers = [part for part in parts if part.get_content_type() == "text/rfc822-headers"]
    texts = [_value(part, "Message-ID") for part in returned]
    texts += [_header_in(part, "message-id") for part in headers]
    texts += [_value(message, name) for name in ("In-Reply-To", "References")]
    return tuple(dict.fromkeys(one for text in texts for one in _MESSAGE_ID.findall(text)))


def _header_in(part, name):
    text = (part.get_payload(decode=True) or b"").decode(errors="replace")
    return "".join(re.findall(rf"^{name}:(.*(?:\n[ \t].*)*)", text, re.MULTILINE | re.IGNORECASE)[:1])


def _why(group):
    status = _value(group, "Status")
    said = _value(group, "Diagnostic-Code").partition(";")
    words = said[2].strip() or said[0]
    return f"{status} {words}".strip()[:500]


def _value(part, name):
    """Return a header on one line."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", str(part.get(name, ""))).split())
