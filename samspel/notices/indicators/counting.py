"""The numbers of the indicator pages, asked of the lake once for each of its states."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.conf import settings

from samspel.lake import concentration
from samspel.lake.breaks import statistics_years
from samspel.lake.counts import NOTHING, Count, counts, read
from samspel.lake.indicators import TABLE, Indicator, Measure, answer, evidence, indicator_named
from samspel.notices.indicators.form import INNOVATION
from samspel.notices.sources import coverage

# Every procurement within the question: what the indicators' bases are parts of.
ALL = Indicator(
    name="all",
    version=1,
    measure=Measure.PROCUREMENTS,
    number=lambda table: table.year.notnull().cast("int32"),
    base=lambda table: table.year.notnull().cast("int32"),
    within=lambda table: table.year.notnull(),
    blind="",
)
# Procurements without a competition or a result: without a year, in nobody's base.
UNCOUNTED = replace(ALL, name="uncounted")
SISTERS = ("early_dialogue", "joint", "new_suppliers", "environment", "social", "tenders", "single_tender", "sme_share")
NAMES = (*INNOVATION, *SISTERS)
_LISTED = {ALL.name: ALL, UNCOUNTED.name: UNCOUNTED}
_CODE_OF_COUNTY = 5


@dataclass(frozen=True)
class Held:
    """What the lake has to ask about."""

    newest_on: date | None
    years: tuple[int, ...]
    countries: tuple[str, ...]
    regions: tuple[tuple[str, str], ...]  # country and county
    buyer_kinds: tuple[str, ...]
    divisions: tuple[str, ...]
    sources: tuple[str, ...]
    statistics: tuple[int, int] | None  # first and last year of the Swedish statistics


@dataclass(frozen=True)
class Loose:
    """What could not be counted or joined, in the whole lake."""

    uncounted: tuple[tuple[str, int], ...]  # procurements without a year, by the reason (see the lake's table)
    declared: int  # of them declared as innovation
    notices: int  # notices that refer to one that is not in the hub
    referring: int  # notices that refer to any
    statistics: int  # procurements in the Swedish statistics
    joined: tuple[tuple[str, int], ...]  # of them also in other sources, by the sources they are in


def indicator_of(name):
    """Return the newest version of an indicator, or what counts all or the plans; KeyError where there is none."""
    return _LISTED.get(name) or indicator_named(name)


def by_group(lake, by, where, names):
    """Return the counts of these indicators, by group (a year, a country …) and name; None is what is not known."""
    return _counted(lake, lake.manifest.generation, by, where, names)


def asked_of(engine, by, where, names):
    """Return the counts as an engine of the lake answers them, by group and name; see ``samspel.lake.engines``."""
    indicators = [indicator_of(name) for name in names]
    found = {
        row["group"]: {indicator.name: read(row, indicator) for indicator in indicators}
        for row in engine(counts(TABLE, indicators, by=by, where=where))
    }
    return found if by != "region" else _counties(found)


def in_year(found, year):
    """Return the counts of a year by name; nothing where the lake has none."""
    return found.get(year) or dict.fromkeys((*NAMES, ALL.name), NOTHING)


def whole(found, name, years):
    """Return an indicator's count of these years together."""
    return sum((in_year(found, year)[name] for year in years), NOTHING)


def procurements(opened):
    """Return the expression that lists the procurements behind a number, newest first."""
    indicator = indicator_of(opened.indicator)
    if indicator is UNCOUNTED:
        rows = opened.table.filter(opened.table.year.isnull())
        return rows.order_by(rows.first_on.desc(), rows.procurement)
    if opened.is_base:
        # A mean is opened to all that it can judge, not only to those that have the mark.
        indicator = replace(indicator, measure=Measure.MEAN)
    return evidence(opened.table, indicator, where=opened.asked.where_in_year)


def piled(lake, name, where):
    """Return where an indicator's number piles up more than its base does: in a channel, at a buyer."""
    if indicator_of(name).measure is not Measure.PROCUREMENTS:
        return ()
    return tuple(one for one in _piled(lake, lake.manifest.generation, name, where) if one.is_notable)


def total(lake, opened):
    """Return how many procurements stand behind a number, and what their parts add up to."""
    rows = procurements(opened)
    indicator = indicator_of(opened.indicator)
    sums = rows.aggregate(
        procurements=rows.count(), number=indicator.number(rows).sum(), base=indicator.base(rows).sum()
    )
    (row,) = answer(cursor(lake), sums)
    return Count(row["number"] or 0, row["base"] or 0, row["procurements"])


def held(lake):
    """Return what the lake has to ask about."""
    return _held(lake, lake.manifest.generation)


def home(held):
    """Return the countries that a page counts where none is asked for; none where the lake knows none of them."""
    countries = tuple(sorted(settings.HOME_COUNTRIES))
    return countries if {*countries} & {*held.countries} else ()


def at_home(asked, held):
    """Return what is asked where no country is said: the hub's own countries, or all where it has none of them."""
    if asked.countries or asked.everywhere:
        return asked
    countries = () if asked.region else home(held)
    return asked.changed(countries=countries) if countries else asked.spelled


def buyer_name(lake, key):
    """Return what a buyer is called; its key where the lake does not know it."""
    row = cursor(lake).execute("SELECT name FROM parties WHERE role = 'buyer' AND key = ?", [key]).fetchone()
    return (row and row[0]) or key


def keys_of(lake, numbers):
    """Return the keys of the notices with these publication numbers that the hub holds, by number."""
    rows = cursor(lake).execute(
        "SELECT publication_number, max(key) FROM notices WHERE list_contains($numbers, publication_number) "
        "GROUP BY publication_number",
        {"numbers": numbers},
    )
    return dict(rows.fetchall())


def loose(lake):
    """Return what could not be counted or joined."""
    return _loose(lake, lake.manifest.generation)


def is_empty(lake):
    """Tell whether there is nothing to count yet."""
    return lake.is_empty() or "procurements" not in lake.manifest.tables


def cursor(lake):
    """Return a connection of one's own: two requests at a time must not read each other's rows."""
    return lake.connection().cursor()


@lru_cache(maxsize=256)
def _counted(lake, generation, by, where, names):
    return asked_of(lambda expression: answer(cursor(lake), expression), by, where, names)


@lru_cache(maxsize=256)
def _piled(lake, generation, name, where):
    asked = concentration.concentration(TABLE, indicator_of(name), where=where)
    return [concentration.read(row) for row in answer(cursor(lake), asked)]


def _counties(found):
    """Put together what has no county: procurements of a country, or of none."""
    counties = {}
    for code, row in found.items():
        group = code if code and len(code) == _CODE_OF_COUNTY else None
        before = counties.get(group)
        counties[group] = {name: before[name] + count for name, count in row.items()} if before else row
    return counties


@lru_cache(maxsize=4)
def _held(lake, generation):
    rows = cursor(lake).execute(_HELD).fetchall()
    found = {part: tuple(sorted(row[1] for row in rows if row[0] == part and row[1])) for part in _PARTS}
    return Held(
        newest_on=cursor(lake).execute("SELECT max(coalesce(published_on, dispatched_on)) FROM notices").fetchone()[0],
        years=tuple(int(year) for year in found["year"]),
        countries=found["country"],
        regions=tuple(sorted((row[2], row[1]) for row in rows if row[0] == "region" and row[1] and row[2])),
        buyer_kinds=found["buyer_kind"],
        divisions=found["division"],
        sources=tuple(sorted({one for sources in found["source"] for one in sources.split("+")})),
        statistics=statistics_years(cursor(lake)),
    )


@lru_cache(maxsize=4)
def _loose(lake, generation):
    connection = cursor(lake)
    uncounted = connection.execute(
        "SELECT uncounted, count(*), count(*) FILTER (declared_1) FROM procurements WHERE year IS NULL "
        "GROUP BY uncounted ORDER BY count(*) DESC, uncounted"
    ).fetchall()
    by_source = connection.execute(
        "SELECT source, count(*) FROM procurements WHERE year IS NOT NULL AND contains(source, 'uhm') "
        "GROUP BY source ORDER BY source"
    ).fetchall()
    sources = coverage.held(lake).values()
    return Loose(
        uncounted=tuple((reason, number) for reason, number, _declared in uncounted),
        declared=sum(declared for _reason, _number, declared in uncounted),
        notices=sum(source.loose.notices for source in sources),
        referring=sum(source.loose.referring for source in sources),
        statistics=sum(number for _source, number in by_source),
        joined=tuple((source, number) for source, number in by_source if source != "uhm"),
    )


_PARTS = ("year", "country", "region", "buyer_kind", "division", "source")
_HELD = """
SELECT
    CASE WHEN grouping(year) = 0 THEN 'year' WHEN grouping(region) = 0 THEN 'region'
        WHEN grouping(country) = 0 THEN 'country' WHEN grouping(buyer_kind) = 0 THEN 'buyer_kind'
        WHEN grouping(division) = 0 THEN 'division' ELSE 'source' END AS part,
    CASE WHEN grouping(region) = 0 THEN region ELSE coalesce(year, country, buyer_kind, division, source) END AS value,
    country
FROM (
    SELECT year::VARCHAR AS year, country, CASE WHEN length(region) = 5 THEN region END AS region, buyer_kind,
        left(cpv, 2) AS division, source
    FROM procurements WHERE year IS NOT NULL
)
GROUP BY GROUPING SETS ((year), (country), (country, region), (buyer_kind), (division), (source))
"""
