"""An HTTP client that behaves: never faster than agreed, waits when asked to, gives up rather than insist."""

from __future__ import annotations

import random
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

import httpx

from samspel.lake.sources import Missed, Stopped

USER_AGENT = "Samspel (open hub for public procurement notices)"
REDIRECTS = 5
LONGEST_NAP = 1.0  # seconds; a pause is slept in naps, so that a run can be interrupted

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a source asks of those who fetch from it, and what the hub can take."""

    per_minute: int = 600  # requests, spread evenly
    at_once: int = 3  # requests under way
    attempts: int = 5  # for one request, the first included
    longest_wait: float = 300.0  # seconds a Retry-After may ask for before we stop instead
    first_pause: float = 1.0  # seconds before the second attempt, doubled for each further one
    silence: float = 30.0  # seconds without a byte
    longest_answer: float = 300.0  # seconds for one whole answer
    largest_answer: int = 64 * 1024 * 1024  # bytes of one answer kept in memory
    largest_file: int = 2 * 1024 * 1024 * 1024  # bytes of one answer saved to disk


@dataclass(frozen=True, slots=True)
class Time:
    """The clock, as an argument: tests pass one that never waits."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    jitter: Callable[[], float] = random.random  # from 0 to 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered."""

    status: int
    body: bytes
    address: str


class _Again(Exception):
    """This attempt failed, the next may not."""

    def __init__(self, why: str, pause: float | None = None) -> None:
        super().__init__(why)
        self.pause = pause


class Polite:
    """Fetches from a few named hosts within limits; safe to use from several threads.

    Connection failures, silence, 5xx and 429 are tried again. After the last attempt ``Stopped`` is raised where the
    source asked us to slow down, ``Missed`` where the address only kept failing. Other statuses are returned. Redirects
    and links that lead to a host not named are refused (``Missed``).
    """

    def __init__(
        self,
        hosts: Sequence[str],
        *,
        limits: Limits | None = None,
        headers: Mapping[str, str] | None = None,
        user_agent: str = USER_AGENT,
        time: Time | None = None,
    ) -> None:
        """Take host names without ports; ``headers`` go to these hosts only."""
        self._hosts = frozenset(host.lower() for host in hosts)
        self._limits = limits or Limits()
        self._time = time or Time()
        self._http = httpx.Client(
            headers={"User-Agent": user_agent, **(headers or {})},
            timeout=httpx.Timeout(self._limits.silence),
            follow_redirects=False,
            verify=_certificates(),
        )
        self._under_way = threading.BoundedSemaphore(self._limits.at_once)
        self._turn = threading.Lock()
        self._next_at = 0.0
        self._is_leaving = False

    def __enter__(self) -> Self:
        """Use as a context manager to close the connections."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, address: str, params: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a GET, its body in memory."""
        return self._persist("GET", address, params=params)

    def post(self, address: str, body: Mapping[str, Any]) -> Answer:
        """Return the answer to a POST of JSON, its body in memory. Only for requests that change nothing."""
        return self._persist("POST", address, json=body)

    def save(self, address: str, path: Path) -> Answer:
        """Write the answer to a GET with status 200 into a file, replaced whole; its body is then left empty."""
        part = path.with_name(f"{path.name}.part")
        try:
            answer = self._persist("GET", address, part=part)
            if answer.status == 200:
                part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return answer

    def together(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | Missed]]:
        """Do the work for each item, as many at once as agreed, and return each result or why it was missed.

        The first ``Stopped`` ends it: nothing further is asked for.
        """
        queue = iter(items)
        under_way: dict[Future[R], T] = {}
        with self._interruptible(), ThreadPoolExecutor(self._limits.at_once) as pool, self._leaving_on_error():
            while True:
                while len(under_way) < self._limits.at_once and (item := next(queue, None)) is not None:
                    under_way[pool.submit(work, item)] = item
                if not under_way:
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    item = under_way.pop(future)
                    try:
                        yield item, future.result()
                    except Missed as missed:
                        yield item, missed

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._is_leaving = False

    @contextmanager
    def _leaving_on_error(self) -> Iterator[None]:
        """Wake the threads that pause: whoever interrupts a run should not wait for their minutes."""
        try:
            yield
        except BaseException:
            self._is_leaving = True
            raise

    def _persist(
        self,
        method: str,
        address: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        part: Path | None = None,
    ) -> Answer:
        last = _Again("not tried")
        for attempt in range(self._limits.attempts):
            try:
                return self._follow(method, address, params, json, part)
            except _Again as again:
                last = again
                if attempt + 1 < self._limits.attempts:
                    self._hold_off(again, attempt)
        where = httpx.URL(address).host
        if last.pause is not None:
            raise Stopped(
                f"{where} asks us to slow down ({last}) and still did after {self._limits.attempts} attempts. "
                f"Run it again later; it goes on where it stopped."
            ) from last
        raise Missed(f"{where} failed {self._limits.attempts} times: {last}") from last

    def _follow(
        self,
        method: str,
        address: str,
        params: Mapping[str, str] | None,
        json: Mapping[str, Any] | None,
        part: Path | None,
    ) -> Answer:
        request = self._http.build_request(method, address, params=params, json=json)
        for _ in range(REDIRECTS):
            self._refuse_strangers(request.url)
            with self._under_way, self._send(request) as response:
                if response.next_request is None:
                    return self._answer(response, part)
                if request.url.scheme == "https" != response.next_request.url.scheme:
                    raise Missed(f"{request.url.host} redirects from https to an open connection; refused")
                request = response.next_request
        raise Missed(f"{request.url.host} redirects in circles")

    def _refuse_strangers(self, url: httpx.URL) -> None:
        if url.scheme not in {"http", "https"} or url.host.lower() not in self._hosts:
            raise Missed(f"the address leads elsewhere, to {url.scheme}://{url.host}; refused")

    @contextmanager
    def _send(self, request: httpx.Request) -> Iterator[httpx.Response]:
        self._take_turn()
        try:
            response = self._http.send(request, stream=True)
        except httpx.TimeoutException as error:
            raise _Again("no answer in time") from error
        except httpx.TransportError as error:
            raise _Again("the connection failed") from error
        try:
            yield response
        finally:
            response.close()

    def _take_turn(self) -> None:
        with self._turn:
            while (pause := self._next_at - self._time.monotonic()) > 0:
                if self._is_leaving:
                    raise Stopped("The run was interrupted.")
                self._time.sleep(min(pause, LONGEST_NAP))
            self._next_at = max(self._next_at, self._time.monotonic()) + 60 / self._limits.per_minute

    def _answer(self, response: httpx.Response, part: Path | None) -> Answer:
        status = response.status_code
        if status in {429, 503}:
            asked = _retry_after(response.headers.get("Retry-After"), self._time.now())
            if status == 429 or asked is not None:
                raise _Again(f"status {status}", self._allowed(asked, response.url.host))
        if status >= 500:
            raise _Again(f"status {status}")
        if part is not None and status == 200:
            with part.open("wb") as file:
                self._copy(response, file, self._limits.largest_file)
            return Answer(status, b"", str(response.url))
        memory = BytesIO()
        self._copy(response, memory, self._limits.largest_answer)
        return Answer(status, memory.getvalue(), str(response.url))

    def _allowed(self, asked: float | None, host: str) -> float:
        if asked is not None and asked > self._limits.longest_wait:
            raise Stopped(
                f"{host} asks us to wait {asked:.0f} seconds, longer than the limit of "
                f"{self._limits.longest_wait:.0f}. Run it again later; it goes on where it stopped."
            )
        return asked or 0.0

    def _copy(self, response: httpx.Response, to: BinaryIO, largest: int) -> None:
        until = self._time.monotonic() + self._limits.longest_answer
        size = 0
        try:
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > largest:
                    raise Missed(f"the answer is larger than the limit of {largest} bytes")
                if self._time.monotonic() > until:
                    raise _Again("the answer came too slowly")
                to.write(chunk)
        except httpx.TimeoutException as error:
            raise _Again("the answer stopped midway") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Again("the connection broke midway") from error

    def _hold_off(self, again: _Again, attempt: int) -> None:
        backoff = self._limits.first_pause * 2**attempt * (0.5 + self._time.jitter() / 2)
        with self._turn:
            # Everyone waits: a source that asks one of us to slow down means all of us.
            pause = max(again.pause or 0.0, backoff)
            self._next_at = max(self._next_at, self._time.monotonic() + pause)


@cache
def _certificates() -> ssl.SSLContext:
    """Read the certificate authorities once: it takes longer than many a request."""
    return httpx.create_ssl_context()


def _retry_after(text: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, as seconds or HTTP-date (RFC 9110, 10.2.3); None if neither."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
