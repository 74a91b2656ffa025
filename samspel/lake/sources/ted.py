"""Tenders Electronic Daily: the European Union's notices, listed by its search API, fetched by link or by package.

Search: https://docs.ted.europa.eu/reuse/search-api.html. Packages: one tar.gz per issue of the Official Journal S, with
one folder and one XML file per notice. At most 3 downloads at once and 700 requests a minute are allowed.
"""

from __future__ import annotations

import json
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from samspel.lake.sources import Document, Listing, Missed, Stopped
from samspel.lake.sources.polite import USER_AGENT, Answer, Limits, Polite, Time

SEARCH = "https://api.ted.europa.eu"
SITE = "https://ted.europa.eu"
LIMITS = Limits(per_minute=600, at_once=3)

# The search asks for ISO 3166 alpha-3: the EU, the EEA, and the others that publish in TED.
ALPHA_3: Mapping[str, str] = dict(
    re.findall(
        r"(\w\w):(\w{3})",
        "AL:ALB AT:AUT BA:BIH BE:BEL BG:BGR CH:CHE CY:CYP CZ:CZE DE:DEU DK:DNK EE:EST ES:ESP FI:FIN FR:FRA GB:GBR "
        "GR:GRC HR:HRV HU:HUN IE:IRL IS:ISL IT:ITA LI:LIE LT:LTU LU:LUX LV:LVA MD:MDA ME:MNE MK:MKD MT:MLT NL:NLD "
        "NO:NOR PL:POL PT:PRT RO:ROU RS:SRB SE:SWE SI:SVN SK:SVK TR:TUR UA:UKR",
    )
)
NUMBER = re.compile(r"0*(\d{1,9})[-_](\d{4})")


class Ted:
    """The source TED."""

    name = "ted"

    def __init__(
        self,
        *,
        base_url: str = SEARCH,
        packages_url: str = SITE,
        limits: Limits = LIMITS,
        page_limit: int = 250,
        pages_limit: int = 15_000,
        package_from: int = 1_000,
        fields: Sequence[str] = ("publication-number", "publication-date", "ojs-number", "links"),
        passes: int = 3,
        starts: date = date(2016, 7, 1),
        settles: int = 3,
        user_agent: str = USER_AGENT,
        time: Time | None = None,
    ) -> None:
        """Set what the source allows.

        ``page_limit`` notices per answer; ``pages_limit`` notices reachable by page number, beyond that by token;
        ``package_from`` wanted notices of one issue on, its package is fetched instead of single files; a span that
        lists fewer notices than announced is listed up to ``passes`` times; the search ``starts`` in July 2016.
        """
        self.settles = settles
        self._search_url = f"{base_url.rstrip('/')}/v3/notices/search"
        self._site = packages_url.rstrip("/")
        self._page_limit = page_limit
        self._pages_limit = pages_limit
        self._package_from = package_from
        self._fields = tuple(fields)
        self._passes = passes
        self._starts = starts
        self._attempts = limits.attempts
        hosts = [httpx.URL(base_url).host, httpx.URL(packages_url).host]
        self._http = Polite(hosts, limits=limits, user_agent=user_agent, time=time)
        self._pause = (time or Time()).sleep

    def listings(self, since: date, until: date, countries: Sequence[str]) -> Iterator[Listing]:
        """Return what TED published day by day; countries are ISO 3166 alpha-2, none means all."""
        if since < self._starts:
            raise Stopped(
                f"TED's search starts on {self._starts}. Download what is older as monthly packages, as "
                f"{self._site}/packages/monthly/{since:%Y}-{since.month}, and load them: samspel notices load FILE"
            )
        query = f"{_buyers(countries)}PD>={since:%Y%m%d} AND PD<={until:%Y%m%d} SORT BY PD ASC"
        found: dict[str, tuple[date, Document]] = {}
        for _ in range(self._passes):
            announced = self._list(query, found)
            if len(found) >= announced:
                break
        if strays := [day for day, _ in found.values() if not since <= day <= until]:
            raise Stopped(
                f"TED was asked for {since} to {until} and listed a notice of {strays[0]}; nothing was fetched."
            )
        # Pages of a list that is sorted by day only can overlap, and what is shown twice hides something else.
        is_whole = len(found) >= announced
        for day in (since + timedelta(days=n) for n in range((until - since).days + 1)):
            documents = (document for published_on, document in found.values() if published_on == day)
            yield Listing(day, tuple(sorted(documents, key=lambda document: document.identifier)), is_whole)

    def fetch(self, documents: Sequence[Document], scratch: Path) -> Iterator[tuple[Document, bytes | Missed]]:
        """Return the documents' XML: from the package of an issue where most of it is wanted, else one by one."""
        left = {document.identifier: document for document in documents}
        for package in sorted({document.package for document in documents if document.package}):
            wanted = {number: document for number, document in left.items() if document.package == package}
            if len(wanted) >= self._package_from:
                for number, xml in self._unpack(package, wanted, scratch):
                    yield left.pop(number), xml
        yield from self._http.together(self._one, tuple(left.values()))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _list(self, query: str, found: dict[str, tuple[date, Document]]) -> int:
        """Add what the query finds, return how many notices TED announces."""
        body = {"query": query, "fields": self._fields, "limit": self._page_limit, "scope": "ALL"}
        answer = self._ask(body | {"paginationMode": "PAGE_NUMBER", "page": 1})
        announced = _whole_number(answer, "totalNoticeCount")
        if announced > self._pages_limit:
            self._iterate(body, announced, found)
            return announced
        page = 1
        while self._take(answer, found) and page * self._page_limit < announced:
            page += 1
            answer = self._ask(body | {"paginationMode": "PAGE_NUMBER", "page": page})
        return announced

    def _iterate(self, body: dict[str, Any], announced: int, found: dict[str, tuple[date, Document]]) -> None:
        # The token may still be given after the last notice, and may stay the same: the numbers say when it is enough.
        mode: dict[str, Any] = {"paginationMode": "ITERATION"}
        for _ in range(-(-announced // self._page_limit) + 1):
            answer = self._ask(body | mode)
            token = answer.get("iterationNextToken")
            if not self._take(answer, found) or not token:
                return
            mode["iterationNextToken"] = token

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        for attempt in range(self._attempts):
            try:
                answer = self._http.post(self._search_url, body)
            except Missed as missed:
                raise Stopped(f"TED's search cannot be used now: {missed}. Run it again later.") from missed
            if answer.status == 202:
                raise _challenge(f"{self._site}, the daily packages")
            page = _page(answer)
            if not page.get("timedOut"):
                return page
            self._pause(2.0**attempt)
        raise Stopped(f"TED's search ran out of time {self._attempts} times. Ask for fewer days or run it again later.")

    def _take(self, answer: dict[str, Any], found: dict[str, tuple[date, Document]]) -> int:
        notices = answer.get("notices")
        if not isinstance(notices, list):
            raise Stopped("TED's search answered without a list of notices; its form may have changed.")
        for notice in notices:
            number = _number(str(_first(notice.get("publication-number"))))
            found[number] = (_day(notice), Document(number, self._link(notice, number), self._package(notice)))
        return len(notices)

    def _link(self, notice: Mapping[str, Any], number: str) -> str:
        links = (notice.get("links") or {}).get("xml") or {}
        link = links.get("MUL") or next(iter(links.values()), None)
        return str(link) if link else f"{self._site}/en/notice/{number}/xml"

    def _package(self, notice: Mapping[str, Any]) -> str | None:
        issue = re.fullmatch(r"(\d{1,5})/(\d{4})", str(_first(notice.get("ojs-number"))))
        return f"{self._site}/packages/daily/{issue[2]}{int(issue[1]):05d}" if issue else None

    def _one(self, document: Document) -> bytes:
        answer = self._http.get(document.address)
        if answer.status == 202:
            raise _challenge(document.package or document.address)
        if answer.status != 200:
            raise Missed(f"TED answered with status {answer.status}")
        return checked_xml(answer.body)

    def _unpack(self, package: str, wanted: Mapping[str, Document], scratch: Path) -> Iterator[tuple[str, bytes]]:
        path = scratch / f"{package.rpartition('/')[2]}.tar.gz"
        try:
            answer = self._http.save(package, path)
            if answer.status == 202:
                raise _challenge(package)
            if answer.status == 200:
                yield from _members(path, wanted)
        except Missed:
            return  # what the package does not give is fetched one by one
        finally:
            path.unlink(missing_ok=True)


def checked_xml(body: bytes) -> bytes:
    """Return the body if it can be an XML document; a web page in its place, or nothing, is ``Missed``."""
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise Missed("the answer was empty")
    if start.startswith((b"<!doctype html", b"<html")):
        raise Missed("the answer was a web page, not XML")
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        raise Missed("the answer was not XML")
    return body


def _buyers(countries: Sequence[str]) -> str:
    if not countries:
        return ""
    if unknown := sorted(set(countries) - set(ALPHA_3)):
        raise Stopped(f"TED has no country {', '.join(unknown)}; countries have two letters, as in NO,SE.")
    return f"buyer-country IN ({' '.join(ALPHA_3[country] for country in sorted(set(countries)))}) AND "


def _page(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        said = answer.body[:300].decode(errors="replace")
        raise Stopped(f"TED's search answered with status {answer.status}: {said}")
    try:
        page = json.loads(answer.body)
    except ValueError as error:
        raise Stopped("TED's search answered with something that is not JSON.") from error
    if not isinstance(page, dict):
        raise Stopped("TED's search answered with JSON of another form than documented.")
    return page


def _challenge(what: str) -> Stopped:
    """Say what a person can do where TED asks whether we are a robot (a 202 without a body). We are, and say so."""
    return Stopped(
        f"TED asks for a person in a browser. Download this in your browser: {what}. "
        "Then load the file: samspel notices load FILE"
    )


def _whole_number(answer: Mapping[str, Any], name: str) -> int:
    value = answer.get(name)
    if not isinstance(value, int):
        raise Stopped(f"TED's search answered without {name}; its form may have changed.")
    return value


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value


def _number(text: str) -> str:
    match = NUMBER.search(text)
    if not match:
        raise Stopped(f"TED's search listed a notice without a publication number ({text}).")
    return f"{match[1]}-{match[2]}"


def _day(notice: Mapping[str, Any]) -> date:
    text = str(_first(notice.get("publication-date")))
    try:
        return date.fromisoformat(text[:10])  # 2026-08-03+02:00
    except ValueError as error:
        raise Stopped(f"TED's search listed a notice without a publication date ({text}).") from error


def _members(path: Path, wanted: Mapping[str, Document]) -> Iterator[tuple[str, bytes]]:
    """Read the wanted notices of a package as it streams; a package that breaks off gives what came before."""
    with path.open("rb") as file:
        try:
            with tarfile.open(fileobj=file, mode="r|*") as package:
                yield from _wanted(package, wanted)
        except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
            raise Missed("the package is damaged") from error


def _wanted(
    package: tarfile.TarFile, wanted: Mapping[str, Document], largest: int = LIMITS.largest_answer
) -> Iterator[tuple[str, bytes]]:
    given = set()
    for member in package:
        match = NUMBER.search(member.name.rpartition("/")[2])
        number = f"{match[1]}-{match[2]}" if match else ""
        if number not in wanted or number in given or not member.isfile() or member.size > largest:
            continue
        file = package.extractfile(member)
        assert file is not None  # a regular file has content
        try:
            xml = checked_xml(file.read())
        except Missed:
            continue
        given.add(number)
        yield number, xml
