"""What is typed for passkeys, the authenticator app and recovery codes."""

import json
import struct

from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspel.organisations.signin.plain_text import plain_line


def _code(label, **options):
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(label=label, max_length=40, widget=widget, **options)


def _key_name(**options):
    return forms.CharField(label=_("Name of the passkey"), max_length=100, validators=[plain_line], **options)


_FROM_APP = _("Six digits from the app, or one of your recovery codes.")


# What reading an invented answer of a device ends in; allauth takes only some of them for a wrong answer.
_UNREADABLE = (ArithmeticError, AttributeError, InvalidSignature, LookupError, TypeError, ValueError, struct.error)


def _unreadable():
    return ValidationError(_("Your device’s answer could not be read. Try again."))


class SecondStep(second_step.AuthenticateForm):
    code = _code(_("Code"), help_text=_FROM_APP)


class SecondStepAgain(second_step.ReauthenticateForm):
    code = _code(_("Code"), help_text=_FROM_APP)


class AddApp(app.ActivateTOTPForm):
    code = _code(_("Code from the app"))


class AddPasskey(passkey.AddWebAuthnForm):
    name = _key_name(required=False, help_text=_("Such as “Work phone”, so that you can tell it from others."))
    passwordless = forms.BooleanField(
        label=_("Sign in with this alone, without a password"),
        required=False,
        initial=True,
        help_text=_("Your device asks for a fingerprint, your face or its PIN. Some older security keys cannot."),
    )

    def clean_credential(self):
        credential = self.cleaned_data["credential"]
        # PostgreSQL keeps no text with NUL.
        if not isinstance(credential, dict) or "\\u0000" in json.dumps(credential):
            raise _unreadable()
        return credential

    def clean(self):
        try:
            return super().clean()
        except _UNREADABLE as error:
            raise _unreadable() from error


class _Answer:
    """What a device answers to be let in."""

    def clean_credential(self):
        if not isinstance(self.cleaned_data["credential"], dict):
            raise _unreadable()
        try:
            return super().clean_credential()
        except _UNREADABLE as error:
            raise _unreadable() from error


class SignInPasskey(_Answer, passkey.LoginWebAuthnForm):
    pass


class SecondStepPasskey(_Answer, passkey.AuthenticateWebAuthnForm):
    pass


class SecondStepAgainPasskey(_Answer, passkey.ReauthenticateWebAuthnForm):
    pass


class NamePasskey(passkey.EditWebAuthnForm):
    name = _key_name()
