"""What went wrong in a load or a harvest, for a reader: the kind of trouble in the language of the page.

The sentences of the lake are English, since they go to logs and commands; they stand beside, as they are.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Trouble:
    """One thing that went wrong: its kind in words, the sentence that the lake wrote, the file it is about if any."""

    words: Any
    stated: str
    file: str = ""


def of_load(message):
    """Return the troubles of a load's message, one a line: a file and why it could not be read."""
    return [_of_file(*line.partition(": ")) for line in message.splitlines() if line]


def of_harvest(message):
    """Return the trouble of a harvest's message, or None."""
    return Trouble(_kind(message, _HARVESTS, _("Not everything could be fetched.")), message) if message else None


def _of_file(file, colon, why):
    return Trouble(_kind(why or file, _FILES, _("It could not be read.")), why or file, file if colon else "")


def _kind(stated, kinds, otherwise):
    return next((words for pattern, words in kinds.items() if re.search(pattern, stated)), otherwise)


# By what stands in the sentences; the first that does.
_FILES = {
    r"is empty|file is empty": _("The file is empty."),
    r"is cut off": _("The file is cut off. Fetch it again."),
    r"DOCTYPE": _("The file can hide an attack and was not read."),
    r"more than|larger than|too many": _("The file is larger than any notice is."),
    r"is a link|password|out of the archive|unpack|is a device": _("The archive, or a file in it, is not opened."),
    r"neither|no notice in a format|not an eForms|no table of|not TED_EXPORT|not a Doffin": _(
        "The file is no notice in a format that the hub reads."
    ),
    r"lacks|incomplete|is missing": _("Something that every notice has is missing."),
    r"not known|neither DOC_ID": _("What the notice does cannot be told."),
    r"well-formed|not XML|not JSON": _("The file is damaged."),
    r"the field|is not a|not an object|line \d": _("A value is written in a way that cannot be read."),
}
_HARVESTS = {
    r"interrupted": _("The run was interrupted."),
    r"KEY": _("The source wants a key, or does not accept the one it got."),
    r"browser": _("The source wants a person in a browser."),
    r"could not be stored": _("What was fetched could not be stored."),
    r"tries them again": _("Some notices could not be fetched. The next run tries again."),
    r"fewer notices than announced": _("The source listed fewer notices than it announced."),
    r"form may have changed|another form|not JSON|sort order": _(
        "The source answered in a way that the hub cannot read."
    ),
    r"slow down|Run it again|cannot be used|status": _("The source did not answer as it should. A later run goes on."),
}
