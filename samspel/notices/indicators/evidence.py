"""The procurements behind a number: what they are, where their notices stand, and why each of them counts."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kit import formats
from samspel.lake.indicators import answer
from samspel.lake.rules import RULES, rule_named
from samspel.notices import labels
from samspel.notices.indicators import counting
from samspel.notices.links import notice_url
from samspel.notices.notice import marks
from samspel.notices.published import kind_and_day
from samspel.notices.words import NATIONAL_MARKS, SOURCE_NAMES

# A procurement with more notices than this shows the first and says how many there are.
MOST_NOTICES = 6
# A file is made in memory; whoever needs more narrows the count.
MOST_ROWS = 100_000
_RULES = frozenset(rule.name for rule in RULES)
# What a mark's heading is, by rule.
_HEADINGS = {"declared": 0, "environment": 1, "social": 2}


@dataclass(frozen=True)
class NoticeLink:
    """A notice of a procurement."""

    url: str
    words: str


@dataclass(frozen=True)
class Item:
    """A procurement in the list; ``why`` says what makes it count."""

    procurement: str
    title: str
    language: str
    at: date | None
    buyer: str
    buyer_key: str
    place: str
    value: str
    why: tuple[str, ...]
    notices: tuple[NoticeLink, ...]
    more_notices: int

    @property
    def url(self):
        """The newest of its notices."""
        return self.notices[-1].url if self.notices else ""


def page(lake, opened, *, start, size):
    """Return so many of the procurements behind a number, newest first."""
    listed = answer(counting.cursor(lake), counting.procurements(opened).limit(size, offset=start))
    names = [row["procurement"] for row in listed]
    if not names:
        return []
    details = {row["procurement"]: row for row in _rows(lake, _DETAILS, names)}
    members = _rows(lake, _MEMBERS, names)
    read = _read(lake, opened, members)
    return [_item(opened, {**row, **details[row["procurement"]]}, members, read) for row in listed]


def every(lake, opened):
    """Return the procurements behind a number as rows for a file, newest first, at most ``MOST_ROWS``."""
    listed = answer(counting.cursor(lake), counting.procurements(opened).limit(MOST_ROWS))
    names = [row["procurement"] for row in listed]
    details = {row["procurement"]: row for row in _rows(lake, _DETAILS, names)}
    keys = {}
    for member in _rows(lake, _MEMBERS, names):
        keys.setdefault(member["procurement"], []).append(member["key"])
    return [{**row, **details[row["procurement"]], "keys": keys.get(row["procurement"], [])} for row in listed]


def _rows(lake, query, names):
    found = counting.cursor(lake).execute(query, {"names": names})
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _read(lake, opened, members):
    """Read the notices that a rule looked at; other indicators say it all in their numbers."""
    if opened.indicator not in _RULES or opened.is_base:
        return {}
    keys = [member["key"] for member in members if not member["replaced"]]
    return {notice.key: notice for notice in lake.notices(keys)}


def _item(opened, row, members, read):
    own = [member for member in members if member["procurement"] == row["procurement"]]
    return Item(
        procurement=row["procurement"],
        title=row["title"] or _("A procurement without a title"),
        language=row["language"] or "",
        at=row["first_on"],
        buyer=row["buyer_name"] or "",
        buyer_key=row["buyer"] or "",
        place=_place(row),
        value=_value(row),
        why=_why(opened, row, own, read),
        notices=tuple(_link(member) for member in own[:MOST_NOTICES]),
        more_notices=len(own) - MOST_NOTICES,
    )


def _place(row):
    """Name the buyer's county and country."""
    country = labels.country(row["country"]) or row["country"] or ""
    county = labels.place(row["region"]) if row["region"] else ""
    return ", ".join(dict.fromkeys(one for one in (county, country) if one))


def _value(row):
    if not row["amount"] or not row["currency"]:
        return ""
    amount = formats.money(row["amount"], row["currency"])
    return amount if row["amount_is"] == "awarded" else _("estimated %(amount)s") % {"amount": amount}


def _link(member):
    source = member["key"].split("/")[0]
    kind = marks.word("kind", member["kind"]).text if member["kind"] else ""
    day = formats.day(member["seen_on"]) if member["seen_on"] else _("no date")
    dated = kind_and_day(source, member["kind"], kind, day)
    return NoticeLink(notice_url(member["key"]), f"{SOURCE_NAMES.get(source, '')}: {dated}".removeprefix(": "))


def _why(opened, row, members, read):
    name = opened.indicator
    if name in _RULES:
        notices = [read[member["key"]] for member in members if member["key"] in read]
        return tuple(dict.fromkeys(why for notice in notices for why in _why_notice(name, notice)))
    return tuple(_WHY[name](row, members)) if name in _WHY else ()


def _why_notice(name, notice):
    """Yield in words which mark, procedure or words of a notice the rule counts."""
    if not rule_named(name).test(notice):
        return
    if name in _HEADINGS:
        group = marks.mark_groups(notice)[_HEADINGS[name]]
        for word in group.words:
            # The national marks are whole words of their own: "Marked as innovation".
            yield f"{word.text}." if word.code in NATIONAL_MARKS else _("Marked: %(mark)s.") % {"mark": word.text}
        return
    yield str(marks._WHY[name](notice, True))


def _why_dialogue(row, members):
    first = next((one for one in members if one["stage"] == "planning" and one["seen_on"]), None)
    if row["early_dialogue_1"] and first:
        words = _("%(kind)s announced %(day)s, before the competition.")
        yield words % {"kind": marks.word("kind", first["kind"]).text, "day": formats.day(first["seen_on"])}


def _why_tenders(row, members):
    yield f"{tenders_in_words(row['tenders'])}."


def _why_sme(row, members):
    words = _("%(tenders)s, %(number)s of them from small and medium-sized companies.")
    yield words % {"tenders": tenders_in_words(row["tenders"]), "number": formats.count(row["tenders_sme"])}


def _why_new(row, members):
    words = ngettext("%(new)s of %(all)s winner is new.", "%(new)s of %(all)s winners are new.", row["suppliers"])
    yield words % {"new": formats.count(row["suppliers_new"]), "all": formats.count(row["suppliers"])}


def tenders_in_words(number):
    """Write how many tenders there are."""
    return ngettext("%(number)s tender", "%(number)s tenders", number) % {"number": formats.count(number)}


_WHY = {
    "early_dialogue": _why_dialogue,
    "tenders": _why_tenders,
    "single_tender": _why_tenders,
    "sme_share": _why_sme,
    "new_suppliers": _why_new,
}

_DETAILS = """
SELECT procurement, language, procedure, cancelled,
    CASE WHEN awarded_value IS NOT NULL THEN 'awarded' WHEN estimated_value IS NOT NULL THEN 'estimated' END
        AS amount_is,
    coalesce(awarded_value, estimated_value).amount AS amount,
    coalesce(awarded_value, estimated_value).currency AS currency
FROM procurements WHERE procurement IN (SELECT unnest($names))
"""

_MEMBERS = """
SELECT procurement, key, kind, stage, seen_on, replaced FROM members
WHERE procurement IN (SELECT unnest($names)) ORDER BY procurement, seen_on, key
"""
