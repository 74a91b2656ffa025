"""Who answers for the hub, as the settings say; what they do not say is marked on the pages."""

from dataclasses import dataclass

from django.conf import settings

# Those that the law wants told, with the check of a hub in production.
REQUIRED = ("HUB_OWNER", "HUB_CONTACT", "HUB_DATA_PROTECTION_OFFICER", "HUB_HOSTING")
REQUIRED_FOR_ACCESSIBILITY = ("HUB_ACCESSIBILITY_CONTACT", "HUB_ACCESSIBILITY_ASSESSED")
OPTIONAL = ("HUB_ACCESSIBILITY_DECLARATION",)


@dataclass(frozen=True)
class Stated:
    """What one setting says, and the address that it leads to where it is one."""

    setting: str
    value: str

    @property
    def url(self):
        if self.value.startswith("https://"):
            return self.value
        is_mail = "@" in self.value and not any(sign.isspace() for sign in self.value)
        return f"mailto:{self.value}" if is_mail else ""


def stated():
    """Return what the settings say, by the last part of their names in lower case."""
    names = (*REQUIRED, *REQUIRED_FOR_ACCESSIBILITY, *OPTIONAL)
    return {name.removeprefix("HUB_").lower(): Stated(name, getattr(settings, name)) for name in names}


def missing():
    """Return the names of the settings that have to be filled in and are not."""
    return [name for name in (*REQUIRED, *REQUIRED_FOR_ACCESSIBILITY) if not getattr(settings, name)]
