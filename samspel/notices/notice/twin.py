"""A notice as JSON: the record's own fields, with a person's number hidden as on the page."""

from dataclasses import asdict, replace

from samspel.lake.parties import party_key
from samspel.notices.notice.facts import shown_number
from samspel.notices.notice.marks import counted
from samspel.notices.published import days


def twin(record):
    """Return the notice as a dictionary that JSON knows: dates as ISO 8601, every field of the record, and its key.

    A day that is the advertisement's is not called the day of publication.
    """
    notice = record.notice
    facts = asdict(
        replace(
            notice,
            buyers=tuple(map(_without_personal_number, notice.buyers)),
            winners=tuple(map(_without_personal_number, notice.winners)),
        )
    )
    newer = record.newer()
    return {
        "key": notice.key,
        "read_at": record.member.loaded_at,
        "newer": newer.key if newer else None,
        **facts,
        **days(notice.source, notice.published_on),
        "buyer_keys": [party_key(buyer) for buyer in notice.buyers],
        "supplier_keys": [party_key(winner) for winner in notice.winners],
        "rules": {f"{rule.name}_{rule.version}": _ANSWERS[rule.answer] for rule in counted(notice)},
        "procurement": [member.notice.key for member in record.members],
    }


def _without_personal_number(party):
    shown = shown_number(party.identifier, party.country, is_person=getattr(party, "is_person", False))
    return replace(party, identifier=shown)


_ANSWERS = {"yes": True, "no": False, "unknown": None}
