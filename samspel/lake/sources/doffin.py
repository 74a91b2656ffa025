"""Doffin, Norway's national notice database: listed by its public search API, fetched one by one as eForms XML.

Its oddities decide the shape of this file: unknown parameters are ignored silently and everything is returned, a query
reaches at most 1,000 hits, pages overlap, and about 30 quick requests are answered before it asks for a pause.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from samspel.lake.sources import Document, Listing, Missed, Stopped
from samspel.lake.sources.polite import USER_AGENT, Answer, Limits, Polite, Time
from samspel.lake.sources.ted import checked_xml

API = "https://api.doffin.no/public/v2"
LIMITS = Limits(per_minute=120, at_once=1, attempts=8)

# The values of `type`; two of them name groups of others, so they overlap. A notice of a type unknown here would be
# missed on a day with more than 1,000 notices, and the day then counts as not whole.
TYPES = (
    "ADVISORY_NOTICE",
    "ANNOUNCEMENT_OF_COMPETITION",
    "ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT",
    "ANNOUNCEMENT_OF_INTENT",
    "CANCELLED_OR_MISSING_CONCLUSION_OF_CONTRACT",
    "CHANGE_OF_CONCLUSION_OF_CONTRACT",
    "COMPETITION",
    "DYNAMIC_PURCHASING_SCHEME",
    "NOTICE_ON_BUYER_PROFILE",
    "PLANNING",
    "PRE_ANNOUNCEMENT",
    "QUALIFICATION_SCHEME",
    "RESULT",
)

Days = dict[str, date]


class Doffin:
    """The source Doffin. Its days are the days of issue, some days before a notice is public: lists grow for weeks."""

    name = "doffin"

    def __init__(
        self,
        key: str,
        *,
        base_url: str = API,
        limits: Limits = LIMITS,
        hits_per_page: int = 100,
        reachable: int = 1_000,
        sort_by: str = "PUBLICATION_DATE_ASC",
        types: Sequence[str] = TYPES,
        passes: int = 3,
        settles: int = 14,
        user_agent: str = USER_AGENT,
        time: Time | None = None,
    ) -> None:
        """Take the subscription key, which is free on registration, and set what the source allows.

        ``reachable`` hits per query; a query whose pages overlap is listed up to ``passes`` times.
        """
        if not key:
            raise Stopped("Doffin needs a key. Register for its public API, which is free, and set DOFFIN_KEY.")
        self.settles = settles
        self._url = base_url.rstrip("/")
        self._per_page = hits_per_page
        self._reachable = reachable
        self._sort_by = sort_by
        self._types = tuple(types)
        self._passes = passes
        self._everything: int | None = None
        headers = {"Ocp-Apim-Subscription-Key": key}
        self._http = Polite(
            [httpx.URL(base_url).host], limits=limits, headers=headers, user_agent=user_agent, time=time
        )

    def listings(self, since: date, until: date, countries: Sequence[str]) -> Iterator[Listing]:
        """Return what was issued day by day."""
        if others := sorted(set(countries) - {"NO"}):
            raise Stopped(f"Doffin has Norwegian notices only, none from {', '.join(others)}.")
        for start, end, found, is_whole in self._spans(since, until):
            for day in (start + timedelta(days=n) for n in range((end - start).days + 1)):
                numbers = sorted(number for number, issued_on in found.items() if issued_on == day)
                documents = tuple(Document(number, f"{self._url}/download/{number}") for number in numbers)
                yield Listing(day, documents, is_whole)

    def fetch(self, documents: Sequence[Document], scratch: Path) -> Iterator[tuple[Document, bytes | Missed]]:
        """Return each document's eForms XML, one request each."""
        return self._http.together(self._one, documents)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _spans(self, since: date, until: date) -> Iterator[tuple[date, date, Days, bool]]:
        """Halve the span until each part can be reached; a single day that cannot is split by type."""
        first = self._page(_dates(since, until), 1)
        total = self._total(first, since, until)
        if total <= self._reachable:
            found = self._list(_dates(since, until), since, until)
            yield since, until, found, len(found) >= total
        elif since < until:
            middle = since + (until - since) // 2
            yield from self._spans(since, middle)
            yield from self._spans(middle + timedelta(days=1), until)
        else:
            found = {}
            for kind in self._types:
                found |= self._list({**_dates(since, until), "type": kind}, since, until)
            yield since, until, found, len(found) >= total

    def _total(self, page: Mapping[str, Any], since: date, until: date) -> int:
        """Return the number of hits, after making sure that the dates were understood."""
        total = _whole_number(page, "numHitsTotal")
        if self._everything is None:
            self._everything = _whole_number(self._page({}, 1), "numHitsTotal")
        if total and total >= self._everything and not self._holds_all(since, until):
            raise Stopped(
                f"Doffin ignored the dates {since} to {until} and answered with all its {total} notices. "
                "Its search parameters may have changed; nothing was fetched."
            )
        return total

    def _holds_all(self, since: date, until: date) -> bool:
        """Whether every notice there is was issued in the span: then none are issued before or after it."""
        oldest = date(2000, 1, 1)
        before = self._page(_dates(oldest, since - timedelta(days=1)), 1)
        after = self._page(_dates(until + timedelta(days=1), date(2100, 1, 1)), 1)
        return _whole_number(before, "numHitsTotal") == _whole_number(after, "numHitsTotal") == 0

    def _list(self, params: Mapping[str, str], since: date, until: date) -> Days:
        """Return the hits' numbers and days of issue; pages overlap, so a short list is listed again."""
        found: Days = {}
        for _ in range(self._passes):
            page = 1
            answer = self._page(params, page)
            total = min(_whole_number(answer, "numHitsTotal"), self._reachable)
            while _take(answer, since, until, found) and page * self._per_page < total:
                page += 1
                answer = self._page(params, page)
            if len(found) >= total:
                break
        return found

    def _page(self, params: Mapping[str, str], page: int) -> dict[str, Any]:
        asked = {**params, "numHitsPerPage": str(self._per_page), "page": str(page), "sortBy": self._sort_by}
        try:
            answer = self._http.get(f"{self._url}/search", asked)
        except Missed as missed:
            raise Stopped(f"Doffin's search cannot be used now: {missed}. Run it again later.") from missed
        _refuse(answer)
        try:
            # Descriptions hold raw control characters, which strict JSON does not allow.
            found = json.loads(answer.body, strict=False)
        except ValueError as error:
            raise Stopped("Doffin's search answered with something that is not JSON.") from error
        if not isinstance(found, dict) or not isinstance(found.get("hits"), list):
            raise Stopped("Doffin's search answered with JSON of another form than documented.")
        return found

    def _one(self, document: Document) -> bytes:
        answer = self._http.get(document.address)
        if answer.status in {401, 403}:
            _refuse(answer)
        if answer.status != 200:
            raise Missed(f"Doffin answered with status {answer.status}")
        return checked_xml(answer.body)


def _dates(since: date, until: date) -> dict[str, str]:
    return {"issueDateFrom": since.isoformat(), "issueDateTo": until.isoformat()}


def _refuse(answer: Answer) -> None:
    if answer.status in {401, 403}:
        raise Stopped("Doffin does not accept the key. Check DOFFIN_KEY, and that its subscription is active.")
    if answer.status == 404 and not answer.body:
        raise Stopped("Doffin's search answered with an empty 404, as it does when it does not know the sort order.")
    if answer.status != 200:
        said = answer.body[:300].decode(errors="replace")
        raise Stopped(f"Doffin's search answered with status {answer.status}: {said}")


def _whole_number(page: Mapping[str, Any], name: str) -> int:
    value = page.get(name)
    if not isinstance(value, int):
        raise Stopped(f"Doffin's search answered without {name}; its form may have changed.")
    return value


def _take(page: Mapping[str, Any], since: date, until: date, found: Days) -> int:
    """Add the page's hits, return how many it had."""
    for hit in page["hits"]:
        number, stated = str(hit.get("id") or ""), str(hit.get("issueDate") or hit.get("publicationDate") or "")
        if not number or "/" in number:
            raise Stopped("Doffin's search listed a notice without a number; its form may have changed.")
        found[number] = _within(stated, since, until)
    return len(page["hits"])


def _within(stated: str, since: date, until: date) -> date:
    """Return the day of issue in Norway; issueDate is in UTC, and a moment near midnight is taken into the span."""
    try:
        moment = datetime.fromisoformat(stated)
        day = moment.astimezone(ZoneInfo("Europe/Oslo")).date() if moment.tzinfo else moment.date()
    except ValueError as error:
        raise Stopped(f"Doffin's search listed a notice without a day of issue ({stated}).") from error
    slack = timedelta(days=1)
    if not since - slack <= day <= until + slack:
        raise Stopped(
            f"Doffin was asked for {since} to {until} and listed a notice issued on {day}. "
            "Its search parameters may have changed; nothing was fetched."
        )
    return min(max(day, since), until)
