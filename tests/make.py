"""Builds the smallest valid thing; a test says only what matters to it."""

from datetime import UTC, date, datetime
from itertools import count

import pyarrow as pa

from samspel.lake import procurements
from samspel.lake.notice import Buyer, Kind, Lot, Money, Notice, Text, Winner
from samspel.lake.rows import RAW_SCHEMA, SCHEMA, digest, row_of
from samspel.lake.store import Lake

_numbers = count(1)

READ_AT = datetime(2025, 7, 1, 6, tzinfo=UTC)


def notice(**facts):
    """Return a competition notice of an invented municipality, of its own procedure unless the test says which."""
    number = next(_numbers)
    plain = {
        "source": "ted",
        "identifier": f"00000000-0000-4000-8000-{number:012}",
        "version": "01",
        "format": "eforms-sdk-1.13",
        "kind": Kind.COMPETITION,
        "form_type": str(facts.get("kind", Kind.COMPETITION)),
        "subtype": "16",
        "procedure_identifier": f"10000000-0000-4000-8000-{number:012}",
        "publication_number": f"{number}-2025",
        "language": "sv",
        "title": (Text("sv", "Digital nattillsyn"),),
        "cpv": "33195000",
        "procedure": "neg-w-call",
        "published_on": date(2025, 3, 4),
        "buyers": (buyer(),),
    }
    return Notice(**{**plain, **facts})


def result(**facts):
    """Return a result notice with one supplier and one lot."""
    plain = {"kind": Kind.RESULT, "subtype": "29", "winners": (winner(),), "published_on": date(2025, 6, 30)}
    return notice(**{**plain, **facts})


def buyer(**facts):
    plain = {
        "name": "Lillånäs kommun",
        "identifier": "2120009991",
        "country": "SE",
        "nuts": "SE125",
        "legal_type": "la",
    }
    return Buyer(**{**plain, **facts})


def winner(**facts):
    return Winner(**{"name": "Lugnvik Omsorgsteknik AB", "identifier": "5569990001", "country": "SE", **facts})


def lot(identifier="LOT-0001", title="Upptäcka fall i rummet", **facts):
    return Lot(identifier, title=(Text("sv", title),), **facts)


def title(text, language="sv"):
    return (Text(language, text),)


def money(amount, currency="SEK"):
    return Money(float(amount), currency)


def person(**facts):
    """Return a person with an account."""
    from samspel.organisations.models import Person

    return Person.objects.create_user(
        **{"email": f"person{next(_numbers)}@example.org", "name": "Kari Nordmann", **facts}
    )


def organisation(**facts):
    """Return a municipality, of a number of its own unless the test says which."""
    from samspel.organisations.models import Organisation

    plain = {"name": "Lillånäs kommun", "kind": "municipality", "country": "SE", "number": _swedish(next(_numbers))}
    return Organisation.objects.create(**{**plain, **facts})


def supplier(**facts):
    """Return a company."""
    return organisation(**{"name": "Lugnvik Omsorgsteknik AB", "kind": "company", **facts})


def membership(**facts):
    """Return a procurer's membership of a municipality, let in, unless the test says otherwise."""
    from django.utils import timezone

    from samspel.organisations.models import Membership, Role

    where = facts.pop("organisation", None) or organisation()
    plain = {"role": Role.for_organisation(where)[0], "approved_at": timezone.now()}
    who = facts.pop("person", None) or person()
    return Membership.objects.create(person=who, organisation=where, **{**plain, **facts})


def actor(**facts):
    """Return somebody who acts for an organisation."""
    from samspel.organisations.actors import Actor

    held = membership(**facts)
    return Actor(held.person, held)


def _swedish(number):
    """Return a Swedish organisation number with a true check digit; no body has one that begins with 99."""
    digits = f"99{number:07}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return f"{digits}{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def lake(folder, *notices):
    """Return a lake in this folder that holds the notices and the tables made from them."""
    filled = Lake(folder)
    rows = [row_of(one, digest(one.key.encode()), READ_AT) for one in notices]
    with filled.writing():
        filled.append(pa.Table.from_pylist(rows, SCHEMA), pa.Table.from_pylist([], RAW_SCHEMA), replacing=[])
        procurements.build(filled)
    return filled
