import time
from datetime import timedelta

import pytest

from samspel.lake.sources import Missed, Stopped
from samspel.lake.sources.polite import USER_AGENT, Answer, Limits, Polite
from tests.lake.standins import Clock, Reply, StandIn


class Plain(StandIn):
    def answer(self, path, asked, headers):
        return Reply(body=b"<a/>")


@pytest.fixture(autouse=True)
def _direct(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    with Plain() as server:
        yield server


@pytest.fixture
def clock():
    return Clock()


def polite(clock, **limits):
    return Polite(["127.0.0.1"], limits=Limits(**limits), time=clock.time)


def test_an_answer_is_its_status_and_body_and_the_client_says_what_it_is(server, clock):
    with polite(clock) as client:
        answer = client.get(f"{server.url}/x")

    assert answer == Answer(200, b"<a/>", f"{server.url}/x")
    assert server.headers[0]["User-Agent"] == USER_AGENT


def test_requests_are_spread_evenly_over_the_minute(server, clock):
    with polite(clock, per_minute=120) as client:
        for _ in range(4):
            client.get(f"{server.url}/x")

    assert clock.pauses == [0.5, 0.5, 0.5]


def test_no_more_than_the_agreed_number_of_requests_is_under_way(server, clock):
    server.answer = lambda *_: Reply(body=b"<a/>", delay=0.02)

    with polite(clock, at_once=2) as client:
        results = list(client.together(lambda n: client.get(f"{server.url}/{n}").status, range(8)))

    assert sorted(results) == [(n, 200) for n in range(8)]
    assert server.most_at_once == 2


@pytest.mark.parametrize("asked", ["10", "Tue, 01 Sep 2026 12:00:10 GMT"])
def test_a_429_is_honoured_as_seconds_and_as_a_date(server, clock, asked):
    server.troubles["/x"] = [Reply(429, b"", {"Retry-After": asked})]

    with polite(clock) as client:
        answer = client.get(f"{server.url}/x")

    assert answer.status == 200
    assert clock.now() - Clock().now() == timedelta(seconds=10)


def test_a_storm_of_429_ends_in_giving_up_politely(server, clock):
    server.troubles["/x"] = [Reply(429, b"", {"Retry-After": "5"})] * 9

    with polite(clock, attempts=3) as client, pytest.raises(Stopped, match=r"asks us to slow down .* after 3 attempts"):
        client.get(f"{server.url}/x")

    assert len(server.requests) == 3


def test_a_wait_longer_than_the_limit_is_not_shortened_but_ends_the_run(server, clock):
    server.troubles["/x"] = [Reply(429, b"", {"Retry-After": "86400"})]

    with polite(clock, longest_wait=60) as client, pytest.raises(Stopped, match="wait 86400 seconds"):
        client.get(f"{server.url}/x")

    assert len(server.requests) == 1


def test_nonsense_in_retry_after_is_a_429_without_one(server, clock):
    server.troubles["/x"] = [Reply(429, b"", {"Retry-After": "soon"})]

    with polite(clock) as client:
        answer = client.get(f"{server.url}/x")

    assert answer.status == 200
    assert clock.elapsed == 1.0


@pytest.mark.parametrize("trouble", [Reply(500), Reply(502), Reply(200, b"<half/>", breaks_off=True)])
def test_a_failure_is_tried_again_with_growing_pauses(server, clock, trouble):
    server.troubles["/x"] = [trouble] * 3

    with polite(clock, per_minute=6000) as client:
        answer = client.get(f"{server.url}/x")

    assert answer.body == b"<a/>"
    assert clock.elapsed == 1.0 + 2.0 + 4.0


def test_an_address_that_keeps_failing_is_missed_with_the_reason(server, clock):
    server.troubles["/x"] = [Reply(500)] * 5

    with polite(clock) as client, pytest.raises(Missed, match="failed 5 times: status 500"):
        client.get(f"{server.url}/x")


def test_silence_is_tried_again_and_then_missed(server, clock):
    server.troubles["/x"] = [Reply(body=b"<a/>", delay=0.5)] * 2

    with polite(clock, silence=0.05, attempts=2) as client, pytest.raises(Missed, match="no answer in time"):
        client.get(f"{server.url}/x")


def test_an_answer_that_drips_is_not_waited_for(server):
    server.troubles["/x"] = [Reply(body=b"<abcdefghij/>", drip=0.05)]

    with Polite(["127.0.0.1"], limits=Limits(longest_answer=0.1, attempts=1)) as client, pytest.raises(Missed) as error:
        client.get(f"{server.url}/x")

    assert str(error.value) == "127.0.0.1 failed 1 times: the answer came too slowly"


def test_a_host_that_does_not_answer_is_missed(clock):
    with Plain() as server:
        address = f"{server.url}/x"

    with polite(clock, attempts=2) as client, pytest.raises(Missed, match="the connection failed"):
        client.get(address)


def test_whoever_interrupts_a_run_does_not_wait_for_its_pauses(server):
    server.answer = lambda *_: Reply(429, b"", {"Retry-After": "60"})
    started = time.monotonic()

    with Polite(["127.0.0.1"], limits=Limits(at_once=2)) as client:
        work = client.together(lambda n: client.get(f"{server.url}/{n}") if n else _interrupt(), [1, 0])
        with pytest.raises(KeyboardInterrupt):
            next(work)

    assert time.monotonic() - started < 5


def _interrupt():
    time.sleep(0.1)
    raise KeyboardInterrupt


def test_an_answer_over_the_limit_is_missed(server, clock):
    server.troubles["/x"] = [Reply(body=b"x" * 2000)]

    with polite(clock, largest_answer=1000) as client, pytest.raises(Missed, match="larger than the limit of 1000"):
        client.get(f"{server.url}/x")


def test_a_redirect_within_the_host_is_followed(server, clock):
    server.troubles["/x"] = [Reply(302, b"", {"Location": "/y"})]

    with polite(clock) as client:
        answer = client.get(f"{server.url}/x")

    assert answer.address == f"{server.url}/y"


@pytest.mark.parametrize("address", ["http://localhost:1/y", "http://127.0.0.2/y", "file:///etc/passwd"])
def test_a_redirect_to_another_host_is_refused(server, clock, address):
    server.troubles["/x"] = [Reply(302, b"", {"Location": address})]

    with polite(clock) as client, pytest.raises(Missed, match=r"leads elsewhere, to .*; refused"):
        client.get(f"{server.url}/x")


def test_a_link_to_another_host_is_refused_before_anything_is_sent(clock):
    with polite(clock) as client, pytest.raises(Missed, match="leads elsewhere, to http://example"):
        client.get("http://example.org/x")


def test_redirects_in_circles_are_missed(server, clock):
    server.troubles["/x"] = [Reply(302, b"", {"Location": "/x"})] * 9

    with polite(clock) as client, pytest.raises(Missed, match="redirects in circles"):
        client.get(f"{server.url}/x")


def test_a_saved_answer_replaces_the_file_whole(server, clock, tmp_path):
    server.troubles["/x"] = [Reply(200, b"<half/>", breaks_off=True)]

    with polite(clock) as client:
        answer = client.save(f"{server.url}/x", tmp_path / "x.xml")

    assert answer.status == 200
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"x.xml": b"<a/>"}


def test_a_failed_save_leaves_nothing_behind(server, clock, tmp_path):
    server.troubles["/x"] = [Reply(200, b"<half/>", breaks_off=True)] * 9

    with polite(clock) as client, pytest.raises(Missed, match="the connection broke midway"):
        client.save(f"{server.url}/x", tmp_path / "x.xml")

    assert list(tmp_path.iterdir()) == []
