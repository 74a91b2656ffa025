"""Who may do what with a record, in words, from the one table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit.formats import listed
from samspel.organisations.permissions import TABLE, Party, Permission, Reach

_PROGRAMME = {Party.NATIONAL, Party.REGIONAL}
_BUYER = {Party.BUYER_ADMINISTRATOR, Party.PROCURER, Party.NEED_OWNER, Party.LEADER, Party.OBSERVER}
_SUPPLIER = {Party.SUPPLIER_ADMINISTRATOR, Party.SUPPLIER}

# As they are called in a sentence about one organisation.
_CALLED = {
    Party.NATIONAL: gettext_lazy("the programme’s national advisers"),
    Party.REGIONAL: gettext_lazy("the programme’s advisers in the region"),
    Party.BUYER_ADMINISTRATOR: gettext_lazy("the administrators"),
    Party.PROCURER: gettext_lazy("the procurers"),
    Party.NEED_OWNER: gettext_lazy("the need owners"),
    Party.LEADER: gettext_lazy("the leaders"),
    Party.OBSERVER: gettext_lazy("the observers"),
    Party.SUPPLIER_ADMINISTRATOR: gettext_lazy("the administrators"),
    Party.SUPPLIER: gettext_lazy("the members"),
    Party.SIGNED_IN: gettext_lazy("everybody who is signed in"),
    Party.PUBLIC: gettext_lazy("everybody, also without an account"),
}


@dataclass(frozen=True)
class Sentence:
    """A permission, and who has it."""

    may: Any
    who: Any


def who_may(record, *permissions):
    """Return for each permission who has it on a record; of all permissions where none is named."""
    return [Sentence(one.label, _who(record, one)) for one in permissions or Permission]


def _who(record, permission):
    owner = record.owner
    held = {party: reach for party, reach in TABLE[permission].items() if _concerns(record, party, reach)}
    everybody = [party for party in (Party.PUBLIC, Party.SIGNED_IN) if held.get(party) == Reach.ALL]
    if everybody:
        return _CALLED[everybody[0]]
    names = [_("the person whose it is")] if Reach.MINE in held.values() else []
    own = [party for party, reach in held.items() if reach in {Reach.OWN, Reach.GROUP}]
    names += [_("everybody in the organisation")] if own and set(own) == _side(owner) else [_CALLED[one] for one in own]
    names += [_("the same in the organisation’s group")] if Reach.GROUP in held.values() else []
    names += [_further(party, reach) for party, reach in held.items() if reach in {Reach.SHARED, Reach.ALL}]
    return listed(names) if names else _("nobody")


def _concerns(record, party, reach):
    """Tell whether a party's permission can reach a record."""
    if reach == Reach.MINE:
        return getattr(record, "person_id", None) is not None
    return reach in {Reach.ALL, Reach.SHARED} or party in _side(record.owner)


def _further(party, reach):
    if reach == Reach.ALL:
        return _CALLED[party]
    return _("%(who)s, where it is shared with the programme") % {"who": _CALLED[party]}


def _side(owner):
    if owner is None:
        return set()
    if owner.is_programme:
        return _PROGRAMME
    return _SUPPLIER if owner.is_supplier else _BUYER
