"""Elements into values. What is withheld becomes None, what is not understood is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from math import isfinite, nan

from lxml import etree

from samspel.lake.eforms.codes import CODES, COUNTRIES, LANGUAGES
from samspel.lake.eforms.paths import Facts
from samspel.lake.notice import Deadline, Money, Text

# TED masks what is withheld before it publishes: texts and codes by this word, amounts and counts by -1.
# https://github.com/OP-TED/eforms-notice-viewer/issues/79
_WITHHELD = "unpublished"
# Kind, date and time.
_DEADLINES = (
    ("tenders", "BT-131(d)", "BT-131(t)"),
    ("requests", "BT-1311(d)", "BT-1311(t)"),
    ("interest", "BT-630(d)", "BT-630(t)"),
    ("answers", "BT-800(d)", "BT-800(t)"),
    ("questions", "BT-13(d)", "BT-13(t)"),
    ("opening", "BT-132(d)", "BT-132(t)"),
)
# Units of BT-36 in a year. The list (timeperiod) is in the singular; plurals stand in published notices.
_PER_YEAR = {"YEAR": 1, "MONTH": 12, "WEEK": 52, "DAY": 365}
_DATE_LENGTHS = (10, 11, 16)  # 2026-08-20, with Z, with +02:00


class Values:
    """Reads the values of one notice; ``unknown`` collects ``field:value`` of what could not be understood."""

    __slots__ = ("language", "unknown")

    def __init__(self, facts: Facts):
        self.unknown: set[str] = set()
        self.language: str | None = None
        if code := self.text(facts, "BT-702(a)"):
            self.language = self._language("BT-702(a)", code)

    def text(self, facts: Facts, field: str) -> str | None:
        """Return the first text that is stated."""
        for element in facts.get(field, ()):
            if text := stated(element):
                return text
        return None

    def all(self, facts: Facts, field: str) -> list[str]:
        """Return every text that is stated, in the order of the document."""
        if field not in facts:
            return []
        return [text for element in facts[field] if (text := stated(element))]

    def texts(self, facts: Facts, field: str) -> tuple[Text, ...]:
        """Return the texts with their languages, those in the notice's own language first."""
        if field not in facts:
            return ()
        texts = [
            Text(self._language(field, element.get("languageID")), text)
            for element in facts[field]
            if (text := stated(element))
        ]
        if len(texts) > 1:
            texts.sort(key=lambda text: text.language != self.language)
        return tuple(texts)

    def _language(self, field: str, code: str | None) -> str:
        if not code:
            return self.language or "und"  # ISO 639-2: undetermined
        if language := LANGUAGES.get(code):
            return language
        self.unknown.add(f"{field}:{code}")
        return code.lower()

    def code(self, facts: Facts, field: str, code_list: str | None = None) -> str | None:
        """Return the first code in lower case, known or not; of one list, where several share the element."""
        for element in facts.get(field, ()):
            if (code_list is None or element.get("listName") == code_list) and (text := stated(element)):
                return self.known(field, text)
        return None

    def known(self, field: str, text: str) -> str:
        """Return the code in lower case, and remember it where the field's list does not have it."""
        code = text.lower()
        if code not in CODES[field]:
            self.unknown.add(f"{field}:{text}")
        return code

    def yes(self, facts: Facts, field: str) -> bool | None:
        """Return what an indicator says."""
        text = self.text(facts, field)
        return None if text is None else text in ("true", "1")

    def country(self, facts: Facts, field: str) -> str | None:
        """Return a country as ISO 3166 alpha-2, which eForms writes as alpha-3."""
        code = self.text(facts, field)
        if code is None or len(code) == 2:
            return code and code.upper()
        if country := COUNTRIES.get(code.upper()):
            return country
        self.unknown.add(f"{field}:{code}")
        return code

    def money(self, facts: Facts, field: str) -> Money | None:
        """Return the first amount that is stated with its currency; -1 is an amount that is withheld."""
        for element in facts.get(field, ()):
            if (text := stated(element)) and (currency := element.get("currencyID")):
                amount = self._number(field, text)
                return None if amount is None else Money(amount, currency)
        return None

    def count(self, facts: Facts, field: str) -> int | None:
        """Return the first number; -1 is a number that is withheld."""
        text = self.text(facts, field)
        number = None if text is None else self._number(field, text)
        return None if number is None else int(number)

    def _number(self, field: str, text: str) -> float | None:
        try:
            number = float(text)
        except ValueError:
            number = nan
        if not isfinite(number):
            self.unknown.add(f"{field}:{text}")
            return None
        return None if number < 0 else number

    def day(self, facts: Facts, field: str) -> date | None:
        """Return a date without its zone. Where the notice holds two that differ, nobody can tell which is meant."""
        if field not in facts:
            return None
        text = self._one(facts, field)
        if text is None:
            return None
        try:
            return _day(text)
        except ValueError:
            self.unknown.add(f"{field}:{text}")
            return None

    def _one(self, facts: Facts, field: str) -> str | None:
        elements = facts.get(field, ())
        if len(elements) == 1:
            return stated(elements[0])
        texts = {text for element in elements if (text := stated(element))}
        if len(texts) > 1:
            self.unknown.add(f"{field}:{' '.join(sorted(texts))}")
            return None
        return texts.pop() if texts else None

    def deadlines(self, facts: Facts) -> tuple[Deadline, ...]:
        """Return the deadlines, each a date and a time that are joined."""
        return tuple(
            Deadline(kind, at)
            for kind, day, time in _DEADLINES
            if day in facts and (at := self._moment(facts, day, time))
        )

    def _moment(self, facts: Facts, day_field: str, time_field: str) -> str | None:
        day = self._one(facts, day_field)
        time = self._one(facts, time_field)
        if day is None:
            return None
        try:
            return _moment(day, time)
        except ValueError:
            self.unknown.add(f"{day_field}:{day} {time or ''}".rstrip())
            return None

    def months(self, facts: Facts, field: str) -> float | None:
        """Return a duration in months."""
        for element in facts.get(field, ()):
            if text := stated(element):
                unit = (element.get("unitCode") or "").upper().removesuffix("S").removeprefix("CALENDAR_")
                number = self._number(field, text)
                if unit not in _PER_YEAR:
                    self.unknown.add(f"{field}:{text} {unit}")
                    return None
                return None if number is None else number * 12 / _PER_YEAR[unit]
        return None


def _day(text: str) -> date:
    if len(text) not in _DATE_LENGTHS:
        raise ValueError(text)
    return date.fromisoformat(text[:10])


@lru_cache(maxsize=4096)
def _moment(day: str, time: str | None) -> str:
    """Return a date, or a date and a time with its offset; the lots of a notice mostly have the same."""
    on = _day(day).isoformat()
    if time is None:
        return on
    # A time is to the second; senders add fractions of it (12:00:00.0000000+02:00) that no deadline has.
    zone = time[8:].lstrip(".0123456789") or day[10:]
    return datetime.fromisoformat(f"{on}T{time[:8]}{zone}").isoformat()


def total(amounts: Iterable[Money | None]) -> Money | None:
    """Return the sum, where every amount is known and all are in one currency."""
    known = list(amounts)
    if not known:
        return None
    currencies = {money.currency if money else None for money in known}
    if len(currencies) != 1 or None in currencies:
        return None
    return Money(round(sum(money.amount for money in known if money), 2), currencies.pop() or "")


def stated(element: etree._Element) -> str | None:
    """Return an element's text, if it says something and is not withheld."""
    text = element.text
    if not text:
        return None
    text = text.strip()
    return text if text and text != _WITHHELD else None
