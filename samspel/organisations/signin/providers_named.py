"""Reads OIDC_PROVIDERS: who else than the hub may say who somebody is (ID-porten, Entra ID, Freja)."""

import json
import re

from django.core.exceptions import ImproperlyConfigured

_REQUIRED = {"id": str, "name": str, "server": str, "client_id": str, "secret": str}
_OPTIONAL = {"scope": list, "auth_params": dict, "token_auth_method": str, "trusted_email": bool}
# The words of /account/sign-in/with/<id>, and of the register of accounts.
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")


def providers(text, *, development=False):
    """Return allauth's settings for the providers in a JSON list; raise ImproperlyConfigured with what is wrong."""
    try:
        named = json.loads(text or "[]")
    except ValueError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS is no JSON: {error}") from error
    if not isinstance(named, list) or not all(isinstance(one, dict) for one in named):
        raise ImproperlyConfigured('OIDC_PROVIDERS takes a list such as [{"id": "idporten", "name": "ID-porten", …}]')
    for one in named:
        _check(one, development=development)
    if len({one["id"] for one in named}) < len(named):
        raise ImproperlyConfigured("OIDC_PROVIDERS names two providers with the same id")
    return {
        "openid_connect": {
            "provider_class": "samspel.organisations.signin.oidc.OpenIDConnect",
            "APPS": [_app(one) for one in named],
        }
    }


def _check(one, *, development):
    for name, kind in _REQUIRED.items():
        if not isinstance(one.get(name), kind) or not one[name]:
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: a provider lacks “{name}”")
    for name in set(one) - set(_REQUIRED):
        if not isinstance(one[name], _OPTIONAL.get(name, ())):
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: “{name}” of {one['id']} is not known or not of the right kind")
    if not _ID.fullmatch(one["id"]):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the id “{one['id']}” takes a-z, 0-9 and hyphens")
    if not one["server"].startswith("https://") and not development:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the server of {one['id']} must begin with https://")


def _app(one):
    optional = {name: one[name] for name in ("scope", "auth_params", "token_auth_method") if name in one}
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": one["secret"],
        "settings": {
            "server_url": one["server"],
            "oauth_pkce_enabled": True,
            "email_authentication": one.get("trusted_email", False),
            **optional,
        },
    }
