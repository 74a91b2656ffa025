"""The tables of the indicator pages: every number with the address of the procurements behind it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import formats
from samspel.lake.indicators import Measure
from samspel.notices import labels
from samspel.notices.indicators.counting import indicator_of, whole
from samspel.notices.indicators.form import UNKNOWN, Opened
from samspel.notices.indicators.words import NAMES, REASONS, ratio_text, said
from samspel.notices.words import BUYER_KINDS

# Written where nothing is within the base; the line under every table says what it means.
CANNOT_SAY = "–"
# No line is broken here: 2023–2026.
WORD_JOINER = "\u2060"
BASES = {
    Measure.PROCUREMENTS: gettext_lazy("of those it can judge"),
    Measure.TENDERS: gettext_lazy("of tenders"),
    Measure.WINNERS: gettext_lazy("of winners"),
    Measure.MEAN: gettext_lazy("in procurements"),
}
RATIOS = {
    Measure.PROCUREMENTS: gettext_lazy("share"),
    Measure.TENDERS: gettext_lazy("share"),
    Measure.WINNERS: gettext_lazy("share"),
    Measure.MEAN: gettext_lazy("on average"),
}
GROUPS = {
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("County"),
    "buyer_kind": gettext_lazy("Kind of buyer"),
    "cpv_division": gettext_lazy("What is bought (CPV division)"),
}
# The filter that a group is, where one clicks on its name.
_FILTERS = {"country": "countries", "region": "region", "buyer_kind": "buyer_kind", "cpv_division": "cpv"}


@dataclass(frozen=True)
class Cell:
    """A number in a table; ``is_before_break`` where it cannot be compared with the one before it, of a later year."""

    text: str
    url: str = ""
    is_before_break: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table with its heading; ``is_part`` where it explains the line above it."""

    label: Any
    cells: tuple[Cell, ...]
    url: str = ""
    is_part: bool = False
    break_words: str = ""  # instead of numbers: from here on the series is another


@dataclass(frozen=True)
class Table:
    """Headings and lines; ``left`` is how many lines are not shown."""

    headings: tuple
    rows: tuple[Row, ...]
    left: int = 0


def number_cell(name, count, opened, *, is_before_break=False):
    """Write a number, open to the procurements behind it."""
    if not count.base:
        return Cell(CANNOT_SAY, "", is_before_break)
    return Cell(formats.count(count.number), opened.url, is_before_break)


def years_across(names, series):
    """Return the table of several indicators with a column a year: number, base and share under each other.

    The newest year stands first, and years before anything can be judged are left out: a phone shows the first columns.
    """
    known = [year for name in names for year in series.known(name)]
    years = [year for year in reversed(series.years) if not known or year >= min(known)]
    rows = [row for name in names for row in _rows_across(name, series, years)]
    is_plain = all(indicator_of(name).measure is Measure.PROCUREMENTS for name in names)
    heading = _("Procurements, each counted once") if is_plain else _("Indicator")
    return Table((heading, *map(str, years)), tuple(rows))


def years_down(name, series):
    """Return the table of one indicator with a line a year, the newest first after those since the last break."""
    broken, asked = series.breaks(name), series.asked
    together = series.unbroken(name)
    rows = [_together(name, series, together)] if len(together) > 1 else []
    for year in reversed(series.years):
        rows.append(Row(str(year), _cells(name, series.count(name, year), asked.changed(year=year))))
        rows += [Row("", (), break_words=said(one.words)) for one in broken if one.year == year]
    return Table((_("Year"), *_headings(name)), tuple(rows))


def _together(name, series, years):
    asked, label = series.asked.changed(year=None), _("All years")
    if years != series.years:
        asked, label = asked.changed(first=years[0], last=years[-1]), f"{years[0]}–{WORD_JOINER}{years[-1]}"
    return Row(label, _cells(name, whole(series.found, name, years), asked))


def by_group(name, by, asked, found, *, narrowed, most=None):
    """Return the table of one indicator with a line a group, those with most first and the unknown last.

    ``narrowed`` makes the address of a question that is narrowed to a group.
    """
    known = sorted(
        ((group, row[name]) for group, row in found.items() if group is not None and row[name].base),
        key=lambda item: (-item[1].number, -item[1].base, item[0]),
    )
    shown = known[:most]
    rows = [_group_row(name, by, group, count, asked=asked, narrowed=narrowed) for group, count in shown]
    if None in found and found[None][name].base:
        rows.append(_group_row(name, by, None, found[None][name], asked=asked, narrowed=narrowed))
    return Table((GROUPS[by], *_headings(name)), tuple(rows), left=len(known) - len(shown))


def group_name(by, group):
    """Name a group in the language of the page; may be safe HTML."""
    if group is None:
        return _("No county stated") if by == "region" else _("Not stated")
    if by == "cpv_division":
        return labels.cpv(group).html
    if by == "buyer_kind":
        return BUYER_KINDS.get(group, group)
    if by == "uncounted":
        return REASONS.get(group, group)
    if by == "declared":
        return NAMES["declared"]
    if by in {"channel", "buyer"}:
        return group
    return (labels.country(group) if by == "country" else labels.place(group)) or group


def plain_name(by, group):
    """Name a group in a file, in plain text; None where its code says all there is, or nothing is known."""
    if group is None or by == "year":
        return None
    return labels.cpv(group).text if by == "cpv_division" else str(group_name(by, group))


def _headings(name):
    measure = indicator_of(name).measure
    return (NAMES[name], BASES[measure], RATIOS[measure])


def _rows_across(name, series, years):
    measure = indicator_of(name).measure
    starts = {one.year for one in series.breaks(name)}
    columns = [
        _cells(name, series.count(name, year), series.asked.changed(year=year), is_before_break=year + 1 in starts)
        for year in years
    ]
    numbers, bases, ratios = zip(*columns, strict=True)
    yield Row(NAMES[name], numbers, series.asked.changed(rule="").url("indicator-detail", name))
    yield Row(BASES[measure], bases, is_part=True)
    yield Row(RATIOS[measure], ratios, is_part=True)


def _cells(name, count, asked, *, by="", group="", is_before_break=False):
    opened = Opened(name, asked, by=by, group=group)
    base = Opened(name, asked, is_base=True, by=by, group=group)
    measure = indicator_of(name).measure
    return (
        number_cell(name, count, opened, is_before_break=is_before_break),
        Cell(formats.count(count.base), base.url if count.base else "", is_before_break),
        Cell(ratio_text(measure, count) or CANNOT_SAY, "", is_before_break),
    )


def _group_row(name, by, group, count, *, asked, narrowed):
    cells = _cells(name, count, asked, by=by, group=UNKNOWN if group is None else group)
    if group is None:
        return Row(group_name(by, None), cells)
    value = (group,) if by == "country" else group
    return Row(group_name(by, group), cells, narrowed(asked.changed(**{_FILTERS[by]: value})))
