from datetime import UTC, date, datetime, timedelta

import pytest

from samspel.lake import runs
from samspel.notices import actions
from samspel.notices.lake import current_lake
from tests import make
from tests.lake_queries import asked_of
from tests.pages import links_of, text_of


def test_an_empty_hub_says_what_it_can_read_and_how(client, home):
    page = text_of(client.get("/sources/"))

    assert "The hub has no notices yet." in page
    assert page.count("Nothing yet") == 3
    assert "samspel notices harvest doffin" in page


def test_what_the_hub_has_of_a_source_is_counted_by_year(client, home):
    make.lake(
        home.lake,
        make.notice(published_on=date(2024, 1, 1)),
        make.notice(unknown_codes=("BT-105:x",)),
        make.notice(published_on=None),
    )

    page = text_of(client.get("/sources/"))

    assert "The hub has 3 notices." in page
    assert "3 notices, published from 1 Jan 2024 to 4 Mar 2025. Last read 1 Jul 2025." in page
    assert "Year Notices no date 1 2024 1 2025 1" in page
    assert "1 code is unknown to the hub and kept as it stands: Procedure (BT-105): x 1 notice BT and OPP are" in page


def test_notices_that_refer_to_one_that_is_not_here_are_told_with_examples(client, home):
    here = make.notice()
    loose = make.result(follows=("12345-2020",))
    joined = make.result(follows=(f"{here.identifier}-01",))
    make.lake(home.lake, here, loose, joined)

    response = client.get("/sources/")

    assert "1 of 2 notices that refer to an earlier one refers to one that is not in the hub" in text_of(response)
    assert "Digital nattillsyn refers to 12345-2020" in text_of(response)
    assert [url for url in links_of(response) if url.endswith("/01/")] == [f"/notices/{loose.key}/"]
    assert "/sources/references/?source=ted" in links_of(response)


def test_every_reference_that_is_not_here_is_listed_page_by_page(client, home):
    loose = [make.result(title=make.title(f"Inköp {n}"), follows=("12345-2020", "6-2019")) for n in range(60)]
    other = make.result(source="doffin", follows=("7-2020",))
    make.lake(home.lake, *loose, other, make.result(title=()))

    every, of_one = client.get("/sources/references/?page=2"), client.get("/sources/references/?source=doffin")

    assert "61 notices refer to an earlier one that is not in the hub" in text_of(every)
    assert "Inköp 0 refers to 12345-2020, 6-2019" in text_of(every)
    assert text_of(every).count("refers to") == 11
    assert "1 notice refers to an earlier one that is not in the hub" in text_of(of_one)
    assert [url for url in links_of(of_one) if url.endswith("/01/")] == [f"/notices/{other.key}/"]


def test_a_hub_without_such_references_says_so(client, home):
    assert "No notice refers to one that is not in the hub." in text_of(client.get("/sources/references/"))


def test_a_source_that_does_not_exist_lists_all_references(client, home):
    make.lake(home.lake, make.result(follows=("12345-2020",), title=()))

    page = text_of(client.get("/sources/references/?source=%3Cx%3E&page=x"))

    assert "A notice without a title refers to 12345-2020" in page


def test_days_far_below_what_is_usual_are_gaps(client, home, time_machine):
    time_machine.move_to("2025-03-28T12:00:00Z")
    make.lake(home.lake, make.notice())
    first = date(2025, 3, 3)
    days = {first + timedelta(days=n): 100 for n in range(25) if (first + timedelta(days=n)).weekday() < 5}
    days[date(2025, 3, 26)] = 3
    ended = datetime(2025, 3, 27, 6, tzinfo=UTC)
    runs.append(home.lake / "harvest", runs.Run("ted", ended, ended, "partial", {"fetched": 1703}, "", "SE", days))

    page = text_of(client.get("/sources/"))

    assert "Last fetched: Thu 27 Mar 2025 at 07:00, 1,703 documents. Something was missed." in page
    assert "2 days are missing or have far fewer notices than usual." in page
    assert "26 Mar 2025 3 100 far fewer" in page
    assert "28 Mar 2025 – 100 not fetched" in page
    assert "25 Mar 2025 100 100 as usual" in page


def test_the_last_load_is_told_with_how_it_ended(client, home):
    make.lake(home.lake, make.notice())
    ended = datetime(2025, 3, 27, 6, tzinfo=UTC)
    counts = {"read": 12, "new": 10, "changed": 1, "unchanged": 0, "set_aside": 0, "unreadable": 1}
    runs.append(home.lake / "harvest", runs.Run("files", ended, ended, "partial", counts, kind="load"))

    page = text_of(client.get("/sources/"))

    assert "Last load: Thu 27 Mar 2025 at 07:00, 12 read, 10 new, 1 changed. 1 could not be read." in page


def test_the_page_asks_the_lake_once_for_each_of_its_states(client, home):
    make.lake(home.lake, make.notice())
    numbers = []
    for _ in range(2):
        with asked_of(current_lake()) as asked:
            client.get("/sources/")
        numbers.append(len(asked))

    assert numbers == [3, 0]


def test_the_statistics_name_no_earlier_notice(client, home):
    make.lake(home.lake, make.result(source="uhm", format="uhm-2021", follows=("506725-2022",)))

    assert "refer to an earlier one" not in text_of(client.get("/sources/"))


@pytest.mark.django_db
def test_documents_that_could_not_be_read_are_named_with_the_reason(client, home, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(22):
        (folder / f"{number:02}.xml").write_text("<broken>")

    actions.load_notices([folder])
    response = client.get("/sources/")

    assert "22 could not be read. Something was missed. 00.xml: The file is cut off" in text_of(response)
    assert "19.xml: The file is cut off" in text_of(response)
    assert "20.xml" not in text_of(response)
    assert str(tmp_path) not in response.content.decode()
