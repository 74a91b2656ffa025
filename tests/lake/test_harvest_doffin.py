from contextlib import ExitStack, closing
from datetime import date, timedelta

import pytest

from samspel.lake.sources import Document, Listing, Missed, Stopped
from samspel.lake.sources.doffin import Doffin
from samspel.lake.sources.polite import Limits
from tests.lake.standins import Clock, DoffinStandIn, Reply, xml

MONDAY, TUESDAY = date(2026, 8, 3), date(2026, 8, 4)
NOTICES = {
    "2026-100001": (MONDAY, "COMPETITION"),
    "2026-100002": (MONDAY, "RESULT"),
    "2026-100003": (TUESDAY, "PLANNING"),
    "2026-100004": (date(2026, 7, 1), "PLANNING"),
}


@pytest.fixture(autouse=True)
def _direct(monkeypatch):
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def server():
    with DoffinStandIn(dict(NOTICES)) as server:
        yield server


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def doffin(server, clock):
    with ExitStack() as opened:

        def make(key="a-key", **settings):
            settings = {"limits": Limits(per_minute=6000, at_once=1), "time": clock.time, **settings}
            return opened.enter_context(closing(Doffin(key, base_url=server.url, **settings)))

        yield make


def numbers(listings):
    return {listing.day: [document.identifier for document in listing.documents] for listing in listings}


def test_a_span_is_listed_day_by_day(server, doffin):
    listings = list(doffin().listings(MONDAY, TUESDAY, ["NO"]))

    assert listings == [
        Listing(
            MONDAY,
            (
                Document("2026-100001", f"{server.url}/download/2026-100001"),
                Document("2026-100002", f"{server.url}/download/2026-100002"),
            ),
        ),
        Listing(TUESDAY, (Document("2026-100003", f"{server.url}/download/2026-100003"),)),
    ]


def test_dates_that_are_ignored_silently_stop_the_run(server, doffin):
    server.silent = frozenset({"issueDateFrom", "issueDateTo"})

    with pytest.raises(Stopped) as stopped:
        list(doffin().listings(MONDAY, TUESDAY, ["NO"]))

    assert str(stopped.value) == (
        "Doffin ignored the dates 2026-08-03 to 2026-08-04 and answered with all its 4 notices. "
        "Its search parameters may have changed; nothing was fetched."
    )
    assert server.count("/download/") == 0


def test_one_date_that_is_ignored_shows_in_the_hits(server, doffin):
    server.silent = frozenset({"issueDateFrom"})

    with pytest.raises(Stopped, match="listed a notice issued on 2026-07-01"):
        list(doffin().listings(MONDAY, MONDAY, ["NO"]))


def test_a_span_that_holds_everything_there_is_is_no_error(server, doffin):
    listings = list(doffin().listings(date(2026, 7, 1), TUESDAY, ["NO"]))

    assert sum(len(listing.documents) for listing in listings) == 4


def test_a_span_with_too_many_hits_is_halved_until_each_part_can_be_reached(server, doffin):
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(8)]
    notices = {f"2026-{100 + n}": (day, "RESULT") for n, day in enumerate(days * 3)} | {"2026-9": (TUESDAY, "PLANNING")}
    server.notices, server.reachable = notices, 10

    listings = list(doffin(reachable=10, hits_per_page=4).listings(days[0], days[-1], []))

    assert [listing.day for listing in listings] == days
    assert [(len(listing.documents), listing.is_whole) for listing in listings] == [
        (4 if day == TUESDAY else 3, True) for day in days
    ]


def test_a_day_with_too_many_hits_is_split_by_type(server, doffin):
    notices = {f"2026-{n}": (MONDAY, ("RESULT", "PLANNING", "COMPETITION")[n % 3]) for n in range(9)}
    server.notices, server.reachable = notices | {"2026-77": (TUESDAY, "RESULT")}, 4

    listings = list(doffin(reachable=4).listings(MONDAY, MONDAY, ["NO"]))

    assert [(len(listing.documents), listing.is_whole) for listing in listings] == [(9, True)]


def test_a_day_whose_types_are_not_all_known_is_not_whole(server, doffin):
    notices = {f"2026-{n}": (MONDAY, ("RESULT", "SOMETHING_NEW")[n % 2]) for n in range(8)}
    server.notices, server.reachable = notices | {"2026-77": (TUESDAY, "RESULT")}, 4

    listings = list(doffin(reachable=4).listings(MONDAY, MONDAY, ["NO"]))

    assert [(len(listing.documents), listing.is_whole) for listing in listings] == [(4, False)]


def test_a_moment_late_in_the_evening_in_utc_is_the_next_day_in_norway(server, doffin):
    body = (
        b'{"numHitsTotal": 1, "numHitsAccessible": 1, "hits": [{"id": "2026-1", "issueDate": "2026-08-03T22:30:00Z"}]}'
    )
    server.troubles["/search"] = [Reply(body=body), Reply(body=b'{"numHitsTotal": 9, "hits": []}'), Reply(body=body)]

    assert numbers(doffin().listings(MONDAY, TUESDAY, ["NO"])) == {MONDAY: [], TUESDAY: ["2026-1"]}


def test_a_sort_order_that_is_not_known_stops_with_a_sentence(server, doffin):
    with pytest.raises(Stopped, match="empty 404, as it does when it does not know the sort order"):
        list(doffin(sort_by="NEWEST").listings(MONDAY, TUESDAY, []))


def test_a_wrong_key_stops_with_a_sentence_that_does_not_repeat_it(server, doffin):
    with pytest.raises(Stopped) as stopped:
        list(doffin("another-key").listings(MONDAY, TUESDAY, []))

    assert (
        str(stopped.value) == "Doffin does not accept the key. Check DOFFIN_KEY, and that its subscription is active."
    )


def test_no_key_is_refused_before_anything_is_asked():
    with pytest.raises(Stopped, match="Doffin needs a key"):
        Doffin("")


def test_other_countries_are_refused(server, doffin):
    with pytest.raises(Stopped, match="Norwegian notices only, none from DK, SE"):
        list(doffin().listings(MONDAY, TUESDAY, ["SE", "NO", "DK"]))

    assert server.requests == []


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(body=b"<html>"), "not JSON"),
        (Reply(body=b"[]"), "JSON of another form"),
        (Reply(body=b'{"hits": []}'), "without numHitsTotal"),
        (Reply(400, b"page must be positive"), "status 400: page must be positive"),
    ],
)
def test_an_answer_of_another_form_stops_with_a_sentence(server, doffin, reply, message):
    server.troubles["/search"] = [reply]

    with pytest.raises(Stopped, match=message):
        list(doffin().listings(MONDAY, TUESDAY, []))


@pytest.mark.parametrize(
    ("hit", "message"), [('{"id": "1"}', "without a day"), ('{"issueDate": "2026-08-03"}', "number")]
)
def test_a_hit_of_another_form_stops_with_a_sentence(server, doffin, hit, message):
    few = Reply(body=f'{{"numHitsTotal": 1, "hits": [{hit}]}}'.encode())
    server.troubles["/search"] = [few, Reply(body=b'{"numHitsTotal": 9, "hits": []}'), few]

    with pytest.raises(Stopped, match=message):
        list(doffin().listings(MONDAY, TUESDAY, []))


def test_documents_are_fetched_through_pauses_that_doffin_asks_for(server, clock, doffin, tmp_path):
    server.quick = 2
    documents = [Document(number, f"{server.url}/download/{number}") for number in NOTICES]

    fetched = dict(doffin().fetch(documents, tmp_path))

    assert fetched == {document: xml(document.identifier) for document in documents}
    assert 10 <= clock.elapsed < 11


def test_a_document_that_is_gone_is_missed(server, doffin, tmp_path):
    [(_, missed)] = doffin().fetch([Document("2026-1", f"{server.url}/download/2026-1")], tmp_path)

    assert isinstance(missed, Missed)
    assert str(missed) == "Doffin answered with status 404"
