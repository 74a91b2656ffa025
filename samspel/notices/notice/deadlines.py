"""A notice's deadlines as a reader meets them: in local time, with the zone in words, open or passed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake.notice import Kind
from samspel.notices.words import word

# What one waits for, by the kind of notice: the first of these that is stated.
_ACTING = {
    Kind.PLANNING: ("interest",),
    Kind.CONSULTATION: ("answers", "interest"),
}
_TENDERING = ("tenders", "requests", "interest")


@dataclass(frozen=True)
class Due:
    """A deadline: its kind, its moment (aware), its naive moment or its day, whichever the notice states."""

    kind: str
    at: datetime | date

    @property
    def label(self):
        return word("deadline", self.kind).text

    @property
    def day(self):
        return timezone.localtime(self.at).date() if _is_aware(self.at) else _date(self.at)

    @property
    def short(self):
        """The moment without its zone, for where there is little room."""
        return formats.moment(self.at)

    @property
    def words(self):
        """The moment in words, as exactly as the notice states it."""
        if _is_aware(self.at):
            return formats.moment_with_zone(self.at)
        if isinstance(self.at, datetime):
            return _("%(moment)s (time zone not stated)") % {"moment": formats.moment(self.at)}
        return formats.day(self.at)

    def is_open(self, at=None):
        """Return whether there is time left. A day without a time lasts to its end, in the hub's zone."""
        now = at or timezone.now()
        if _is_aware(self.at):
            return now < self.at
        if isinstance(self.at, datetime):
            return now < timezone.make_aware(self.at)
        return timezone.localdate(now) <= self.at


def dues(deadlines):
    """Return the deadlines that can be read as time, the earliest first."""
    read = [Due(deadline.kind, at) for deadline in deadlines if (at := _read(deadline.at))]
    return sorted(read, key=lambda due: (due.day, str(due.at)))


def acting_due(notice, lot=None):
    """Return the last deadline by which somebody can act on the notice or one of its lots, or None."""
    kinds = _ACTING.get(notice.kind, _TENDERING)
    found = dues((lot or notice).deadlines)
    for kind in kinds:
        of_kind = [due for due in found if due.kind == kind]
        if of_kind:
            return of_kind[-1]
    return None


def _read(at):
    try:
        # A date with an offset ("2026-08-20+02:00") would be read as two o'clock.
        read = datetime.fromisoformat(at) if at[10:11] == "T" else date.fromisoformat(at[:10])
        if _is_aware(read):
            timezone.localtime(read)  # raises where it cannot be shown in the hub's zone
        return read  # noqa: TRY300
    except (ValueError, OverflowError):
        return None


def _is_aware(at):
    return isinstance(at, datetime) and timezone.is_aware(at)


def _date(at):
    return at.date() if isinstance(at, datetime) else at
