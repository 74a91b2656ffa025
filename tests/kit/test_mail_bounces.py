import io
import sys
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from samspel.kit.mail.bounces import Unreadable, note_bounce, read
from samspel.kit.models import Mail

NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)
IDENTIFIER = "<0123456789abcdef0123456789abcdef@hub.example>"
FAILED = "Final-Recipient: rfc822; kari@lillevik.example\nAction: failed\nStatus: 5.1.1\n"
FAILED += "Diagnostic-Code: smtp; 550 5.1.1 <kari@lillevik.example>: no such user\n"
HEADERS = f"From: samspel@hub.example\nSubject: Alert\nMessage-ID: {IDENTIFIER}\n"
FAULT = "5.1.1 550 5.1.1 <kari@lillevik.example>: no such user"


def report(status=FAILED, returned="message/rfc822", headers=HEADERS, extra=""):
    parts = ["Content-Type: text/plain\n\nIt could not be delivered.\n"]
    if status is not None:
        parts.append(f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.lillevik.example\n\n{status}")
    if returned:
        parts.append(f"Content-Type: {returned}\n\n{headers}\nHello.\n")
    body = "".join(f"\n--next\n{part}" for part in parts) + "\n--next--\n"
    head = f"From: mailer-daemon@lillevik.example\n{extra}MIME-Version: 1.0\n"
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="next"\n'
    return f"{head}{kind}{body}".encode()


@pytest.fixture
def sent(db):
    return Mail.objects.create(
        message_id=IDENTIFIER, address="kari@lillevik.example", language="sv", subject="x", state="sent", sent_at=NOON
    )


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"returned": "text/rfc822-headers"},
        {"returned": "text/rfc822-headers", "headers": HEADERS.replace("Message-ID: ", "message-id:\n ")},
        {"returned": None, "extra": f"In-Reply-To: {IDENTIFIER}\n"},
        {"returned": None, "extra": f"References: <other@x.example> {IDENTIFIER}\n"},
        {"status": f"Action: delivered\nFinal-Recipient: rfc822; other@x.example\n\n{FAILED}"},
    ],
)
def test_a_report_of_a_failure_marks_its_mail_with_the_reason(sent, facts):
    note_bounce(report(**facts), at=NOON)

    sent.refresh_from_db()
    assert (sent.state, sent.failed_at, sent.error) == ("bounced", NOON, FAULT)


def test_a_report_read_twice_changes_nothing_the_second_time(sent):
    note_bounce(report(), at=NOON)

    note_bounce(report(status=FAILED.replace("no such user", "other")), at=datetime(2031, 1, 1, tzinfo=UTC))

    sent.refresh_from_db()
    assert (sent.failed_at, sent.error) == (NOON, FAULT)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "<script>"])
def test_a_report_of_something_else_changes_nothing(sent, action):
    note_bounce(report(status=f"Action: {action}\nStatus: 4.4.1\n"), at=NOON)

    sent.refresh_from_db()
    assert (sent.state, sent.failed_at) == ("sent", None)


@pytest.mark.django_db
def test_a_report_of_a_mail_that_is_not_the_hubs_is_refused():
    with pytest.raises(Unreadable, match="of no mail that this hub has sent"):
        note_bounce(report())


def test_control_characters_and_long_reasons_do_not_get_through():
    long = report(status=f"Action: failed\nDiagnostic-Code: smtp; \x1b[31m{'x' * 9000}\n")

    assert read(long).why == ("[31m" + "x" * 9000)[:500]


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth) for depth in range(3000))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"\xff\xfe" * 1000,
        b"Subject: hello\n\nNo report.\n",
        report(status=None),
        report(status=""),
        report().replace(b'boundary="next"', b"boundary=" + b"x" * 5000),
        b"Content-Type: message/delivery-status\n\nAction failed",
        b"Content-Type: message/delivery-status; charset=\xff\xff\n\n: :\n\n:\n",
        b"Content-Type: message/rfc822\n\n" * 2000,
        NESTED,
        b"x" * 2_000_001,
    ],
    ids=range(12),
)
def test_what_is_no_report_gets_a_sentence_and_no_traceback(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    with pytest.raises(CommandError, match="report"):
        call_command("mail_bounce")


def test_the_command_says_what_it_did(monkeypatch, capsys, sent):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report())))

    call_command("mail_bounce")

    assert capsys.readouterr().out == f"The mail {IDENTIFIER} came back: {FAULT}\n"
