"""What notices answer the organisations of the hub: which bodies there are, and what they bought and sold."""

from dataclasses import replace

from django.urls import reverse

from samspel.lake.notice import Winner
from samspel.lake.parties import party_key
from samspel.notices.bodies.parties import answered
from samspel.notices.bodies.tables import tables
from samspel.notices.lake import current_lake
from samspel.organisations.bodies.known import Body, Dealings
from samspel.organisations.bodies.likeness import telling_words
from samspel.registration_numbers import is_personal_number

# So many bodies are offered at a time, each with so many of its newest titles.
SHOWN, TITLES, MOST_WORDS = 20, 3, 8
# The words of a name, each with a space before it.
_WORDS = r"' ' || regexp_replace(lower(name), '[^\p{L}\p{N}]+', ' ', 'g')"


class NoticedBodies:
    """Answers for the lake that pages show (samspel.organisations.bodies.known.Notices)."""

    key, order = "notices", 100

    def key_by_number(self, country, number):
        """Return the key by the rule that every notice is read with; a person's number makes none."""
        if not number or is_personal_number(number, country):
            return ""
        return party_key(Winner(name="", identifier=number, country=country))

    def url(self, key, role):
        """Return the address of a body's page."""
        roles = [row["role"] for row in self._parties("key = $key", key=key)]
        if not roles:
            return None
        return reverse(f"{role if role in roles else roles[0]}-detail", args=[key])

    def body(self, key):
        """Return what notices say of a body."""
        return next(iter(self._bodies(self._parties("key = $key", key=key))), None)

    def named(self, name, country):
        """Return the bodies of a country whose names have words that begin with those that tell this one apart."""
        words = telling_words(name)[:MOST_WORDS]
        if not words:
            return []
        conditions = " AND ".join(f"contains({_WORDS}, $word{place})" for place in range(len(words)))
        parameters = {f"word{place}": f" {word}" for place, word in enumerate(words)}
        found = self._parties(f"country = $country AND {conditions}", country=country, **parameters)
        return self._bodies(found)

    def _parties(self, condition, **parameters):
        lake = current_lake()
        if "parties" not in lake.manifest.tables:
            return []
        query = f"SELECT * FROM parties WHERE {condition} ORDER BY notices DESC, key LIMIT {SHOWN * 2}"
        return answered(lake, query, **parameters)

    def _bodies(self, parties):
        found = {}
        for row in parties:
            found.setdefault(row["key"], _body(row))
        chosen = list(found.values())[:SHOWN]
        dealings = _dealings([body.key for body in chosen])
        return [replace(body, dealings=tuple(dealings.get(body.key, ()))) for body in chosen]


def _body(row):
    number = None if row["is_person"] or is_personal_number(row["identifier"], row["country"]) else row["identifier"]
    return Body(
        key=row["key"],
        name=row["name"],
        country=row["country"],
        url=reverse(f"{row['role']}-detail", args=[row["key"]]),
        town=row["town"],
        number=number,
        has_number=number is not None,
    )


def _dealings(keys):
    """Return what each body bought and sold, in one query."""
    if not keys:
        return {}
    lake = current_lake()
    found = {}
    for row in answered(lake, _DEALINGS.format(table=tables(lake).purchases), keys=keys):
        dealings = Dealings(
            row["role"], row["procurements"], row["first_year"], row["last_year"], tuple(row["titles"] or ())
        )
        found.setdefault(row["body"], []).append(dealings)
    return found


_DEALINGS = f"""
SELECT body, role, count(*) AS procurements, min(year) AS first_year, max(year) AS last_year,
    list(title ORDER BY first_on DESC NULLS LAST) FILTER (title IS NOT NULL)[1:{TITLES}] AS titles
FROM {{table}} WHERE body IN (SELECT unnest($keys))
GROUP BY body, role ORDER BY body, role
"""
