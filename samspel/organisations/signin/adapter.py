"""Where allauth asks the hub: what it keeps, what it says, which mails it sends and where it leads."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.kit import mail, trail
from samspel.organisations.actors import Actor
from samspel.organisations.models import Person
from samspel.organisations.signin import actions, refusals
from samspel.organisations.signin.mails import BY_ALLAUTH, links
from samspel.organisations.signin.messages import SAID

# What allauth tells the owner of, and what the trail calls it. Those it tells of only after the transaction (the app,
# recovery codes) are written by the pages that do them.
_VERBS = {
    "account/email/password_changed": "person.password_changed",
    "account/email/password_reset": "person.password_changed",
    "account/email/password_set": "person.password_changed",
    "account/email/email_changed": "person.address_changed",
    "mfa/email/webauthn_added": "person.passkey_added",
    "mfa/email/webauthn_removed": "person.passkey_removed",
    "mfa/email/totp_deactivated": "person.app_removed",
    "socialaccount/email/account_connected": "person.provider_connected",
    "socialaccount/email/account_disconnected": "person.provider_removed",
}
# How somebody who is signed in shows once more who it is.
_WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from the app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """The hub's answers to allauth."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is the address that you have now."),
        "email_password_mismatch": _("The address and the password do not belong together. Check both."),
        "email_taken": _("There is already an account with this address."),
        "enter_current_password": _("This is not your password now."),
        "incorrect_code": _("The code is not right. Check it, or ask for a new one."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("The link is used already or too old. Ask for a new one."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then start again."),
        "rate_limited": _("Too many tries. Wait a minute and try again."),
    }

    def save_user(self, request, user, form, commit=True):
        user.email = form.cleaned_data["email"]
        user.name = form.cleaned_data["name"]
        user.language = get_language() or ""
        user.password = form.password_made
        actions.sign_up(person=user)
        return user

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise refusals.too_many("login_failed", key) from refused

    @transaction.atomic
    def confirm_email(self, request, email_address):
        person = email_address.user
        first = not actions.is_confirmed(person)
        if first and not _is_signing_up(request, person):
            actions.drop_unproven(person=person, used=get_authentication_records(request, person))
        confirmed = super().confirm_email(request, email_address)
        if confirmed and first:
            trail.record("person.confirmed", person, by=Actor(person))
        return confirmed

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if verb := _VERBS.get(template_prefix):
            told = BY_ALLAUTH[template_prefix]
            mailed = {"template": told.template, "context": {**links(), **told.context(context or {})}, "to": email}
            actions.note(verb, person=user, by=self._actor(user), **mailed)

    def send_mail(self, template_prefix, email, context):
        told = BY_ALLAUTH[template_prefix]
        reader = Person.objects.filter(email=email.lower()).first() or email
        language = None if isinstance(reader, Person) and reader.language else get_language()
        context = {**links(), **told.context(context)}
        mail.send(told.template, to=reader, language=language, context=context, is_secret=told.is_secret)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": _WAYS[method["id"]]} for method in methods]

    def add_message(self, request, level, message_template=None, *_unused, message=None, **_named):
        if text := message or SAID.get(message_template):
            messages.add_message(request, level, text)

    def get_reset_password_from_key_url(self, key):
        person, _hyphen, token = key.partition("-")
        return settings.HUB_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": person, "key": token})

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_email" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def is_safe_url(self, url):
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, require_https=self.request.is_secure())

    def is_ajax(self, request):
        # Only the passkey's button asks for JSON; every other page answers with a page.
        return request.headers.get("Accept") == "application/json"

    def _actor(self, person):
        actor = self.request.actor
        return actor if actor.person_id == person.pk else Actor(person)


def _is_signing_up(request, person):
    """Return whether this session is where the account was just made: then all its ways in are the same person's."""
    login = unstash_login(request, peek=True)
    return login is not None and login.signup and login.user == person
