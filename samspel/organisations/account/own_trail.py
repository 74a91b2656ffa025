"""A person's own entries of the trail in words, without a word about anybody else."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kit.personal_data import NOTHING
from samspel.organisations.history.kinds import model_of
from samspel.organisations.history.lines import lines
from samspel.organisations.models import Person

# So many entries are looked up together.
_BATCH = 1_000


@dataclass(frozen=True)
class OwnLine:
    """One entry: when, who, for which organisation, what, and to what."""

    at: datetime
    who: str
    whom: str
    did: str
    kind: str
    of: str
    verb: str

    @property
    def plain(self):
        """The same as a file has it."""
        return {
            "at": timezone.localtime(self.at).isoformat(),
            "person": self.who,
            "for_organisation": self.whom,
            "what": self.did,
            "kind": self.kind,
            "record": self.of,
            "verb": self.verb,
        }


def told(person, entries):
    """Yield what a person did, and what was done to the person's account, the newest first."""
    own = Q(person_id=person.pk) | Q(record_kind=Person._meta.label_lower, record_id=str(person.pk))
    wanted, last = entries.filter(own).order_by("-pk"), None
    while batch := list((wanted.filter(pk__lt=last) if last else wanted)[:_BATCH]):
        last = batch[-1].pk
        yield from _lines(batch, person)


def _lines(batch, person):
    nameable = _nameable(batch, person)
    for line in lines(batch):
        entry = line.entry
        by_other = entry.person_id not in (None, person.pk)
        yield OwnLine(
            at=line.at,
            who=_("Somebody else") if by_other else line.who,
            whom=line.whom,
            did=line.did,
            kind=line.kind,
            of=line.of if (entry.record_kind, entry.record_id) in nameable else "",
            verb=entry.verb,
        )


def _nameable(batch, person):
    """Return the records, by kind and id, whose name is no other person's: one's own, and those about nobody."""
    wanted = {}
    for entry in batch:
        wanted.setdefault(entry.record_kind, set()).add(entry.record_id)
    found = set()
    for kind, ids in wanted.items():
        if model := model_of(kind):
            found |= {(kind, one) for one in _own_ids(model, ids, person)}
    return found


def _own_ids(model, ids, person):
    said = vars(model).get("personal") or NOTHING
    if model is Person:
        return ids & {str(person.pk)}
    if said.about is None:
        return ids
    own = model._base_manager.filter(pk__in=[one for one in ids if one.isdecimal()], **{said.about: person.pk})
    return {str(pk) for pk in own.values_list("pk", flat=True)}
