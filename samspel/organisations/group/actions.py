"""Belonging to another organisation: the one says it, the other confirms it, and only then it counts.

A group is a level of visibility, so it takes two: whoever belongs says so, and the topmost organisation of the other's
group, whose records would be opened, confirms. Until then nothing is opened to either.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import trail
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Permission, Refused, can, require

VERBS = (
    trail.Verb("group.asked", gettext_lazy("said that the organisation belongs to another")),
    trail.Verb("group.withdrawn", gettext_lazy("took back that the organisation belongs to another")),
    trail.Verb("group.confirmed", gettext_lazy("confirmed that the organisation belongs to another")),
    trail.Verb("group.refused", gettext_lazy("answered that the organisation does not belong to another")),
    trail.Verb("group.left", gettext_lazy("took the organisation out of the group")),
)


class NotInGroup(Refused):
    """The organisation cannot belong to the other. The message says why."""


@transaction.atomic
def ask(*, organisation, parent, by):
    """Say that an organisation belongs to another. Nothing is opened until that one confirms."""
    organisation, parent = _locked(organisation, parent)
    require(by, Permission.CHANGE_ORGANISATION, organisation)
    if parent in (organisation.asked_parent, organisation.parent):
        return organisation
    if organisation.parent:
        raise NotInGroup(_("The organisation belongs to another already. Take it out of that group first."))
    _require_possible(organisation, parent)
    return _changed("group.asked", organisation, by, asked_parent=parent)


@transaction.atomic
def withdraw(*, organisation, by):
    """Take back what nobody has confirmed."""
    (organisation,) = _locked(organisation)
    require(by, Permission.CHANGE_ORGANISATION, organisation)
    return _changed("group.withdrawn", organisation, by, asked_parent=None)


@transaction.atomic
def confirm(*, organisation, parent, by):
    """Confirm that an organisation belongs to another: from now on each sees what the other shares with its group.

    Said for the topmost of the group. Everybody who changes this group locks that one, so no ring can come about.
    """
    top = topmost(parent)
    organisation, parent, locked_top = _locked(organisation, parent, top)
    if topmost(parent) != locked_top:
        raise NotInGroup(_("The group was changed in the meantime. Look at it again."))
    require(by, Permission.CHANGE_ORGANISATION, locked_top)
    if organisation.parent == parent:
        return organisation
    if organisation.asked_parent != parent:
        raise NotInGroup(_("The organisation has taken this back."))
    _require_possible(organisation, parent)
    return _changed("group.confirmed", organisation, by, parent=parent, asked_parent=None)


@transaction.atomic
def refuse(*, organisation, parent, by):
    """Answer that an organisation does not belong to another."""
    organisation, parent = _locked(organisation, parent)
    _require_either(by, parent, topmost(parent))
    if organisation.asked_parent != parent:
        return organisation
    return _changed("group.refused", organisation, by, asked_parent=None)


@transaction.atomic
def leave(*, organisation, by):
    """Take an organisation out of its group; it, the one it belongs to and the topmost may each do so alone."""
    (organisation,) = _locked(organisation)
    if organisation.parent is None:
        require(by, Permission.CHANGE_ORGANISATION, organisation)
        return organisation
    _require_either(by, organisation, organisation.parent, topmost(organisation.parent))
    return _changed("group.left", organisation, by, parent=None)


def topmost(organisation):
    """Return the organisation at the top of a group."""
    return Organisation.objects.get(pk=organisation.ancestor_ids()[-1])


def waiting_for(organisation):
    """Return those that say they belong to this organisation's group, and wait for its answer as the topmost of it."""
    if organisation.parent_id:
        return Organisation.objects.none()
    asked = Organisation.objects.filter(asked_parent__in=organisation.group_ids())
    return asked.select_related("asked_parent")


def _locked(*organisations):
    """Return the organisations as they are now, locked in the order of their keys, so that two never wait in a ring."""
    wanted = [organisation.pk for organisation in organisations]
    found = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    return [found[pk] for pk in wanted]


def _require_possible(organisation, parent):
    if parent.successor_id or organisation.successor_id:
        raise NotInGroup(_("The organisation became part of another. Choose the one that it is now."))
    if organisation.side != parent.side or not parent.is_buyer:
        raise NotInGroup(_("Only a public body belongs to another’s group here."))
    if organisation.pk in parent.ancestor_ids():
        raise NotInGroup(_("An organisation cannot belong to itself or to one that belongs to it."))


def _require_either(by, *organisations):
    if not any(can(by, Permission.CHANGE_ORGANISATION, one) for one in organisations):
        require(by, Permission.CHANGE_ORGANISATION, organisations[-1])


def _changed(verb, organisation, by, **values):
    """Change the fields and tell both sides: the trail of the other organisation has an entry too."""
    others = {one for one in (organisation.parent, organisation.asked_parent, *values.values()) if one}
    before = trail.state(organisation)
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(values))
    if trail.record(verb, organisation, by=by, before=before):
        for other in others:
            trail.record(verb, organisation, by=by, owner=other)
    return organisation
