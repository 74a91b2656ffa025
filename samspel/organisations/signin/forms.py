"""What is typed to sign in, to get an account and to change its ways in: allauth's forms in the hub's words."""

from allauth.account import forms as account
from allauth.core import context, ratelimit
from allauth.socialaccount import forms as provider
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from samspel.organisations.signin import refusals
from samspel.organisations.signin.plain_text import plain_line

# Longer than any phrase, shorter than what would keep the server busy.
_LONGEST_PASSWORD = 1000
# RFC 5321: a path has 256 signs with its brackets.
_LONGEST_ADDRESS = 254
_NEW_PASSWORD = _("At least 12 characters. A sentence that only you know is easy to remember.")


def _address(**options):
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=_("E-mail address"), max_length=_LONGEST_ADDRESS, widget=widget, **options)


def _password(label, *, new=False, **options):
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, max_length=_LONGEST_PASSWORD, strip=False, widget=widget, **options)


def _name(**options):
    widget = forms.TextInput(attrs={"autocomplete": "name"})
    return forms.CharField(label=_("Your name"), max_length=200, validators=[plain_line], widget=widget, **options)


def _code(label):
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"})
    return forms.CharField(label=label, max_length=40, widget=widget)


class SignIn(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"login": _address(), "password": _password(_("Password"))}


class SignUp(account.SignupForm):
    field_order = ["name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {
            "name": _name(help_text=_("Those you work with see it.")),
            "email": _address(help_text=_("Use the one you have at work. We send a code to it.")),
            "password1": _password(_("Password"), new=True, help_text=_NEW_PASSWORD),
        }

    def clean(self):
        super().clean()
        # Always, and before anything is written: a known address takes as long as a new one, and no lock is held.
        self.password_made = make_password(self.cleaned_data.get("password1", ""))
        if self.is_valid_so_far():
            refusals.refuse_too_many("signup_address", self.cleaned_data["email"])
        return self.cleaned_data

    def is_valid_so_far(self):
        return not self.errors and "email" in self.cleaned_data


class AddressForProvider(provider.SignupForm):
    field_order = ["name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"name": _name(initial=self.sociallogin.user.name), "email": _address()}

    def clean(self):
        super().clean()
        if not self.errors:
            refusals.refuse_too_many("signup_address", self.cleaned_data["email"])
        return self.cleaned_data


class AskForCode(account.RequestLoginCodeForm):
    email = _address()

    def clean_email(self):
        typed = self.cleaned_data["email"].lower()
        refusals.refuse_while_waiting("request_login_code", typed)
        return super().clean_email()


class SignInCode(account.ConfirmLoginCodeForm):
    code = _code(_("Code from the mail"))


class AddressCode(account.ConfirmEmailVerificationCodeForm):
    code = _code(_("Code from the mail"))


class ForgottenPassword(account.ResetPasswordForm):
    email = _address()

    def clean_email(self):
        self.cleaned_data["email"] = typed = self.cleaned_data["email"].lower()
        refusals.refuse_while_waiting("reset_password", typed)
        return super().clean_email()


class _NewPassword:
    """A new password, typed once: a form that is sent by mistake can be mended by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = {"oldpassword": _password(_("Password now"))} if "oldpassword" in self.fields else {}
        field = account.SetPasswordField(label=_("New password"), help_text=_NEW_PASSWORD, max_length=_LONGEST_PASSWORD)
        field.widget.attrs.pop("placeholder", None)
        field.user = self.user
        self.fields = {**kept, "password1": field}


class PasswordByLink(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePassword(_NewPassword, account.ChangePasswordForm):
    pass


class FirstPassword(_NewPassword, account.SetPasswordForm):
    pass


class PasswordAgain(account.ReauthenticateForm):
    password = _password(_("Password"))


class ChangeAddress(account.AddEmailForm):
    email = _address()

    def clean_email(self):
        typed = super().clean_email()
        if not ratelimit.consume(context.request, action="confirm_email", key=typed, dry_run=True):
            raise refusals.too_many("confirm_email", typed)
        return typed
