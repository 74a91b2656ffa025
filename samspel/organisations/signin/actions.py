"""What happens to a person's ways in, each with its entry in the trail and, where it matters, a mail to the owner."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kit import mail, trail
from samspel.organisations.actors import Actor

VERBS = [
    trail.Verb("person.signed_up", _("signed up")),
    trail.Verb("person.signed_up_with_provider", _("signed up with another body’s sign-in")),
    trail.Verb("person.confirmed", _("confirmed the e-mail address")),
    trail.Verb("person.address_changed", _("changed the e-mail address")),
    trail.Verb("person.password_changed", _("changed the password")),
    trail.Verb("person.unproven_removed", _("confirmed the address; ways in that others may have added were removed")),
    trail.Verb("person.passkey_added", _("added a passkey")),
    trail.Verb("person.passkey_removed", _("removed a passkey")),
    trail.Verb("person.app_added", _("added an authenticator app")),
    trail.Verb("person.app_removed", _("removed the authenticator app")),
    trail.Verb("person.recovery_codes_made", _("made new recovery codes")),
    trail.Verb("person.provider_connected", _("connected another body’s sign-in")),
    trail.Verb("person.provider_removed", _("removed another body’s sign-in")),
    trail.Verb("person.session_ended", _("ended a session")),
    trail.Verb("person.sessions_ended", _("ended all other sessions")),
]


@transaction.atomic
def sign_up(*, person, by_provider=None):
    """Keep a new person. With ``by_provider`` (a pending sign-in with another body) that way in is kept too."""
    if by_provider is None:
        person.save()
        trail.record("person.signed_up", person, by=Actor(person))
    else:
        by_provider()
        trail.record("person.signed_up_with_provider", person, by=Actor(person))


@transaction.atomic
def note(verb, *, person, by, template, context, to=None):
    """Write in the trail that somebody changed a way in, and tell the owner by mail."""
    trail.record(verb, person, by=by)
    mail.send(template, to=to or person, language=person.language or None, context=context)


def is_confirmed(person):
    """Return whether somebody has shown that an address of this person is theirs."""
    return EmailAddress.objects.filter(user=person, verified=True).exists()


@transaction.atomic
def drop_unproven(*, person, used):
    """Take away the ways in that were not used by who now shows, for the first time, that the address is theirs.

    Anybody can sign up with a stranger's address and wait. The stranger who later confirms it must not share the
    account with who waited. ``used`` are allauth's records of how this very sign-in was made.
    """
    methods = {record["method"] for record in used}
    accounts = {(record.get("provider"), record.get("uid")) for record in used if record["method"] == "socialaccount"}
    dropped = [
        one.delete() for one in SocialAccount.objects.filter(user=person) if (one.provider, one.uid) not in accounts
    ]
    if person.has_usable_password() and "password" not in methods:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        dropped.append("password")
    if dropped:
        trail.record("person.unproven_removed", person, by=Actor(person))


@transaction.atomic
def end_session(*, session, by):
    """End one session: whoever uses it is signed out at the next page."""
    session.end()
    trail.record("person.session_ended", by.person, by=by)


@transaction.atomic
def end_other_sessions(*, current, by):
    """End all sessions of a person but the one with this key."""
    for session in UserSession.objects.filter(user=by.person).exclude(session_key=current):
        session.end()
    trail.record("person.sessions_ended", by.person, by=by)


@transaction.atomic
def remove_ways_in(person):
    """Take away every way in that a person has, and end every session: for erasure, which writes its own entry."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    for model in (EmailAddress, SocialAccount, Authenticator):
        model.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])


def held_about(person):
    """Return what is kept of a person's ways in, in plain words, for the file of one's own data. No secrets."""
    return {
        "e-mail addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "sign-ins with other bodies": list(
            SocialAccount.objects.filter(user=person).values("provider", "uid", "date_joined", "last_login")
        ),
        "passkeys, app and recovery codes": [
            {"kind": one.type, "name": str(one), "added": one.created_at, "last used": one.last_used_at}
            for one in Authenticator.objects.filter(user=person)
        ],
        "sessions": list(
            UserSession.objects.filter(user=person).values("ip", "user_agent", "created_at", "last_seen_at")
        ),
    }
