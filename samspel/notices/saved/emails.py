"""The mail with what is new for a person."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats, mail
from samspel.kit.mail.reader import Reader
from samspel.kit.mail.subscriptions import address_to_unsubscribe
from samspel.notices.models import SavedSearch
from samspel.notices.models.alert import SUBSCRIPTION
from samspel.notices.saved.words import told

# A mail of more is not read; My page has the rest.
MOST = 50


def send(person, items, *, at):
    """Write the mail that tells a person of these items, in the person's language, and return it."""
    reader = Reader.of(person)
    with translation.override(reader.reads()):
        context = _context(reader, items)
    searches = {search.pk for item in items for search in item.searches}
    # One click ends what the mail came from: one search, or where it came from several all of them.
    key = f"{SUBSCRIPTION}:{searches.pop()}" if len(searches) == 1 else SUBSCRIPTION
    return mail.send(
        "notices/mail/alerts", to=person, language=reader.reads(), context=context, service=False, subscription=key
    )


def words_for(key):
    """Return in words what somebody unsubscribes from: the mails of one saved search, or of all."""
    number = key.partition(":")[2]
    search = SavedSearch.objects.filter(pk=number).first() if number.isdigit() else None
    if search is None:
        return _("what is new among the notices")
    return _("what is new for %(name)s") % {"name": search.name}


def _context(reader, items):
    new = [item for item in items if not item.changes]
    changed = [item for item in items if item.changes]
    searches = {search.pk: search for item in items for search in item.searches}
    return {
        "subject": _subject(new, changed),
        "changed": [_told(item) for item in changed[:MOST]],
        "new": [_told(item) for item in new[: MOST - min(len(changed), MOST)]],
        "left": max(len(items) - MOST, 0),
        "searches": [_leave(reader, search) for search in sorted(searches.values(), key=lambda one: one.name)],
        "path": reverse("my-page"),
    }


def _told(item):
    return told(item.news, item.before, tuple(str(search.reason) for search in item.searches))


def _leave(reader, search):
    """Return a saved search with its page and the address that ends its mails."""
    return {
        "name": str(search.reason),
        "path": search.get_absolute_url(),
        "leave": address_to_unsubscribe(reader, f"{SUBSCRIPTION}:{search.pk}"),
    }


def _subject(new, changed):
    if len(new) + len(changed) == 1:
        words = _("New: %(title)s") if new else _("Changed: %(title)s")
        return words % {"title": _told((new or changed)[0]).title}
    said = {
        "new": ngettext("%(number)s new procurement", "%(number)s new procurements", len(new))
        % {"number": formats.count(len(new))},
        "changed": ngettext("%(number)s that has changed", "%(number)s that have changed", len(changed))
        % {"number": formats.count(len(changed))},
    }
    if new and changed:
        return _("%(new)s and %(changed)s") % said
    if new:
        return said["new"]
    return ngettext("%(number)s procurement has changed", "%(number)s procurements have changed", len(changed)) % {
        "number": formats.count(len(changed))
    }
