"""Who buys and who supplies: what a body bought or sold, for how much, with whom and when, as the notices say.

Every answer is one query, filtered by the body's key. Amounts are added within one currency only.
"""

from dataclasses import dataclass
from datetime import date

from samspel.notices.bodies.tables import tables
from samspel.registration_numbers import is_personal_number

# Counterparties beyond these are only counted.
LISTED = 10


@dataclass(frozen=True)
class Party:
    """A body in one of its roles (buyer, supplier), as the newest notice that names it has it."""

    role: str
    key: str
    name: str
    country: str | None
    town: str | None
    nuts: str | None
    website: str | None
    identifier: str | None
    is_person: bool
    notices: int
    other_roles: tuple[str, ...] = ()

    @property
    def number(self):
        """The registration number where the public may see it: never a person's own."""
        if self.is_person or is_personal_number(self.identifier, self.country):
            return None
        return self.identifier


@dataclass(frozen=True)
class Sum:
    """Stated amounts in one currency, over so many procurements; in so many of them the supplier won ``alone``."""

    currency: str
    amount: float
    over: int
    alone: int = 0


@dataclass(frozen=True)
class Counted:
    """Procurements under a heading: a year, a CPV division, the other party."""

    of: str
    procurements: int
    name: str = ""
    value: Sum | None = None


@dataclass(frozen=True)
class Overview:
    """What a body's procurements add up to."""

    procurements: int
    first_on: date | None
    last_on: date | None
    declared: int
    declared_base: int
    years: tuple[Counted, ...]
    divisions: tuple[Counted, ...]
    sums: tuple[Sum, ...]
    names: tuple[str, ...]
    in_statistics: bool = False  # whether the Swedish statistics name it


@dataclass(frozen=True)
class Counterparties:
    """Whom a body deals with most; ``total`` is how many there are, in so many of its ``procurements``."""

    total: int
    top: tuple[Counted, ...]
    procurements: int = 0


def party(lake, role, key):
    """Return the body with this key in this role, or None."""
    if "parties" not in lake.manifest.tables:
        return None
    rows = answered(lake, _PARTY, key=key)
    own = next((row for row in rows if row["role"] == role), None)
    if own is None:
        return None
    return Party(**own, other_roles=tuple(row["role"] for row in rows if row["role"] != role))


def overview(lake, role, key):
    """Return what the body's procurements add up to."""
    rows = answered(lake, _OVERVIEW.format(table=tables(lake).purchases), role=role, key=key)
    awards = answered(lake, _AWARDED.format(table=tables(lake).deals), key=key) if role == "supplier" else []
    whole = next(row for row in rows if row["part"] == "all")
    return Overview(
        procurements=whole["procurements"],
        first_on=whole["first_on"],
        last_on=whole["last_on"],
        declared=whole["declared"],
        declared_base=whole["declared_base"],
        years=_counted(rows, "year"),
        divisions=tuple(sorted(_counted(rows, "division"), key=lambda one: (-one.procurements, one.of))),
        sums=_sums(awards or rows),
        names=tuple(row["value"] for row in awards or rows if row["part"] == "name"),
        in_statistics=any(row["in_statistics"] for row in awards),
    )


def counterparties(lake, role, key, *, most=LISTED):
    """Return the suppliers of a buyer, or the buyers of a supplier, those with most procurements first.

    No more than ``most`` of them; all where it is None.
    """
    query = _OTHERS.format(table=tables(lake).deals, limit="" if most is None else f"LIMIT {most}")
    rows = answered(lake, query, role=role, key=key)
    top = tuple(
        Counted(
            row["other"],
            row["procurements"],
            name=row["name"] or row["other"],
            value=Sum(row["currency"], row["amount"], row["stated"]) if row["currency"] and row["amount"] else None,
        )
        for row in rows
    )
    return Counterparties(rows[0]["total"], top, rows[0]["dealt"]) if rows else Counterparties(0, top)


def procurements(lake, role, key, asked, *, start=0, number=20):
    """Return how many of the body's procurements are asked for, and so many of them, the newest first.

    ``asked`` holds any of year, cpv (a division), other (the other party's key), currency, declared, named (who won is
    stated), unvalued (the body's amount is not). Each procurement is a dictionary with the key of its newest notice,
    the other parties (``others``: key and name), and of a supplier what it alone won (``own_amount``).
    """
    conditions = {**_ASKED, **(_ASKED_OF_SUPPLIER if role == "supplier" else {})}
    made = tables(lake)
    chosen = "".join(f" AND {conditions[name].format(deals=made.deals)}" for name in asked)
    parameters = {name: value for name, value in asked.items() if f"${name}" in conditions[name]}
    query = _LIST.format(table=made.purchases, deals=made.deals, chosen=chosen)
    rows = answered(lake, query, role=role, key=key, start=start, number=number, **parameters)
    return (rows[0]["total"] if rows else 0), rows


def answered(lake, query, **parameters):
    """Return the rows of a query on the lake as dictionaries by column."""
    cursor = lake.connection().execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _counted(rows, part):
    return tuple(Counted(row["value"], row["procurements"]) for row in rows if row["part"] == part)


def _sums(rows):
    found = [
        Sum(row["value"], row["amount"], row["procurements"], row.get("alone", 0))
        for row in rows
        if row["part"] == "currency" and row["amount"]
    ]
    return tuple(sorted(found, key=lambda one: (-one.over, one.currency)))


_PARTY = """
SELECT role, key, name, country, town, nuts, website, identifier, is_person, notices FROM parties WHERE key = $key
"""

_OVERVIEW = """
SELECT
    CASE WHEN grouping(year) = 0 THEN 'year' WHEN grouping(division) = 0 THEN 'division'
        WHEN grouping(currency) = 0 THEN 'currency' WHEN grouping(name) = 0 THEN 'name' ELSE 'all' END AS part,
    coalesce(year, division, currency, name) AS value,
    count(*) AS procurements, sum(amount) AS amount,
    count(*) FILTER (declared) AS declared, count(declared) AS declared_base,
    min(first_on) AS first_on, max(first_on) AS last_on
FROM (
    SELECT year::VARCHAR AS year, left(cpv, 2) AS division, currency, amount, declared, first_on,
        CASE WHEN buyer = body THEN buyer_name END AS name
    FROM {table} WHERE body = $key AND role = $role
)
GROUP BY GROUPING SETS ((), (year), (division), (currency), (name))
HAVING part = 'all' OR value IS NOT NULL
ORDER BY part, value
"""

# A supplier's own amounts and names stand in its awards.
_AWARDED = """
SELECT CASE WHEN grouping(currency) = 0 THEN 'currency' ELSE 'name' END AS part, coalesce(currency, name) AS value,
    count(*) AS procurements, sum(amount) AS amount, count(*) FILTER (is_alone) AS alone,
    bool_or(in_statistics) AS in_statistics
FROM (
    SELECT CASE WHEN amount > 0 THEN currency END AS currency, amount, name, is_alone, in_statistics
    FROM {table} WHERE body = $key AND role = 'supplier'
)
GROUP BY GROUPING SETS ((currency), (name))
HAVING value IS NOT NULL
ORDER BY part, procurements DESC, value
"""

_OTHERS = """
SELECT other, any_value(other_name) AS name, count(DISTINCT procurement) AS procurements,
    count(amount) FILTER (amount > 0) AS stated, CASE WHEN count(DISTINCT currency) = 1 THEN sum(amount) END AS amount,
    any_value(currency) AS currency, count(*) OVER () AS total,
    (SELECT count(DISTINCT procurement) FROM {table} WHERE body = $key AND role = $role AND other IS NOT NULL) AS dealt
FROM {table} WHERE body = $key AND role = $role AND other IS NOT NULL
GROUP BY other ORDER BY procurements DESC, other {limit}
"""

_ASKED = {
    "year": "year = $year",
    "cpv": "left(cpv, 2) = $cpv",
    "currency": "currency = $currency",
    "declared": "declared",
    "unvalued": "coalesce(amount, 0) = 0",
    "named": "procurement IN (SELECT procurement FROM {deals} WHERE body = $key AND role = $role)",
    "other": "procurement IN (SELECT procurement FROM {deals} WHERE body = $key AND role = $role AND other = $other)",
}
_ASKED_OF_SUPPLIER = {
    "currency": "procurement IN "
    "(SELECT procurement FROM {deals} WHERE body = $key AND role = $role AND currency = $currency AND amount > 0)",
    "unvalued": "procurement NOT IN "
    "(SELECT procurement FROM {deals} WHERE body = $key AND role = $role AND amount > 0)",
}

_LIST = """
WITH dealt AS (
    SELECT procurement, list({{'key': other, 'name': name}} ORDER BY lower(name)) AS others,
        any_value(amount) AS own_amount, any_value(currency) AS own_currency
    FROM {deals} WHERE body = $key AND role = $role GROUP BY procurement
)
SELECT procurement, notice, first_on, year, title, language, buyer_name, cpv, procedure, tenders, suppliers, amount,
    currency, cancelled, declared, others, own_amount, own_currency, count(*) OVER () AS total
FROM {table} LEFT JOIN dealt USING (procurement) WHERE body = $key AND role = $role{chosen}
ORDER BY first_on DESC NULLS LAST, procurement LIMIT $number OFFSET $start
"""
