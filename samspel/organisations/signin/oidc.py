"""Signing in with another body that knows who somebody is (ID-porten, Entra ID, Freja), by OpenID Connect.

What that body says is believed as follows:

- Who it is: by the id token, signed with the body's keys, made for this hub (aud), for this try (state, nonce, PKCE).
- An e-mail address: only where the body says ``email_verified``. Else the person confirms it by a code, as everybody.
- That an existing account is the same person's: never by an address that the body does not vouch for, and by one that
  it vouches for only where who runs the hub has said that it is to be trusted (``trusted_email``). Else the owner signs
  in first and connects it.

Nothing of what it says is kept but its own name for the person (``sub``).
"""

import logging
import secrets

import jwt
import requests
from allauth.account.internal.emailkit import valid_email_or_none
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings, get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.organisations.signin import actions
from samspel.organisations.signin.plain_text import without_hidden

_log = logging.getLogger(__name__)
# What goes wrong in reading what another server sent: it is theirs, and not a fault of ours to be noted as one.
_UNREADABLE = (
    OAuth2Error,
    jwt.PyJWTError,
    requests.RequestException,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)
# By keys of which the body alone has the secret half.
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class Protocol(OpenIDConnectOAuth2Adapter):
    """Talks with the body's server."""

    def complete_login(self, request, app, token, *, response, nonce):
        """Return the pending sign-in; raise OAuth2Error where the body's answers are not about this try."""
        claims = self._verified(response["id_token"], app)
        if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("the id token was made for another try")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= app_settings.UID_MAX_LENGTH:
            raise OAuth2Error("the name of the person is empty or too long")
        said = self._with_userinfo(claims, token) if "userinfo_endpoint" in self.openid_config else claims
        return self.get_provider().sociallogin_from_response(request, {"id_token": said})

    def _verified(self, id_token, app):
        """Return what an id token says, signed with one of the body's own keys and made for this hub."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        named = jwt.get_unverified_header(id_token).get("kid")
        known = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in {None, "sig"}]
        # OpenID Connect Core 10.1: a token that names no key is of a body that has but one.
        keys = [key for key in known if named in {None, key.key_id}]
        if len(keys) != 1:
            raise OAuth2Error("the id token is signed with a key that is not known")
        made_for = {"issuer": self.openid_config["issuer"], "audience": app.client_id}
        needed = {"require": ["iss", "sub", "aud", "exp", "iat"]}
        return jwt.decode(id_token, keys[0].key, algorithms=_SIGNATURES, leeway=30, options=needed, **made_for)

    def _with_userinfo(self, claims, token):
        info = self._fetch_user_info(token.token)
        # OpenID Connect Core 5.3.2: an answer about somebody else must not be used.
        if info.get("sub") != claims["sub"]:
            raise OAuth2Error("the answer about the person is about somebody else")
        # An address and the word that it is verified must come from the same answer.
        kept = {name: claims[name] for name in claims if "email" not in info or not name.startswith("email")}
        return {**kept, **info}


class OpenIDConnect(OpenIDConnectProvider):
    """One body that was named in the settings."""

    oauth2_adapter_class = Protocol

    def redirect(self, request, process, next_url=None, data=None, **named):
        nonce = secrets.token_urlsafe(32)
        named["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        try:
            answer = super().redirect(request, process, next_url, data, nonce=nonce, **named)
        except _UNREADABLE as error:
            raise refused(request, self, error) from error
        # A page and not a redirect: the security policy lets no form lead out of the hub, by a redirect either.
        context = {"provider": self, "address": answer["Location"]}
        return render(request, "organisations/signin/leaving.html", context)

    def get_redirect_from_request_kwargs(self, request):
        named = super().get_redirect_from_request_kwargs(request)
        connecting = request.user.is_authenticated and named["process"] == AuthProcess.CONNECT
        return {**named, "process": AuthProcess.CONNECT if connecting else AuthProcess.LOGIN}

    # The address of a page must not say what is asked for at the other body.
    def get_auth_params_from_request(self, request, action):
        return self.get_auth_params()

    def get_scope_from_request(self, request):
        return self.get_scope()

    def extract_extra_data(self, data):
        return {}


class Callback(OAuth2CallbackView):
    """Where the body sends the person back to."""

    def dispatch(self, request):
        provider = self.adapter.get_provider()
        state, wrong = self._get_state(request, provider)
        if wrong:
            return wrong
        if "code" not in request.GET:
            cancelled = request.GET.get("error") == self.adapter.login_cancelled_error
            raise refused(request, provider, code=AuthError.CANCELLED if cancelled else AuthError.UNKNOWN)
        try:
            login = self._fetched(request, provider.app, state)
        except _UNREADABLE as error:
            raise refused(request, provider, error) from error
        login.state = state
        with transaction.atomic():
            return complete_social_login(request, login)

    def _fetched(self, request, app, state):
        client = self.adapter.get_client(request, app)
        answer = self.adapter.get_access_token_data(
            request, app, client, pkce_code_verifier=state["pkce_code_verifier"]
        )
        token = self.adapter.parse_token(answer)
        login = self.adapter.complete_login(request, app, token, response=answer, nonce=state.get("nonce"))
        login.token = None
        return login


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The hub's answers to allauth's socialaccount: who is asked, and what of it is believed."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("There is already an account with this address. Sign in to it, and connect %s there."),
        "no_password": _("This is your only way in. Set a password first."),
        "no_verified_email": _("This is your only way in. Confirm your e-mail address first."),
    }

    def list_apps(self, request, provider=None, client_id=None):
        named = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in named.values() for app in apps]

    def populate_user(self, request, sociallogin, data):
        # Some send the word "false", which would count as true.
        for address in sociallogin.email_addresses:
            address.verified = str(address.verified).lower() == "true"
        person = sociallogin.user
        person.email = valid_email_or_none(data.get("email")) or ""
        person.name = without_hidden(str(data.get("name") or ""))[:200]
        return person

    def save_user(self, request, sociallogin, form=None):
        person = sociallogin.user
        person.set_unusable_password()
        person.language = get_language() or ""
        if form:
            person.email, person.name = form.cleaned_data["email"], form.cleaned_data["name"]
        actions.sign_up(person=person, by_provider=lambda: sociallogin.save(request))
        return person

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise refused(request, provider, exception, code=error)


def refused(request, provider, error=None, code=AuthError.UNKNOWN):
    """Return what ends a try with a page that says so. The reason is for the log; a stranger gets no detail."""
    if error:
        # The beginning says what it is; the rest may be a whole page of theirs.
        _log.warning("Signing in with %s did not work: %s: %.200s", provider.name, type(error).__name__, error)
    context = {"provider": provider, "cancelled": code == AuthError.CANCELLED}
    return ImmediateHttpResponse(render(request, "organisations/signin/provider_failed.html", context, status=401))
