"""Mails about memberships: to whom one is ended, and to the one who takes over."""

from django.urls import reverse

from samspel.kit import mail


def ended(membership, *, by):
    """Tell somebody that the membership has been ended; nobody where the account is closed."""
    if not membership.person.is_active:
        return
    words = {"organisation": membership.organisation.name, "path": reverse("organisation-list")}
    mail.send("organisations/mail/membership_ended", to=membership.person, context=words, by=by, about=membership)


def handed_over(membership, to, *, by):
    """Tell a member what has become theirs to look after."""
    words = {
        "organisation": membership.organisation.name,
        "person": str(membership.person),
        "path": reverse("member-list", args=[membership.organisation_id]),
    }
    mail.send("organisations/mail/handed_over", to=to.person, context=words, by=by, about=to)
