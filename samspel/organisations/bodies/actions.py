"""Tying an organisation to the body that notices name, and undoing it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations.bodies.known import known
from samspel.organisations.bodies.likeness import is_same_name
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused, require

VERBS = (
    trail.Verb("organisation.tied", gettext_lazy("tied the organisation to its page of notices")),
    trail.Verb("organisation.untied", gettext_lazy("undid the tie to the page of notices")),
)


class NotTied(Refused):
    """The organisation cannot be tied to this body. The message says why."""


@transaction.atomic
def tie_by_number(*, organisation, by):
    """Tie an organisation to the body with its registration number, and return whether it is; part of registering it.

    A sole trader's number ties nothing. Where another organisation holds the body, nothing happens: a person of the
    programme has to look at the two. A tie that a person has confirmed stays.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.body_confirmed_at:
        return True
    key = _key_by_number(organisation)
    if organisation.body != key:
        before = trail.state(organisation)
        organisation.body = key
        if not _saved(organisation):
            return False
        trail.record("organisation.tied" if key else "organisation.untied", organisation, by=by, before=before)
    return key is not None


@transaction.atomic
def confirm(*, organisation, key, by, at=None):
    """Tie an organisation to a body because a person says that it is the same. Raises NotTied."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(by, Permission.CHANGE_ORGANISATION, organisation)
    if organisation.body == key:
        return organisation
    body = known() and known().body(key)
    if body is None:
        raise NotTied(_("No notice names this body any more. Look for it again."))
    if not by.is_programme:
        _require_likely(organisation, body)
    before = trail.state(organisation)
    organisation.body, organisation.body_confirmed_by = key, by.person
    organisation.body_confirmed_at = at or timezone.now()
    if not _saved(organisation):
        raise NotTied(_("Another organisation is tied to this body. Ask the programme to look at the two."))
    trail.record("organisation.tied", organisation, by=by, before=before)
    return organisation


@transaction.atomic
def undo(*, organisation, by):
    """Undo a tie that a person confirmed; what the registration number says holds again."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(by, Permission.CHANGE_ORGANISATION, organisation)
    if organisation.body_confirmed_at is None:
        return organisation
    before = trail.state(organisation)
    organisation.body = organisation.body_confirmed_by = organisation.body_confirmed_at = None
    organisation.save(update_fields=_FIELDS)
    trail.record("organisation.untied", organisation, by=by, before=before)
    tie_by_number(organisation=organisation, by=by)
    organisation.refresh_from_db()
    return organisation


def candidates(organisation):
    """Return the bodies that an organisation could be, and that no other organisation is."""
    found = known().named(organisation.name, organisation.country) if known() else []
    others = Organisation.objects.exclude(pk=organisation.pk).filter(body__in=[body.key for body in found])
    taken = set(others.values_list("body", flat=True))
    return [body for body in found if body.key not in taken and body.key != organisation.body]


_FIELDS = ["body", "body_confirmed_at", "body_confirmed_by"]


def _key_by_number(organisation):
    if not organisation.number or known() is None:
        return None
    return known().key_by_number(organisation.country, organisation.number) or None


def needs_programme(organisation, body):
    """Return whether only the programme may say that a body is this one: another name, or a number of its own."""
    return body.has_number or body.country != organisation.country or not is_same_name(body.name, organisation.name)


def _require_likely(organisation, body):
    if body.has_number:
        raise NotTied(
            _("Notices give this body a registration number, and it is not yours. Ask the programme to look at it.")
        )
    if needs_programme(organisation, body):
        raise NotTied(_("This body has another name than your organisation. Ask the programme to look at it."))


def _saved(organisation):
    """Save the tie; False where another organisation was first."""
    try:
        with transaction.atomic():
            organisation.save(update_fields=_FIELDS)
    except IntegrityError:
        return False
    return True
