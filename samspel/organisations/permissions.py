"""The one table that says who may do what. Pages, actions and the documentation read it; nothing else decides.

A line is a permission; it names the parties who have it and how far it reaches:

- own: the records of the organisation they act for
- group: also those of the organisations of the same group (kommunkoncern, kommunekonsern)
- mine: what is the person's own, wherever they work
- shared: what is shared with the programme, in a regional adviser's case of organisations in that region
- all: every record

What somebody may *see* is decided by ``visible_to`` on the record's queryset, which comes first: what one may not see
is not found, what one may see and not do is refused.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.TextChoices):
    """Those whom the table knows."""

    NATIONAL = "national", _("Programme, national")
    REGIONAL = "regional", _("Programme, regional")
    BUYER_ADMINISTRATOR = "buyer_administrator", _("Buyer: administrator")
    PROCURER = "procurer", _("Buyer: procurer")
    NEED_OWNER = "need_owner", _("Buyer: need owner")
    LEADER = "leader", _("Buyer: leader")
    OBSERVER = "observer", _("Buyer: observer")
    SUPPLIER_ADMINISTRATOR = "supplier_administrator", _("Supplier: administrator")
    SUPPLIER = "supplier", _("Supplier: member")
    SIGNED_IN = "signed_in", _("Anybody signed in")
    PUBLIC = "public", _("The public")


class Reach(models.TextChoices):
    """How far a permission reaches."""

    MINE = "mine", _("one’s own")
    OWN = "own", _("own organisation")
    GROUP = "group", _("own group")
    SHARED = "shared", _("what is shared with the programme")
    ALL = "all", _("all")


class Permission(models.TextChoices):
    """What can be done."""

    READ_ORGANISATION = "read_organisation", _("See an organisation")
    READ_MEMBERS = "read_members", _("See who the members are")
    ASK_TO_JOIN = "ask_to_join", _("Ask to join an organisation")
    ANSWER_REQUESTS = "answer_requests", _("Let somebody in, or refuse; a first administrator too")
    CHANGE_MEMBERS = "change_members", _("Change roles, end a membership, hand over")
    CHANGE_ORGANISATION = "change_organisation", _("Change an organisation’s details")
    READ_TRAIL = "read_trail", _("Read who did what, and take it out as a file")
    MERGE_ORGANISATIONS = "merge_organisations", _("Merge organisations, and say who succeeds whom")
    CHANGE_REGIONS = "change_regions", _("Change the regions of the programme")
    READ_DUE_RECORDS = "read_due_records", _("See what waits for the archive’s decision")
    READ_SAVED_SEARCHES = "read_saved_searches", _("See saved searches, and choose to hear of them")
    MANAGE_SAVED_SEARCHES = "manage_saved_searches", _("Save a search, change and delete it")


_P, _R = Party, Reach
_BUYER_PEOPLE = (_P.BUYER_ADMINISTRATOR, _P.PROCURER, _P.NEED_OWNER, _P.LEADER, _P.OBSERVER)
_SUPPLIER_PEOPLE = (_P.SUPPLIER_ADMINISTRATOR, _P.SUPPLIER)
_PROGRAMME = (_P.NATIONAL, _P.REGIONAL)
_ADMINISTRATORS = (_P.BUYER_ADMINISTRATOR, _P.SUPPLIER_ADMINISTRATOR)


def _each(parties, reach):
    return dict.fromkeys(parties, reach)


TABLE = {
    Permission.READ_ORGANISATION: {_P.PUBLIC: _R.ALL},
    Permission.READ_MEMBERS: _each(_BUYER_PEOPLE + _SUPPLIER_PEOPLE + _PROGRAMME, _R.OWN),
    Permission.ASK_TO_JOIN: {_P.SIGNED_IN: _R.ALL},
    Permission.ANSWER_REQUESTS: _each(_ADMINISTRATORS, _R.OWN) | _each(_PROGRAMME, _R.SHARED),
    Permission.CHANGE_MEMBERS: _each((*_ADMINISTRATORS, _P.NATIONAL), _R.OWN),
    Permission.CHANGE_ORGANISATION: _each(_ADMINISTRATORS, _R.OWN) | {_P.NATIONAL: _R.ALL},
    Permission.READ_TRAIL: _each((*_ADMINISTRATORS, _P.LEADER, _P.NATIONAL), _R.OWN),
    Permission.MERGE_ORGANISATIONS: {_P.NATIONAL: _R.ALL},
    Permission.CHANGE_REGIONS: {_P.NATIONAL: _R.ALL},
    Permission.READ_DUE_RECORDS: {_P.NATIONAL: _R.ALL},
    Permission.READ_SAVED_SEARCHES: {_P.SIGNED_IN: _R.MINE}
    | _each(_BUYER_PEOPLE + _SUPPLIER_PEOPLE + _PROGRAMME, _R.OWN),
    Permission.MANAGE_SAVED_SEARCHES: {_P.SIGNED_IN: _R.MINE}
    | _each((*_ADMINISTRATORS, _P.PROCURER, _P.NEED_OWNER, _P.SUPPLIER, *_PROGRAMME), _R.OWN),
}


class Refused(Exception):
    """The actor may not do this. The message is fit to show."""


def can(actor, permission, record=None):
    """Return whether the actor may do this to a record, or at all where no record is named."""
    reaches = (reach for party, reach in TABLE[permission].items() if party in actor.parties)
    return any(record is None or _reaches(actor, reach, record) for reach in reaches)


def require(actor, permission, record=None):
    """Raise Refused where the actor may not do this."""
    if not can(actor, permission, record):
        raise Refused(_("You may not do this in the role you have."))


def _reaches(actor, reach, record):
    owner = record.owner
    if reach == Reach.ALL:
        return True
    if reach == Reach.MINE:
        return getattr(record, "person_id", None) == actor.person_id
    if owner is None:
        return False
    if reach == Reach.SHARED:
        region = actor.membership.region
        return record.is_shared_with_programme and (region is None or region.holds(owner.region))
    if reach == Reach.GROUP:
        return owner.pk in actor.group_ids
    return owner.pk == actor.organisation_id
