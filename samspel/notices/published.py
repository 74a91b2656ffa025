"""What the day of a notice is the day of, in words.

A notice is dated by its publication. The Swedish statistics date a procurement by its advertisement and tell of its
outcome in the same row, so that day is no day of a result, and no other day is stated.
"""

from django.utils.translation import gettext as _

from samspel.lake.notice import Kind

# Sources that date what came of a procurement by its advertisement.
DATED_BY_ADVERTISEMENT = frozenset({"uhm"})


def published(source, kind, day):
    """Return in words what happened on the day of a notice; the day as it is written."""
    if source not in DATED_BY_ADVERTISEMENT:
        return _("Published %(day)s") % {"day": day}
    if kind != Kind.RESULT:
        return _("Advertised %(day)s") % {"day": day}
    return _("Advertised %(day)s; when it was decided is not stated") % {"day": day}


def kind_and_day(source, kind, name, day):
    """Return a notice's kind by its name, and its day, as short as a list needs them."""
    if source in DATED_BY_ADVERTISEMENT and kind == Kind.RESULT:
        return _("%(kind)s, advertised %(day)s") % {"kind": name, "day": day}
    return f"{name} {day}"


def days(source, day):
    """Return the day of a notice under the name of what it is the day of, for files."""
    is_advertised = source in DATED_BY_ADVERTISEMENT
    return {"published_on": None if is_advertised else day, "advertised_on": day if is_advertised else None}
