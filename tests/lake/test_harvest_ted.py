import json
from contextlib import ExitStack, closing
from datetime import date

import pytest

from samspel.lake.sources import Document, Listing, Missed, Stopped
from samspel.lake.sources.polite import Limits
from samspel.lake.sources.ted import Ted
from tests.lake.standins import Clock, Reply, TedStandIn, name, package, xml

MONDAY, TUESDAY = date(2026, 8, 3), date(2026, 8, 4)
NOTICES = {
    "500001-2026": (MONDAY, "NOR"),
    "500002-2026": (MONDAY, "SWE"),
    "500003-2026": (MONDAY, "POL"),
    "510001-2026": (TUESDAY, "NOR"),
}
PACKAGE = "/packages/daily/202600215"


@pytest.fixture(autouse=True)
def _direct(monkeypatch):
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def server():
    with TedStandIn(dict(NOTICES)) as server:
        yield server


@pytest.fixture
def ted(server):
    with ExitStack() as opened:

        def make(**settings):
            settings = {"limits": Limits(per_minute=600), "time": Clock().time, **settings}
            return opened.enter_context(closing(Ted(base_url=server.url, packages_url=server.url, **settings)))

        yield make


def document(server, number, issue=215):
    return Document(number, f"{server.url}/en/notice/{number}/xml", f"{server.url}/packages/daily/2026{issue:05d}")


def test_a_span_is_listed_day_by_day_for_the_countries_asked(server, ted):
    listings = list(ted().listings(MONDAY, TUESDAY, ["SE", "NO"]))

    assert listings == [
        Listing(MONDAY, (document(server, "500001-2026"), document(server, "500002-2026"))),
        Listing(TUESDAY, (document(server, "510001-2026", 216),)),
    ]
    assert server.bodies == [
        {
            "query": "buyer-country IN (NOR SWE) AND PD>=20260803 AND PD<=20260804 SORT BY PD ASC",
            "fields": ["publication-number", "publication-date", "ojs-number", "links"],
            "limit": 250,
            "scope": "ALL",
            "paginationMode": "PAGE_NUMBER",
            "page": 1,
        }
    ]


def test_no_countries_means_all(server, ted):
    listings = list(ted().listings(MONDAY, MONDAY, []))

    assert [document.identifier for document in listings[0].documents] == ["500001-2026", "500002-2026", "500003-2026"]


def test_a_day_without_notices_is_an_empty_listing(server, ted):
    assert list(ted().listings(date(2026, 8, 8), date(2026, 8, 8), [])) == [Listing(date(2026, 8, 8), ())]


def test_days_before_the_search_begins_are_refused_with_what_to_do(server, ted):
    with pytest.raises(Stopped) as stopped:
        list(ted().listings(date(2015, 3, 1), TUESDAY, []))

    assert str(stopped.value) == (
        "TED's search starts on 2016-07-01. Download what is older as monthly packages, as "
        f"{server.url}/packages/monthly/2015-3, and load them: samspel notices load FILE"
    )


def test_pages_are_asked_for_until_all_are_listed(server, ted):
    listings = list(ted(page_limit=2).listings(MONDAY, TUESDAY, []))

    assert [len(listing.documents) for listing in listings] == [3, 1]
    assert [body["page"] for body in server.bodies] == [1, 2]


def test_beyond_the_pages_limit_the_list_is_followed_by_token(server, ted):
    listings = list(ted(page_limit=2, pages_limit=3).listings(MONDAY, TUESDAY, []))

    assert [len(listing.documents) for listing in listings] == [3, 1]
    assert [(body["paginationMode"], body.get("iterationNextToken")) for body in server.bodies] == [
        ("PAGE_NUMBER", None),
        ("ITERATION", None),
        ("ITERATION", "2"),
        ("ITERATION", "4"),
    ]


def test_a_search_that_ran_out_of_time_is_asked_again(server, ted):
    server.timed_out = 2

    listings = list(ted().listings(TUESDAY, TUESDAY, []))

    assert [len(listing.documents) for listing in listings] == [1]


def test_a_search_that_always_runs_out_of_time_stops(server, ted):
    server.timed_out = 99

    with pytest.raises(Stopped, match="ran out of time 5 times"):
        list(ted().listings(TUESDAY, TUESDAY, []))


def test_a_list_shorter_than_announced_is_not_whole(server, ted):
    server.hides = 1

    listings = list(ted(passes=2).listings(MONDAY, MONDAY, []))

    assert [(len(listing.documents), listing.is_whole) for listing in listings] == [(2, False)]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>maintenance</html>", "not JSON"),
        (b"[]", "JSON of another form"),
        (b"{}", "without totalNoticeCount"),
        (b'{"totalNoticeCount": 1}', "without a list of notices"),
        (b'{"totalNoticeCount": 1, "notices": [{"publication-date": "2026-08-03"}]}', "without a publication number"),
        (b'{"totalNoticeCount": 1, "notices": [{"publication-number": "1-2026"}]}', "without a publication date"),
        (
            b'{"totalNoticeCount": 1, "notices": [{"publication-number": "1-2026", "publication-date": "2020-01-01"}]}',
            "listed a notice of 2020-01-01",
        ),
    ],
)
def test_an_answer_of_another_form_stops_with_a_sentence(server, ted, body, message):
    server.troubles["/v3/notices/search"] = [Reply(body=body)]

    with pytest.raises(Stopped, match=message):
        list(ted().listings(MONDAY, TUESDAY, []))


def test_a_query_that_is_not_understood_stops_with_what_ted_said(server, ted):
    server.troubles["/v3/notices/search"] = [Reply(400, b'{"message":"unknown field"}')]

    with pytest.raises(Stopped, match=r"status 400: .*unknown field"):
        list(ted().listings(MONDAY, MONDAY, []))


def test_a_country_that_ted_does_not_know_is_refused(server, ted):
    with pytest.raises(Stopped, match="TED has no country NOR, XX; countries have two letters"):
        list(ted().listings(MONDAY, MONDAY, ["NO", "XX", "NOR"]))


def test_documents_are_fetched_by_their_links_at_most_three_at_once(server, ted, tmp_path):
    documents = [document(server, number) for number in NOTICES]

    fetched = dict(ted().fetch(documents, tmp_path))

    assert fetched == {document: xml(document.identifier) for document in documents}
    assert server.most_at_once <= 3
    assert server.count("/packages/") == 0


def test_a_link_to_another_host_is_not_followed(server, ted, tmp_path):
    server.link_host = "http://elsewhere.example"
    listing = next(ted().listings(TUESDAY, TUESDAY, []))

    fetched = list(ted().fetch(listing.documents, tmp_path))

    assert [str(result) for _, result in fetched] == [
        "the address leads elsewhere, to http://elsewhere.example; refused"
    ]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(404), "TED answered with status 404"),
        (Reply(200, b""), "the answer was empty"),
        (Reply(200, b"<!DOCTYPE html><html>"), "the answer was a web page, not XML"),
        (Reply(200, b"%PDF-1.7"), "the answer was not XML"),
    ],
)
def test_a_document_with_the_wrong_content_is_missed(server, ted, tmp_path, reply, message):
    server.troubles["/en/notice/500001-2026/xml"] = [reply]

    [(_, missed)] = ted().fetch([document(server, "500001-2026")], tmp_path)

    assert isinstance(missed, Missed)
    assert str(missed) == message


def test_a_whole_issue_is_fetched_as_its_package(server, ted, tmp_path):
    documents = [document(server, number) for number, (day, _) in NOTICES.items() if day == MONDAY]

    fetched = dict(ted(package_from=3).fetch(documents, tmp_path))

    assert fetched == {document: xml(document.identifier) for document in documents}
    assert server.requests == [PACKAGE]
    assert list(tmp_path.iterdir()) == []


def test_only_the_wanted_notices_of_a_package_are_returned(server, ted, tmp_path):
    documents = [document(server, "500001-2026"), document(server, "500003-2026")]

    fetched = [document.identifier for document, _ in ted(package_from=2).fetch(documents, tmp_path)]

    assert fetched == ["500001-2026", "500003-2026"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404),
        Reply(200, b"not a package"),
        Reply(200, package("x", {f"{name('500001-2026')}.xml": b""})),
        Reply(200, package("x", {f"{name('500001-2026')}.xml": xml("500001-2026")})[:60]),
    ],
)
def test_what_a_package_does_not_give_is_fetched_by_link(server, ted, tmp_path, reply):
    server.troubles[PACKAGE] = [reply]

    fetched = dict(ted(package_from=1).fetch([document(server, "500001-2026")], tmp_path))

    assert fetched == {document(server, "500001-2026"): xml("500001-2026")}
    assert server.requests == [PACKAGE, "/en/notice/500001-2026/xml"]


def test_the_bot_challenge_stops_with_what_a_person_can_do(server, ted, tmp_path):
    server.troubles[PACKAGE] = [Reply(202)]

    with pytest.raises(Stopped) as stopped:
        list(ted(package_from=1).fetch([document(server, "500001-2026")], tmp_path))

    assert str(stopped.value) == (
        f"TED asks for a person in a browser. Download this in your browser: {server.url}{PACKAGE}. "
        "Then load the file: samspel notices load FILE"
    )
    assert server.requests == [PACKAGE]


def test_the_bot_challenge_on_a_single_notice_names_its_package(server, ted, tmp_path):
    server.troubles["/en/notice/500001-2026/xml"] = [Reply(202)]

    with pytest.raises(Stopped, match=f"in your browser: {server.url}{PACKAGE}. Then"):
        list(ted().fetch([document(server, "500001-2026")], tmp_path))


def test_the_bot_challenge_on_the_search_points_to_the_packages(server, ted):
    server.troubles["/v3/notices/search"] = [Reply(202)]

    with pytest.raises(Stopped, match=f"in your browser: {server.url}, the daily packages. Then load the file"):
        list(ted().listings(MONDAY, MONDAY, []))


def test_a_listing_asks_for_fields_because_ted_refuses_none(server, ted):
    with pytest.raises(Stopped, match="fields must not be empty"):
        list(ted(fields=[]).listings(MONDAY, MONDAY, []))


def test_a_count_that_is_no_number_stops(server, ted):
    server.troubles["/v3/notices/search"] = [Reply(body=json.dumps({"totalNoticeCount": None}).encode())]

    with pytest.raises(Stopped, match="without totalNoticeCount"):
        list(ted().listings(MONDAY, MONDAY, []))
