"""The pages of signing in: allauth's, in the hub's look, each doing what it does in one transaction."""

from allauth.account import views as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as provider
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit import trail
from samspel.kit.access import public
from samspel.organisations.access import signed_in
from samspel.organisations.actors import Actor
from samspel.organisations.signin import actions, limits, refusals
from samspel.organisations.signin.browsers import browser_in_words
from samspel.organisations.signin.mails import links
from samspel.organisations.signin.oidc import Callback, Protocol


class InOneTransaction:
    """Does what a form asks for, with its entry in the trail and its mail, in one transaction.

    The form is checked before: checking a password takes long, and nobody else could write meanwhile.
    """

    # Django’s views take a form by PUT and DELETE too, which no page sends.
    http_method_names = ("get", "head", "post")
    # What allauth does not tell of before its own transaction is over is written here.
    noted = ()  # the verb, and the template of the mail

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            if self.noted:
                verb, template = self.noted
                actions.note(verb, person=self.request.user, by=self.request.actor, template=template, context=links())
            return response


class _SignIn(account.LoginView):
    def get_context_data(self, **named):
        return {**super().get_context_data(**named), "providers": get_adapter().list_providers(self.request)}


class _Providers(provider.ConnectionsView):
    def get_context_data(self, **named):
        providers = {one.app.provider_id: one for one in get_adapter().list_providers(self.request)}
        # One that is no longer named in the settings can still be removed.
        connected = [
            {"account": one, "name": providers[one.provider].name if one.provider in providers else one.provider}
            for one in SocialAccount.objects.filter(user=self.request.user)
        ]
        return {**super().get_context_data(**named), "providers": providers.values(), "connected": connected}


class _SignInCode(account.ConfirmLoginCodeView):
    def _verify_form_valid(self, form):
        person = self._process.user
        if not actions.is_confirmed(person):
            actions.drop_unproven(person=person, used=get_authentication_records(self.request, person))
            trail.record("person.confirmed", person, by=Actor(person))
        return super()._verify_form_valid(form)


def _page(view, template, **named):
    made = type(view.__name__, (InOneTransaction, view), named)
    return made.as_view(template_name=template)


sign_in = public(_page(_SignIn, "organisations/signin/sign_in.html"))
sign_out = public(account.LogoutView.as_view(template_name="organisations/signin/sign_out.html"))
sign_up = public(_page(account.SignupView, "organisations/signin/sign_up.html"))
address_code = public(_page(account.ConfirmEmailVerificationCodeView, "organisations/signin/address_code.html"))
sign_in_code_request = public(_page(account.RequestLoginCodeView, "organisations/signin/sign_in_code_request.html"))
sign_in_code = public(_page(_SignInCode, "organisations/signin/sign_in_code.html"))
sign_in_passkey = public(_page(passkey.LoginWebAuthnView, "organisations/signin/sign_in.html"))
sign_in_second_step = public(_page(second_step.AuthenticateView, "organisations/signin/sign_in_second_step.html"))
closed = public(account.AccountInactiveView.as_view(template_name="organisations/signin/closed.html"))

password_forgotten = public(_page(account.PasswordResetView, "organisations/signin/password_forgotten.html"))
password_link_sent = public(
    account.PasswordResetDoneView.as_view(template_name="organisations/signin/password_link_sent.html")
)
password_by_link = public(_page(account.PasswordResetFromKeyView, "organisations/signin/password_by_link.html"))
password_by_link_done = public(
    account.PasswordResetFromKeyDoneView.as_view(template_name="organisations/signin/password_by_link_done.html")
)

again_password = signed_in(_page(account.ReauthenticateView, "organisations/signin/again_password.html"))
again_code = signed_in(_page(second_step.ReauthenticateView, "organisations/signin/again_code.html"))
again_passkey = signed_in(_page(passkey.ReauthenticateWebAuthnView, "organisations/signin/again_passkey.html"))

security = signed_in(second_step.IndexView.as_view(template_name="organisations/signin/security.html"))
address_change = signed_in(_page(account.EmailView, "organisations/signin/address_change.html"))
password_change = signed_in(_page(account.PasswordChangeView, "organisations/signin/password_change.html"))
password_first = signed_in(_page(account.PasswordSetView, "organisations/signin/password_first.html"))
passkey_list = signed_in(passkey.ListWebAuthnView.as_view(template_name="organisations/signin/passkey_list.html"))
passkey_add = signed_in(_page(passkey.AddWebAuthnView, "organisations/signin/passkey_add.html"))
passkey_name = signed_in(_page(passkey.EditWebAuthnView, "organisations/signin/passkey_name.html"))
passkey_remove = signed_in(_page(passkey.RemoveWebAuthnView, "organisations/signin/passkey_remove.html"))
app_add = signed_in(
    _page(
        app.ActivateTOTPView,
        "organisations/signin/app_add.html",
        noted=("person.app_added", "organisations/mail/app_added"),
    )
)
app_remove = signed_in(_page(app.DeactivateTOTPView, "organisations/signin/app_remove.html"))
recovery_code_list = signed_in(
    recovery_codes.ViewRecoveryCodesView.as_view(template_name="organisations/signin/recovery_codes.html")
)
recovery_code_file = signed_in(
    recovery_codes.DownloadRecoveryCodesView.as_view(template_name="organisations/signin/recovery_codes.txt")
)
recovery_code_make = signed_in(
    _page(
        recovery_codes.GenerateRecoveryCodesView,
        "organisations/signin/recovery_codes_make.html",
        noted=("person.recovery_codes_made", "organisations/mail/recovery_codes_made"),
    )
)

provider_list = signed_in(_page(_Providers, "organisations/signin/provider_list.html"))
provider_sign_up = public(_page(provider.SignupView, "organisations/signin/provider_sign_up.html"))


@public
@require_POST
def provider_start(request, provider_id):
    return _with_provider(OAuth2LoginView, request, provider_id)


@public
@require_safe
def provider_back(request, provider_id):
    return _with_provider(Callback, request, provider_id)


def _with_provider(view, request, provider_id):
    try:
        return view.adapter_view(Protocol(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


@signed_in
@require_safe
def session_list(request):
    sessions = UserSession.objects.purge_and_list(request.user)
    sessions.sort(key=lambda session: session.last_seen_at, reverse=True)
    for session in sessions:
        session.browser = browser_in_words(session.user_agent)
    return render(request, "organisations/signin/session_list.html", {"sessions": sessions})


@signed_in
@require_POST
def session_end(request, pk):
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    actions.end_session(session=session, by=request.actor)
    messages.success(request, _("The session is ended."))
    return redirect("usersessions_list")


@signed_in
@require_POST
def session_end_others(request):
    actions.end_other_sessions(current=request.session.session_key, by=request.actor)
    messages.success(request, _("All other sessions are ended."))
    return redirect("usersessions_list")


def too_many_tries(request, exception=None):
    seconds = max(limits.longest_left(request), 1)
    context = {"wait": refusals.wait_in_words(seconds)}
    response = render(request, "organisations/signin/too_many_tries.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
