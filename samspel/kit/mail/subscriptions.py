"""Mails that a reader can say no to, and the address in them that does it with one click (RFC 8058)."""

from dataclasses import dataclass
from inspect import isfunction
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.kit.mail.reader import Reader
from samspel.kit.models import Unsubscription
from samspel.kit.registry import Registry

# No mail from before can be read as something else that the hub has signed.
_signer = signing.Signer(salt="samspel.kit.mail.unsubscription")


@dataclass(frozen=True)
class Subscription:
    """What a mail belongs to, in words. Keys may have parts: "alerts" is also the word for "alerts:12"."""

    key: str
    words: Any  # translated lazily; or a function that returns the words for a key with its parts
    order: int = 100


subscriptions = Registry()  # Subscription


def is_unsubscribed(reader, key):
    """Whether a reader has said no to the mails of a subscription."""
    return Unsubscription.objects.of(person_id=reader.person_id, address=reader.address, key=key).exists()


def unsubscribe(to, key):
    """Send a person or an address no more mails of a subscription. Doing it twice does no harm."""
    _unsubscribe(Reader.of(to), key)


def resubscribe(to, key):
    """Send a person or an address the mails of a subscription again."""
    reader = Reader.of(to)
    Unsubscription.objects.of(person_id=reader.person_id, address=reader.address, key=key).delete()


def address_to_unsubscribe(reader, key):
    """Return an address that unsubscribes this reader, signed: nobody can make one for somebody else."""
    who = {"person": reader.person_id} if reader.person_id else {"address": reader.address}
    return settings.HUB_URL + reverse("unsubscription", args=[_signer.sign_object({**who, "key": key})])


def opened(signed):
    """Return the reader and the key that a signed address is for, or None where the hub did not sign it."""
    try:
        found = _signer.unsign_object(signed)
    except signing.BadSignature:
        return None
    return Reader(found.get("address", ""), found.get("person")), found["key"]


def unsubscribe_signed(signed):
    """Unsubscribe whom a signed address is for, who need not be signed in."""
    _unsubscribe(*opened(signed))


def words_for(key):
    """Return what a subscription is called."""
    known = subscriptions.get(key.partition(":")[0])
    if known is None:
        return _("these mails")
    return known.words(key) if isfunction(known.words) else known.words


def _unsubscribe(reader, key):
    who = {"person_id": reader.person_id} if reader.person_id else {"address": reader.address.lower()}
    Unsubscription.objects.get_or_create(**who, key=key)
