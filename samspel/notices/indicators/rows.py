"""What stands in the files of the indicator pages: the same numbers, with all that is needed to read them alone."""

from samspel.lake.rules import RULES
from samspel.notices.indicators import counting, evidence, tables
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.indicators.files import File
from samspel.notices.links import notice_url

BY = ("year", "country", "region", "buyer_kind", "cpv_division")
_RULES = {rule.name: rule for rule in RULES}
COLUMNS = ("indicator", "version", "since", "measure", "group", "name", "number", "base", "ratio", "procurements")
_PROCUREMENTS = (
    "procurement",
    "first_on",
    "year",
    "year_from",
    "title",
    "language",
    "country",
    "region",
    "buyer",
    "buyer_name",
    "buyer_kind",
    "cpv",
    "procedure",
    "source",
    "amount",
    "currency",
    "amount_is",
    "declared_1",
    "procedure_1",
    "wording_1",
    "early_dialogue_1",
    "joint_1",
    "environment_1",
    "social_1",
    "tenders",
    "tenders_sme",
    "suppliers",
    "suppliers_new",
    "notices",
)


def numbers(lake, form, by, names, made):
    """Return the file with a row for every indicator and group; an empty ratio means that it cannot be said."""
    at, address = made
    asked = form.asked
    found = counting.by_group(lake, by, asked.where_in_year, tuple(names))
    rows = count_rows(found, names, by)
    about = {
        "counted_by": by,
        "unit": "procurements, each counted once, in the year of the first competition notice, else of the result",
        "note": "base is what the indicator can judge; where it is 0 nothing can be said and the number is empty",
        **about_count(lake, asked, at),
        "address": address(asked.spelled.url()),
    }
    return File(f"indicators-by-{by}", about, COLUMNS, rows, at)


def count_rows(found, names, by):
    """Return a row for every indicator and group, as ``COLUMNS`` names its parts; the unknown group is None."""
    groups = sorted(found, key=lambda group: (group is None, group))
    called = {group: tables.plain_name(by, group) for group in groups}
    return [_row(name, group, called[group], found[group][name]) for name in names for group in groups]


def procurements(lake, form, name, made):
    """Return the file with a row for every procurement behind a number."""
    at, address = made
    opened = form.opened(name)
    found = evidence.every(lake, opened)
    rows = [
        tuple(
            [address(notice_url(key)) for key in row["keys"]] if column == "notices" else row[column]
            for column in _PROCUREMENTS
        )
        for row in found
    ]
    total = counting.total(lake, opened).procurements
    about = {
        "indicator": name,
        "version": indicator_of(name).version,
        "part": "base" if opened.is_base else "number",
        "unit": "procurements, each counted once",
        "total": total,
        "left_out": total - len(rows),
        **about_count(lake, opened.asked, at),
        "address": address(opened.url),
    }
    return File(f"procurements-{name}", about, _PROCUREMENTS, rows, at)


def about_count(lake, asked, at):
    """Return what was asked, when, and how new the notices were."""
    return {
        "filters": ", ".join(f"{name}={value}" for name, value in asked.pairs()) or "none",
        "counted_at": at.isoformat(timespec="seconds"),
        "newest_notice": counting.held(lake).newest_on,
    }


def _row(name, group, called, count):
    indicator, rule = indicator_of(name), _RULES.get(name)
    since = rule.since.isoformat() if rule else None
    number = count.number if count.base else None
    about = (name, indicator.version, since, indicator.measure.value, group, called)
    return (*about, number, count.base, count.ratio, count.procurements)
