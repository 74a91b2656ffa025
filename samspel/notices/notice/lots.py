"""A notice's lots as rows of a table: who won, how many tendered, for how much; or until when one can tender."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.lake.notice import Kind, Money, Text, Winner, in_language, known
from samspel.notices.notice import sentences
from samspel.notices.notice.deadlines import Due, acting_due
from samspel.notices.words import SHORT_SIZES, word

# A longer identifier says a reader nothing.
LONGEST_NUMBER = 8
# So many lots are shown at once; the others are one click away.
SHOWN = 30
# Lots that add up to more than the total by so little are rounded.
_ROUNDED = 1.01


@dataclass(frozen=True)
class Supplier:
    """A winner as it stands in a table: its name, its page and in a word its size."""

    name: str
    url: str
    about: str


@dataclass(frozen=True)
class Row:
    """A lot. What the notice does not state is None."""

    number: str
    title: Text | None
    description: Text | None
    suppliers: tuple[Supplier, ...]
    instead: Any  # why there is no supplier, in words
    tenders: int | None
    tenders_sme: int | None
    value: Money | None
    due: Due | None


@dataclass(frozen=True)
class Table:
    """The lots of a notice. ``columns`` are those that any lot fills: lot, suppliers, tenders, sme, value, due.

    ``description`` is what the buyer writes of every lot in the same words; then no row repeats it.
    """

    rows: tuple[Row, ...]
    columns: frozenset[str]
    suppliers: int
    tenders: int | None
    tenders_sme: int | None
    value: Money | None
    placeholders: bool  # whether amounts are left out that only stand where one must stand
    description: Text | None = None

    @property
    def several(self):
        return len(self.rows) > 1

    @property
    def has_gaps(self):
        """Whether a cell says nothing, so that the dash in it must be explained."""
        cells = [(name, row) for row in self.rows for name in self.columns & _DASHED]
        # The last line adds up the same columns, except the deadlines.
        cells += [(name, self) for name in self.columns & _DASHED - {"due"}] if self.several else []
        return not all(_COLUMNS[name](line) for name, line in cells)

    @property
    def tenders_add_up(self):
        """Whether the number of tenders is a sum over lots."""
        return "tenders" in self.columns and self.several

    @property
    def has_notes(self):
        """Whether there is anything to know before the table can be read."""
        return "value" in self.columns or self.has_gaps or self.placeholders or self.tenders_add_up

    @property
    def excess(self):
        """What the lots add up to where that is more than the notice's own total, else None."""
        stated = [row.value for row in self.rows if row.value]
        if self.value is None or {value.currency for value in stated} != {self.value.currency}:
            return None
        amount = sum(value.amount for value in stated)
        return Money(amount, self.value.currency) if amount > self.value.amount * _ROUNDED else None

    @property
    def repeats_total(self):
        """Whether every row states the total again, as a ceiling that all share."""
        return self.several and all(row.value in {None, self.value} for row in self.rows)

    @property
    def first(self):
        return self.rows[:SHOWN]

    @property
    def others(self):
        return self.rows[SHOWN:]


def table(notice):
    """Return the lots of a notice as a table, or None where a lot would only repeat the notice."""
    rows = [_row(notice, lot, place) for place, lot in enumerate(notice.lots, 1)]
    rows, description = _described(rows, notice)
    unplaced = [winner for winner in notice.winners if not _named_lots(notice, winner)]
    if unplaced and notice.lots:
        rows.append(_unplaced(unplaced))
    elif unplaced:
        rows = [_alone(winner) for winner in unplaced]
    columns = frozenset(name for name, has in _COLUMNS.items() if any(has(row) for row in rows))
    if len(rows) < 2 and not columns - {"lot", "due", "value"} and not notice.winners:
        return None
    return Table(
        tuple(rows),
        columns,
        len(_unique(notice.winners)),
        notice.tenders,
        notice.tenders_sme,
        known(_total(notice)) if rows else None,
        placeholders=any(value.is_placeholder for value in _stated(notice)),
        description=description,
    )


def text_of(texts, notice_language):
    """Return the text a reader should get: in the language of the page where it is there, else the notice's own."""
    page = (get_language() or "en").split("-")[0]
    wanted = (page, "nn", "no") if page == "nb" else (page,)
    return in_language(texts, *wanted, notice_language or "")


def _total(notice):
    return notice.awarded_value if notice.winners or is_ended(notice) else notice.estimated_value


def _stated(notice):
    values = [_total(notice), *(_value(notice, lot) for lot in notice.lots)]
    if not notice.lots:
        values += [winner.value for winner in notice.winners]
    return [value for value in values if value]


def _value(notice, lot):
    ended = lot.result is not None or is_ended(notice) or any(lot.identifier in one.lots for one in notice.winners)
    return lot.awarded_value if ended or _won_alone(notice) else lot.estimated_value


def _won_alone(notice):
    # A single lot is the one that was won, also where nobody says so.
    return len(notice.lots) == 1 and any(not winner.lots for winner in notice.winners)


def _row(notice, lot, place):
    winners = [winner for winner in notice.winners if lot.identifier in winner.lots]
    if not winners and len(notice.lots) == 1:
        winners = [winner for winner in notice.winners if not winner.lots]
    return Row(
        number=_number(lot.identifier, place) if len(notice.lots) > 1 else "",
        title=text_of(lot.title, notice.language),
        description=text_of(lot.description, notice.language),
        suppliers=tuple(_supplier(winner) for winner in _unique(winners)),
        instead=_instead(lot, notice),
        tenders=lot.tenders,
        tenders_sme=lot.tenders_sme,
        value=known(_value(notice, lot)),
        due=None if is_ended(notice) else acting_due(notice, lot),
    )


def _described(rows, notice):
    """Return the rows without a text that stands elsewhere, and the text where all rows say the same."""
    given = {text.text for text in notice.description}
    texts = {row.description for row in rows}
    shared = rows[0].description if len(rows) > 1 and len(texts) == 1 else None
    if shared or len(rows) == 1:
        return [replace(row, description=None) for row in rows], None if shared and shared.text in given else shared
    kept = [
        replace(row, description=None) if row.description and row.description.text in given else row for row in rows
    ]
    return kept, None


def _number(identifier, place):
    # "LOT-0003", "3", "1-3" of the forms before; the Swedish statistics have long identifiers of their own.
    short = identifier.removeprefix("LOT-").lstrip("0") or "0"
    return short if len(short) <= LONGEST_NUMBER else str(place)


def _instead(lot, notice):
    if lot.result is None or lot.result == "selec-w":
        return _("Not stated") if is_ended(notice) else ""
    outcome = word("BT-142", lot.result).text
    if lot.not_awarded_reason is None:
        return outcome
    reason = word("BT-144", lot.not_awarded_reason).text
    return _("%(outcome)s: %(reason)s") % {"outcome": outcome, "reason": reason}


def is_ended(notice):
    """Return whether the notice tells of what has been decided, so that its deadlines are past."""
    return notice.form_type in {"result", "cont-modif", "completion"} or notice.kind in {
        Kind.RESULT,
        Kind.INTENTION,
        Kind.COMPLETION,
    }


def _named_lots(notice, winner):
    known = {lot.identifier for lot in notice.lots}
    # A single lot is the one that was won, also where nobody says so.
    return len(notice.lots) == 1 or any(identifier in known for identifier in winner.lots)


def _unplaced(winners):
    suppliers = tuple(_supplier(winner) for winner in _unique(winners))
    return Row("", Text("", _("Lot not stated")), None, suppliers, "", None, None, None, None)


def _alone(winner: Winner):
    return Row("", None, None, (_supplier(winner),), "", None, None, known(winner.value), None)


def _supplier(winner):
    size = SHORT_SIZES.get(winner.size, winner.size or "")
    return Supplier(winner.name, sentences.party_url("supplier", winner), size)


def _unique(winners):
    return list({sentences.party_url("supplier", winner): winner for winner in winners}.values())


# Columns in which a dash stands for what is not stated.
_DASHED = frozenset({"tenders", "sme", "value", "due"})
_COLUMNS = {
    "lot": lambda row: row.number or row.title,
    "suppliers": lambda row: row.suppliers or row.instead,
    "tenders": lambda row: row.tenders is not None,
    "sme": lambda row: row.tenders_sme is not None,
    "value": lambda row: row.value is not None,
    "due": lambda row: row.due is not None,
}
