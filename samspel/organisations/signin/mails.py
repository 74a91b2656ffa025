"""Which of the hub's mails stands for what allauth wants to tell somebody, and what the mail is told."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True)
class Mail:
    """A mail: its template, and the words of allauth's context that it needs."""

    template: str
    takes: tuple[str, ...] = ()
    # It holds what lets its reader in.
    is_secret: bool = False

    def context(self, given):
        """Return plain values for the template."""
        return {word: str(given[word]) for word in self.takes if word in given}


BY_ALLAUTH = {
    "account/email/email_confirmation_signup": Mail("organisations/mail/address_code", ("code",), is_secret=True),
    "account/email/email_confirmation": Mail("organisations/mail/address_code", ("code",), is_secret=True),
    "account/email/login_code": Mail("organisations/mail/sign_in_code", ("code",), is_secret=True),
    "account/email/password_reset_key": Mail(
        "organisations/mail/password_link", ("password_reset_url",), is_secret=True
    ),
    "account/email/account_already_exists": Mail("organisations/mail/account_exists"),
    "account/email/unknown_account": Mail("organisations/mail/no_account"),
    "account/email/password_changed": Mail("organisations/mail/password_changed"),
    "account/email/password_reset": Mail("organisations/mail/password_changed"),
    "account/email/password_set": Mail("organisations/mail/password_changed"),
    "account/email/email_changed": Mail("organisations/mail/address_changed", ("to_email",)),
    "mfa/email/webauthn_added": Mail("organisations/mail/passkey_added"),
    "mfa/email/webauthn_removed": Mail("organisations/mail/passkey_removed"),
    "mfa/email/totp_deactivated": Mail("organisations/mail/app_removed"),
    "socialaccount/email/account_connected": Mail("organisations/mail/provider_connected", ("provider",)),
    "socialaccount/email/account_disconnected": Mail("organisations/mail/provider_removed", ("provider",)),
}


def links():
    """Return the addresses that every one of these mails may lead to.

    They begin with the hub's own address, never with a host that a request names.
    """
    names = {
        "security_url": "mfa_index",
        "sign_in_url": "account_login",
        "sign_up_url": "account_signup",
        "forgotten_url": "account_reset_password",
    }
    return {word: settings.HUB_URL + reverse(name) for word, name in names.items()}
