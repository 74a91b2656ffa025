"""What the tests of saved searches share: days on which notices come, and people who save searches."""

from datetime import UTC, date, datetime, timedelta

from samspel.kit.models import Mail
from samspel.lake import indexing, load
from samspel.lake.notice import Deadline, Kind
from samspel.notices.lake import real_lake
from samspel.notices.models import SavedHit
from samspel.notices.saved import actions, matching, telling
from tests import make

# A Monday, 09:00 in the hub's zone.
MONDAY = datetime(2025, 3, 3, 8, tzinfo=UTC)
PROCEDURE = "10000000-0000-4000-8000-00000000feed"


def day(number, hour=8):
    """Return a time so many days after the Monday."""
    return MONDAY.replace(hour=hour) + timedelta(days=number)


def notice(number=0, **facts):
    """Return a competition that was published so many days after the Monday."""
    return make.notice(**{"published_on": date(2025, 3, 3) + timedelta(days=number), **facts})


def competition(number=0, deadline="2025-04-01T12:00:00+02:00", **facts):
    """Return a competition of the one procedure that the tests follow."""
    known = {"procedure_identifier": PROCEDURE, "deadlines": (Deadline("tenders", deadline),)}
    return notice(number, **{**known, **facts})


def award(number=30, **facts):
    """Return the award of that procedure."""
    known = {"published_on": date(2025, 3, 3) + timedelta(days=number), "procedure_identifier": PROCEDURE}
    return make.result(**{**known, **facts})


def cancellation(number=30, **facts):
    """Return the notice that ends it without a contract."""
    known = {"procedure_identifier": PROCEDURE, "kind": Kind.CANCELLED, "form_type": "result"}
    return notice(number, **{**known, **facts})


def came(*notices, at):
    """Load notices at a time, and ask the saved searches."""
    load.load_records(real_lake(), notices, at=at)
    indexing.update(real_lake())
    return matching.match(real_lake(), at=at + timedelta(minutes=10))


def saved(by, query="q=nattillsyn", name="Nattillsyn", at=None, **facts):
    """Save a search the day before the Monday, for mails at once unless the test says otherwise."""
    facts = {"how_often": "at_once", **facts}
    return actions.save(by=by, name=name, query=query, at=at or day(-1), **facts)


def hits():
    """Return what the saved searches have found: name of the search, the notice, its stage, in order."""
    found = SavedHit.objects.order_by("pk").select_related("search", "news")
    return [(hit.search.name, hit.news.notice, hit.news.stage) for hit in found]


def told(actor, *, at):
    """Tell a person what is new and return the mail, or None."""
    return telling.tell(actor.person, at=at)


def mails():
    return [(mail.address, mail.subject, mail.subscription) for mail in Mail.objects.order_by("pk")]
