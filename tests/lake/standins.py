"""TED and Doffin on the loopback: they keep the protocol, and misbehave when told to, in the ways the real ones do."""

import gzip
import io
import json
import tarfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from samspel.lake.sources.polite import Time

XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<ContractNotice><ID>%s</ID></ContractNotice>'


def xml(number: str) -> bytes:
    return XML % number.encode()


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.elapsed += seconds

    def now(self) -> datetime:
        return datetime(2026, 9, 1, 12, tzinfo=UTC) + timedelta(seconds=self.elapsed)

    @property
    def time(self) -> Time:
        return Time(monotonic=lambda: self.elapsed, sleep=self.sleep, now=self.now, jitter=lambda: 1.0)


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    breaks_off: bool = False  # half the body, then the connection is dropped
    delay: float = 0.0  # seconds before the first byte
    drip: float = 0.0  # seconds between bytes


class StandIn:
    """An HTTP server in a thread. ``troubles`` maps a path to the replies it gives before it behaves."""

    def __init__(self) -> None:
        self.troubles: dict[str, list[Reply]] = {}
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(poll_interval=0.01), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def count(self, start: str) -> int:
        return sum(path.startswith(start) for path in self.requests)

    def repeated(self, start: str) -> list[str]:
        return [path for path, n in Counter(p for p in self.requests if p.startswith(start)).items() if n > 1]

    def answer(self, path: str, asked: dict[str, Any], headers: dict[str, str]) -> Reply:
        raise NotImplementedError

    def _reply(self, path: str, asked: dict[str, Any], headers: dict[str, str]) -> Reply:
        with self._lock:
            self.requests.append(path)
            self.headers.append(headers)
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
            trouble = self.troubles.get(path) or []
            reply = trouble.pop(0) if trouble else self.answer(path, asked, headers)
        time.sleep(reply.delay)
        with self._lock:
            self.at_once -= 1
        return reply

    def _handler(self):
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # headers and body in one packet: two would wait for each other

            def do_GET(self):
                parts = urlsplit(self.path)
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                self._send(stand_in._reply(parts.path, query, dict(self.headers)))

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(stand_in._reply(self.path, body, dict(self.headers)))

            def _send(self, reply):
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self._write(reply)
                except OSError:
                    self.close_connection = True  # the client went away

            def _write(self, reply):
                if reply.drip:
                    for n in range(len(reply.body)):
                        self.wfile.write(reply.body[n : n + 1])
                        self.wfile.flush()
                        time.sleep(reply.drip)
                elif reply.breaks_off:
                    self.wfile.write(reply.body[: len(reply.body) // 2])
                    self.close_connection = True
                else:
                    self.wfile.write(reply.body)

            def log_message(self, *_):
                pass

        return Handler


class TedStandIn(StandIn):
    """TED. ``notices`` maps publication numbers to (day, country in three letters)."""

    def __init__(self, notices: dict[str, tuple[date, str]]) -> None:
        super().__init__()
        self.notices = notices
        self.bodies: list[dict[str, Any]] = []
        self.timed_out = 0  # answers that say so before one that does not
        self.hides = 0  # notices counted but never listed
        self.has_packages = True
        self.link_host: str | None = None

    def answer(self, path, asked, headers):
        if path == "/v3/notices/search":
            return self._search(asked)
        if path.startswith("/packages/daily/"):
            return self._package(path)
        number = path.split("/")[3] if path.startswith("/en/notice/") else None
        return Reply(body=xml(number)) if number in self.notices else Reply(404)

    def issue(self, day: date) -> int:
        return day.timetuple().tm_yday

    def _search(self, asked):
        self.bodies.append(asked)
        if not asked["fields"]:
            return Reply(400, b'{"message":"fields must not be empty"}')
        if asked["paginationMode"] == "PAGE_NUMBER" and asked["page"] * asked["limit"] > 15_000:
            return Reply(400, b'{"message":"page x limit must not exceed 15000"}')
        if self.timed_out:
            self.timed_out -= 1
            return Reply(body=json.dumps({"notices": [], "totalNoticeCount": 0, "timedOut": True}).encode())
        found = self._found(asked["query"])
        shown = found[: len(found) - self.hides]
        start = int(asked.get("iterationNextToken") or 0) or (asked.get("page", 1) - 1) * asked["limit"]
        page = shown[start : start + asked["limit"]]
        token = str(start + len(page)) if asked["paginationMode"] == "ITERATION" else None
        answer = {"notices": page, "totalNoticeCount": len(found), "iterationNextToken": token, "timedOut": False}
        return Reply(body=json.dumps(answer).encode())

    def _found(self, query):
        countries = query.split("IN (")[1].split(")")[0].split() if "IN (" in query else None
        since, until = query.split("PD>=")[1][:8], query.split("PD<=")[1][:8]
        return [
            {
                "publication-number": number,
                "publication-date": f"{day}+02:00",
                "ojs-number": f"{self.issue(day)}/{day.year}",
                "links": {"xml": {"MUL": f"{self.link_host or self.url}/en/notice/{number}/xml"}},
            }
            for number, (day, country) in sorted(self.notices.items())
            if since <= f"{day:%Y%m%d}" <= until and (countries is None or country in countries)
        ]

    def _package(self, path):
        if not self.has_packages:
            return Reply(404)
        year, issue = int(path[-9:-5]), int(path[-5:])
        numbers = [n for n, (day, _) in self.notices.items() if (day.year, self.issue(day)) == (year, issue)]
        return Reply(body=package(f"{year}{issue:05d}", {f"{name(n)}.xml": xml(n) for n in numbers}))


def name(number: str) -> str:
    serial, year = number.split("-")
    return f"{int(serial):08d}_{year}"


def package(folder: str, files: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w") as tar:
        for file, body in files.items():
            member = tarfile.TarInfo(f"{folder}/{file}")
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return gzip.compress(memory.getvalue(), 1)


class DoffinStandIn(StandIn):
    """Doffin. ``notices`` maps numbers to (day of issue, type)."""

    known = frozenset({"numHitsPerPage", "page", "sortBy", "type", "issueDateFrom", "issueDateTo"})

    def __init__(self, notices: dict[str, tuple[date, str]], *, reachable: int = 1000) -> None:
        super().__init__()
        self.notices = notices
        self.reachable = reachable
        self.key = "a-key"
        self.silent: frozenset[str] = frozenset()  # parameters it has forgotten, and ignores
        self.quick = 0  # requests until a 429; 0 for no limit
        self.retry_after = "10"
        self._served = 0

    def answer(self, path, asked, headers):
        if headers.get("Ocp-Apim-Subscription-Key") != self.key:
            return Reply(401, b'{"message":"Access denied due to invalid subscription key."}')
        self._served += 1
        if self.quick and self._served > self.quick:
            self._served = 0
            return Reply(429, b"", {"Retry-After": self.retry_after})
        if path.startswith("/download/"):
            number = path.rpartition("/")[2]
            return Reply(body=xml(number)) if number in self.notices else Reply(404)
        return self._search({name: value for name, value in asked.items() if name in self.known - self.silent})

    def _search(self, asked):
        if asked.get("sortBy", "PUBLICATION_DATE_ASC") != "PUBLICATION_DATE_ASC":
            return Reply(404)
        found = [
            {"id": number, "issueDate": f"{day}T09:30:00Z", "type": kind, "heading": "a\u0001b"}
            for number, (day, kind) in sorted(self.notices.items(), key=lambda pair: (pair[1][0], pair[0]))
            if asked.get("issueDateFrom", "") <= day.isoformat() <= asked.get("issueDateTo", "9")
            and asked.get("type", kind) == kind
        ]
        start = (int(asked["page"]) - 1) * int(asked["numHitsPerPage"])
        hits = found[: self.reachable][start : start + int(asked["numHitsPerPage"])]
        answer = {"numHitsTotal": len(found), "numHitsAccessible": min(len(found), self.reachable), "hits": hits}
        return Reply(body=json.dumps(answer).replace("\\u0001", "\u0001").encode())
