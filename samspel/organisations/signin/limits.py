"""How often somebody may try to sign in, ask for a code, a new password or an account, and when they may again."""

import math
import time

# Per account ("key": the address typed; "user": who is signed in), as allauth writes them: times/time/per what.
_PER_ACCOUNT = {
    "login": "",
    "login_failed": "5/5m/key",
    "request_login_code": "5/15m/key",
    "confirm_email": "5/5m/key",
    "reset_password": "5/1h/key",
    "reset_password_from_key": "",
    "signup": "",
    "signup_address": "5/1h/key",
    "reauthenticate": "10/1m/user",
    "change_password": "5/1m/user",
    "manage_email": "10/1m/user",
}
# What is also counted for a network address, where the setting says so.
_PER_ADDRESS = {
    "login",
    "login_failed",
    "request_login_code",
    "reset_password",
    "reset_password_from_key",
    "signup",
}


def account(per_address):
    """Return the limits of accounts; ``per_address`` is how many tries a minute one network address has, 0 for any."""
    return {action: _limit(action, limit, per_address) for action, limit in _PER_ACCOUNT.items()}


def second_step(per_address):
    """Return the limit of passkeys. There is no secret to guess, so only the network address is counted."""
    return {"webauthn_login": f"{per_address}/1m/ip" if per_address else None}


def _limit(action, limit, per_address):
    counted = [limit] if limit else []
    if per_address and action in _PER_ADDRESS:
        counted.append(f"{per_address}/1m/ip")
    return ",".join(counted) or None


def seconds_left(request, action, *, key=None, app="allauth.account"):
    """Return how long until one may try again, 0 where one may now."""
    from allauth.core.internal import ratelimit  # noqa: PLC0415 - the settings import this module
    from django.core.cache import cache  # noqa: PLC0415

    left = 0.0
    for rate in ratelimit.get_rates(app=app, action=action):
        if (rate.per == "key" and key is None) or (rate.per == "user" and not request.user.is_authenticated):
            continue
        tries = cache.get(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key), [])
        if len(tries) >= rate.amount:
            left = max(left, tries[rate.amount - 1] + rate.duration - time.time())
    return max(0, math.ceil(left))


def longest_left(request):
    """Return how long until the page that was asked for can be used again: the longest of the limits."""
    typed = (request.POST.get("email") or request.POST.get("login") or "").strip().lower()
    waits = [seconds_left(request, action, key=typed or None) for action in _PER_ACCOUNT]
    return max(*waits, seconds_left(request, "webauthn_login", app="allauth.mfa"))
