"""To whom a mail goes."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _


class NoAddress(Exception):
    """Nothing can be sent there. The message is fit to show."""


@dataclass(frozen=True)
class Reader:
    """A person with an account, or an address alone."""

    address: str
    person_id: int | None = None
    language: str = ""

    @classmethod
    def of(cls, to):
        """Make the reader of what a mail is sent to; raises NoAddress."""
        reader = cls(to.strip()) if isinstance(to, str) else cls(to.email, to.pk, to.language)
        try:
            validate_email(reader.address)
        except ValidationError:
            raise NoAddress(_("There is no e-mail address to send to.")) from None
        return reader

    def reads(self, wanted=None):
        """Return the language to write in: the one asked for, the reader's own, or the hub's."""
        known = dict(settings.LANGUAGES)
        return next((code for code in (wanted, self.language) if code in known), settings.LANGUAGE_CODE)
