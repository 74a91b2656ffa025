"""Who buys and who supplies: what a body bought or sold, for how much, with whom and when, as the notices say.

Every answer is one query over the lake's narrow tables, filtered by the body's key. Amounts are added within one
currency only.
"""

from dataclasses import dataclass, field
from datetime import date

from samspel.lake.registration_numbers import is_personal_number
from samspel.lake.rules import rule_named

# Counterparties and kinds of goods beyond these are only counted.
LISTED = 10

_DECLARED = rule_named("declared").column

# The procurements of a body, by role. The first buyer stands first in the list.
_MINE = {
    "buyer": "SELECT * FROM procurements WHERE list_contains(buyers, $key)",
    "supplier": "SELECT * FROM procurements "
    "WHERE procurement IN (SELECT procurement FROM awards WHERE supplier = $key)",
}


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
    """Stated amounts in one currency, over so many procurements or awards."""

    currency: str
    amount: float
    over: int


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
    cancelled: int
    years: tuple[Counted, ...]
    divisions: tuple[Counted, ...]
    sums: tuple[Sum, ...]
    names: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Counterparties:
    """Whom a body deals with most; ``total`` is how many there are."""

    total: int
    top: tuple[Counted, ...]


def party(lake, role, key):
    """Return the body with this key in this role, or None."""
    if "parties" not in lake.manifest.tables:
        return None
    rows = _rows(lake, "SELECT * FROM parties WHERE key = $key", key=key)
    own = next((row for row in rows if row["role"] == role), None)
    if own is None:
        return None
    return Party(**own, other_roles=tuple(row["role"] for row in rows if row["role"] != role))


def overview(lake, role, key):
    """Return what the body's procurements add up to."""
    rows = _rows(lake, _OVERVIEW % _MINE[role], key=key)
    whole = next(row for row in rows if row["part"] == "all")
    return Overview(
        procurements=whole["procurements"],
        first_on=whole["first_on"],
        last_on=whole["last_on"],
        declared=whole["declared"],
        declared_base=whole["declared_base"],
        cancelled=whole["cancelled"],
        years=_counted(rows, "year"),
        divisions=tuple(sorted(_counted(rows, "division"), key=lambda one: (-one.procurements, one.of))),
        sums=_sums(rows) if role == "buyer" else _award_sums(lake, key),
        names=tuple(row["value"] for row in rows if row["part"] == "name") if role == "buyer" else _names(lake, key),
    )


def counterparties(lake, role, key):
    """Return the suppliers of a buyer, or the buyers of a supplier, those with most procurements first."""
    rows = _rows(lake, _COUNTERPARTIES[role], key=key)
    top = tuple(
        Counted(
            row["other"],
            row["procurements"],
            name=row["name"] or row["other"],
            value=Sum(row["currency"], row["amount"], row["stated"]) if row["currency"] and row["amount"] else None,
        )
        for row in rows
    )
    return Counterparties(rows[0]["total"] if rows else 0, top)


def procurements(lake, role, key, asked, *, start=0, number=20):
    """Return how many of the body's procurements are asked for, and so many of them, the newest first.

    ``asked`` holds any of year, cpv (a division), other (the other party's key), currency, declared. Each procurement is
    a dictionary with the key of its newest notice.
    """
    conditions = " AND ".join(["true", *(_ASKED[role][name] for name in asked)])
    parameters = {"key": key, **{name: value for name, value in asked.items() if name != "declared"}}
    query = _LIST % (_MINE[role], conditions)
    rows = _rows(lake, query, **parameters, start=start, number=number)
    if not rows:
        return 0, []
    keys = _newest_notices(lake, [row["procurement"] for row in rows])
    return rows[0]["total"], [{**row, "notice": keys.get(row["procurement"])} for row in rows]


def _newest_notices(lake, names):
    found = lake.connection().execute(
        "SELECT procurement, arg_max(key, (NOT replaced, seen_on)) FROM members "
        f"WHERE procurement IN ({', '.join('?' * len(names))}) GROUP BY procurement",
        names,
    )
    return dict(found.fetchall())


def _rows(lake, query, **parameters):
    cursor = lake.connection().execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _counted(rows, part):
    return tuple(Counted(row["value"], row["procurements"]) for row in rows if row["part"] == part and row["value"])


def _sums(rows):
    sums = [
        Sum(row["value"], row["amount"], row["procurements"])
        for row in rows
        if row["part"] == "currency" and row["value"] and row["amount"]
    ]
    return tuple(sorted(sums, key=lambda one: (-one.over, one.currency)))


def _award_sums(lake, key):
    rows = _rows(
        lake,
        "SELECT currency, sum(amount) AS amount, count(*) AS over FROM awards "
        "WHERE supplier = $key AND currency IS NOT NULL AND amount > 0 GROUP BY currency ORDER BY over DESC, currency",
        key=key,
    )
    return tuple(Sum(**row) for row in rows)


def _names(lake, key):
    rows = _rows(
        lake,
        "SELECT supplier_name FROM awards WHERE supplier = $key GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 10",
        key=key,
    )
    return tuple(row["supplier_name"] for row in rows)


_OVERVIEW = f"""
WITH mine AS (%s)
SELECT
    CASE WHEN grouping(year) = 0 THEN 'year' WHEN grouping(division) = 0 THEN 'division'
        WHEN grouping(currency) = 0 THEN 'currency' WHEN grouping(name) = 0 THEN 'name' ELSE 'all' END AS part,
    coalesce(year, division, currency, name) AS value,
    count(*) AS procurements, sum(amount) AS amount,
    count(*) FILTER ({_DECLARED}) AS declared, count({_DECLARED}) AS declared_base,
    count(*) FILTER (cancelled) AS cancelled,
    min(first_on) AS first_on, max(first_on) AS last_on
FROM (
    SELECT year::VARCHAR AS year, left(cpv, 2) AS division, awarded_value.currency AS currency,
        awarded_value.amount AS amount, CASE WHEN buyer = $key THEN buyer_name END AS name,
        {_DECLARED}, cancelled, first_on
    FROM mine
)
GROUP BY GROUPING SETS ((), (year), (division), (currency), (name))
HAVING part = 'all' OR value IS NOT NULL
ORDER BY part, value
"""

_OTHERS = """
SELECT other, procurements, stated, amount, currency, total, parties.name AS name FROM (
    SELECT %(other)s AS other, count(DISTINCT procurement) AS procurements,
        count(amount) FILTER (amount > 0) AS stated,
        CASE WHEN count(DISTINCT currency) = 1 THEN sum(amount) END AS amount,
        any_value(currency) AS currency, count(*) OVER () AS total
    FROM awards WHERE %(where)s AND %(other)s IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {listed}
) LEFT JOIN parties ON parties.key = other AND parties.role = '%(other)s'
ORDER BY procurements DESC, other
""".format(listed=LISTED)

_COUNTERPARTIES = {
    "buyer": _OTHERS % {"other": "supplier", "where": "list_contains(buyers, $key)"},
    "supplier": _OTHERS % {"other": "buyer", "where": "supplier = $key"},
}

_CONDITIONS = {
    "year": "year = $year",
    "cpv": "left(cpv, 2) = $cpv",
    "currency": "awarded_value.currency = $currency",
    "declared": _DECLARED,
}
_ASKED = {
    "buyer": {
        **_CONDITIONS,
        "other": "procurement IN "
        "(SELECT procurement FROM awards WHERE supplier = $other AND list_contains(buyers, $key))",
    },
    "supplier": {
        **_CONDITIONS,
        "other": "procurement IN (SELECT procurement FROM awards WHERE supplier = $key AND buyer = $other)",
        "currency": "procurement IN (SELECT procurement FROM awards WHERE supplier = $key AND currency = $currency)",
    },
}

_LIST = f"""
WITH mine AS (%s)
SELECT procurement, year, first_on, title, language, cpv, procedure, buyer_name, cancelled, tenders, suppliers,
    awarded_value.amount AS amount, awarded_value.currency AS currency, {_DECLARED} AS declared,
    count(*) OVER () AS total
FROM mine WHERE %s ORDER BY first_on DESC NULLS LAST, procurement LIMIT $number OFFSET $start
"""
