"""Every address of the hub, and whom its page is for: written down by hand, beside what the views say themselves.

A new address needs a line here. Where the page takes a form, ``post`` is what the form is sent with (as little as the
page does not answer 404 to); where it only takes one, ``get`` is False. ``named`` gives what the address holds besides
the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from samspel.kit.access import PUBLIC
from samspel.kit.mail.reader import Reader
from samspel.kit.mail.subscriptions import address_to_unsubscribe
from samspel.notices.models import SavedSearch
from samspel.organisations.models import Membership, Organisation, ProgrammeRegion
from samspel.organisations.permissions import Permission

SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Page:
    """Whom a page is for, and how it is asked for. A function gets the world, and the record where there is one."""

    access: Any  # PUBLIC, SIGNED_IN or a permission
    model: Any = None
    get: bool = True
    post: Mapping | Callable | None = None
    named: Mapping | Callable = field(default_factory=dict)
    missing: tuple = ()  # what else the address can hold, to which the answer is 404
    # Where the record stands for which the page is not there, whoever asks.
    not_at: tuple = ()
    # The tables that reading the page writes to, with the reason in the line.
    writes: tuple = ()
    csrf: bool = True  # False: anybody may post, from anywhere; the view says why


def public(**how):
    return Page(PUBLIC, **how)


def signed_in(**how):
    return Page(SIGNED_IN, **how)


def permitted(permission, **how):
    return Page(permission, **how)


def on(model, permission, **how):
    return Page(permission, model, **how)


def own(model, **how):
    """Return the page of a thing that is a person's own, whatever the person's role."""
    return Page(SIGNED_IN, model, **how)


def act(page, post=None):
    """Return a page that only takes a form, with nothing in it unless the line says so."""
    return Page(**{**vars(page), "get": False, "post": post or {}})


def form(page, post=None):
    """Return a page that shows a form and takes it."""
    return Page(**{**vars(page), "post": post or {}})


def _notice(world):
    return dict(zip(("source", "identifier", "version"), world.call.key.split("/"), strict=True))


def _file(world):
    return {**_notice(world), "format": "csv"}


_NO_NOTICE = {"source": "ted", "identifier": "none", "version": "01"}
_INDICATOR = {"name": "declared"}


def _asks(world, organisation=None):
    return {"child": organisation.asked_children.get().pk if organisation else 1}


def _belongs(world, organisation=None):
    return {"child": organisation.children.get(name__endswith="dotter").pk if organisation else 1}


def _unsubscription(world):
    address = address_to_unsubscribe(Reader("anna@lillanas.example", None), "alerts")
    return {"signed": address.rsplit("/", 1)[1]}


FRONT = {
    "home": public(),
    "my-page": signed_in(),
}
KIT = {
    "language": act(public(csrf=False), {"language": "sv"}),
    "accessibility": public(),
    "privacy": public(),
    "cookies": public(),
    "unsubscription": form(public(csrf=False, named=_unsubscription, missing=({"signed": "forged"},))),
}
SIGNING_IN = {
    "account_login": form(public()),
    "account_request_login_code": form(public()),
    "account_confirm_login_code": form(public()),
    "mfa_login_webauthn": form(public()),
    "mfa_authenticate": form(public()),
    "openid_connect_login": act(public(missing=({"provider_id": "none"},), named=None)),
    "openid_connect_callback": public(missing=({"provider_id": "none"},), named=None),
    "account_logout": form(public()),
    "account_signup": form(public()),
    "socialaccount_signup": form(public()),
    "account_inactive": public(),
    "account_reauthenticate": form(signed_in()),
    "mfa_reauthenticate": form(signed_in()),
    "mfa_reauthenticate_webauthn": form(signed_in()),
    "account_email": form(signed_in()),
    "account_email_verification_sent": form(public()),
    "account_change_password": form(signed_in()),
    "account_set_password": form(signed_in()),
    "account_reset_password": form(public()),
    "account_reset_password_done": public(),
    "account_reset_password_from_key_done": public(),
    "account_reset_password_from_key": form(public(named={"uidb36": "1", "key": "none"})),
    "mfa_index": signed_in(),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": form(signed_in()),
    "mfa_edit_webauthn": form(own(Authenticator)),
    "mfa_remove_webauthn": form(own(Authenticator)),
    "mfa_activate_totp": form(signed_in()),
    "mfa_deactivate_totp": form(signed_in()),
    # Codes that nobody has seen yet are marked as seen.
    "mfa_view_recovery_codes": signed_in(writes=("mfa_authenticator",)),
    "mfa_download_recovery_codes": signed_in(writes=("mfa_authenticator",)),
    "mfa_generate_recovery_codes": form(signed_in()),
    "socialaccount_connections": form(signed_in()),
    "usersessions_list": signed_in(),
    "session-end": act(own(UserSession)),
    "session-end-others": act(signed_in()),
}
ACCOUNT = {
    "account-details": form(signed_in()),
    "account-data": form(signed_in(), {"format": "json"}),
    "account-erasure": form(signed_in()),
    "due-record-list": permitted(Permission.READ_DUE_RECORDS),
}
JOINING = {
    "organisation-list": permitted(Permission.READ_ORGANISATION),
    "joining-start": permitted(Permission.ASK_TO_JOIN),
    "organisation-create": form(permitted(Permission.ASK_TO_JOIN)),
    "joining-detail": form(on(Organisation, Permission.ASK_TO_JOIN)),
    "member-list": on(Organisation, Permission.READ_MEMBERS),
    "leaving": form(on(Organisation, Permission.READ_MEMBERS)),
    "member-detail": form(on(Membership, Permission.CHANGE_MEMBERS)),
    "member-ending": form(on(Membership, Permission.CHANGE_MEMBERS)),
    "request-list": permitted(Permission.ANSWER_REQUESTS),
    "request-detail": form(on(Membership, Permission.ANSWER_REQUESTS)),
    "request-withdrawal": act(on(Membership, Permission.ASK_TO_JOIN)),
    "acting-for": act(signed_in()),
}
DETAILS = {
    "organisation-detail": on(Organisation, Permission.READ_ORGANISATION),
    "organisation-details": form(on(Organisation, Permission.CHANGE_ORGANISATION)),
    "organisation-body": form(on(Organisation, Permission.CHANGE_ORGANISATION)),
    "organisation-body-undo": act(on(Organisation, Permission.CHANGE_ORGANISATION)),
    "organisation-group": on(Organisation, Permission.CHANGE_ORGANISATION),
    "organisation-group-ask": act(on(Organisation, Permission.CHANGE_ORGANISATION)),
    "organisation-group-withdraw": act(on(Organisation, Permission.CHANGE_ORGANISATION)),
    "organisation-group-leave": act(on(Organisation, Permission.CHANGE_ORGANISATION)),
    "organisation-group-confirm": act(on(Organisation, Permission.CHANGE_ORGANISATION, named=_asks, not_at=("group",))),
    "organisation-group-refuse": act(on(Organisation, Permission.CHANGE_ORGANISATION, named=_asks, not_at=("group",))),
    "organisation-group-dismiss": act(on(Organisation, Permission.CHANGE_ORGANISATION, named=_belongs)),
    "organisation-succession": form(on(Organisation, Permission.MERGE_ORGANISATIONS)),
    "organisation-trail": on(Organisation, Permission.READ_TRAIL),
    "trail-export": act(on(Organisation, Permission.READ_TRAIL), {"format": "csv"}),
    "programme": public(),
    "adviser-name": act(signed_in()),
    "region-new": form(permitted(Permission.CHANGE_REGIONS)),
    "region-change": form(on(ProgrammeRegion, Permission.CHANGE_REGIONS)),
    "region-remove": act(on(ProgrammeRegion, Permission.CHANGE_REGIONS)),
    "permission-list": public(),
}
SAVED = {
    "saved-search-list": permitted(Permission.READ_SAVED_SEARCHES),
    "saved-search-create": form(permitted(Permission.MANAGE_SAVED_SEARCHES)),
    "saved-search-detail": form(on(SavedSearch, Permission.READ_SAVED_SEARCHES)),
    "saved-search-deletion": form(on(SavedSearch, Permission.MANAGE_SAVED_SEARCHES)),
    "follow-create": act(permitted(Permission.MANAGE_SAVED_SEARCHES), {"kind": "buyer", "key": "SE-2120009991"}),
    "follow-ending": act(on(SavedSearch, Permission.MANAGE_SAVED_SEARCHES)),
    "recent-search-deletion": act(signed_in()),
    "recent-search-keeping": act(signed_in()),
}
NOTICES = {
    "notice-list": public(),
    "notice-export": public(named={"format": "csv"}, missing=({"format": "exe"},)),
    "notice-json": public(named=_notice, missing=(_NO_NOTICE,)),
    "notice-detail": public(named=_notice, missing=(_NO_NOTICE,)),
    "buyer-detail": public(named={"key": "SE-2120009991"}, missing=({"key": "SE-1"},)),
    "buyer-export": public(
        named={"key": "SE-2120009991", "format": "csv"}, missing=({"key": "SE-2120009991", "format": "exe"},)
    ),
    "supplier-detail": public(named={"key": "SE-5569990001"}, missing=({"key": "SE-1"},)),
    "supplier-export": public(
        named={"key": "SE-5569990001", "format": "csv"}, missing=({"key": "x", "format": "csv"},)
    ),
    "indicator-list": public(),
    "indicator-export": public(named={"by": "year", "format": "csv"}, missing=({"by": "none", "format": "csv"},)),
    "indicator-detail": public(named=_INDICATOR, missing=({"name": "none"},)),
    "indicator-evidence": public(named=_INDICATOR, missing=({"name": "none"},)),
    "evidence-export": public(named={**_INDICATOR, "format": "csv"}, missing=({"name": "none", "format": "csv"},)),
    # There are too few years for a picture in the lake that is walked along.
    "indicator-picture": public(named=None, missing=(_INDICATOR, {"name": "none"})),
    "source-list": public(),
    "reference-list": public(),
}
ROOMS = {
    "front": FRONT,
    "kit": KIT,
    "signing in": SIGNING_IN,
    "account": ACCOUNT,
    "joining": JOINING,
    "details": DETAILS,
    "saved": SAVED,
    "notices": NOTICES,
}
PAGES = {name: page for room in ROOMS.values() for name, page in room.items()}
