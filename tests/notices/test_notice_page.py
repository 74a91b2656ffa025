import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from samspel.lake.notice import Deadline, Kind, Marks, Text
from samspel.notices.lake import current_lake
from tests import make
from tests.lake_queries import asked_of
from tests.pages import text_of

NOW = "2025-03-10T12:00:00Z"


def url(notice, file=""):
    return f"/notices/{notice.key}/{file}"


def shown(client, *notices, of=None):
    return text_of(client.get(url(of or notices[-1])))


def test_a_result_says_who_bought_what_from_whom(client, home):
    lots = (
        make.lot(result="selec-w", tenders=5, tenders_sme=3, awarded_value=make.money(5_100_000)),
        make.lot("LOT-0002", "Utbildning", result="clos-nw", not_awarded_reason="one-admis", tenders=1),
    )
    notice = make.result(
        lots=lots,
        winners=(make.winner(lots=("LOT-0001",), size="small"),),
        awarded_value=make.money(5_100_000),
        tenders=6,
        tenders_sme=3,
    )
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "Awarded" in page
    assert "Lillånäs kommun bought this from Lugnvik Omsorgsteknik AB for SEK 5.1 million." in page
    assert "6 tenders came, 3 of them from small or medium-sized companies." in page
    assert "1. Upptäcka fall i rummet Lugnvik Omsorgsteknik AB small 5 3 SEK 5.1 million" in page
    assert "Ended without a contract: only one tender or request could be accepted" in page
    assert "All lots 1 supplier 6 3 SEK 5.1 million" in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.PLANNING, "Lillånäs kommun plans to buy this."),
        (Kind.CONSULTATION, "Lillånäs kommun asks the market before it decides whether and what to buy."),
        (Kind.COMPETITION, "Lillånäs kommun wants to buy this."),
        (Kind.INTENTION, "Lillånäs kommun intends to award this without a competition."),
        (Kind.RESULT, "Lillånäs kommun has ended this competition; the notice names no supplier."),
        (Kind.CANCELLED, "Lillånäs kommun ended this without a contract."),
        (Kind.COMPLETION, "The contract between Lillånäs kommun and a supplier that is not named is completed."),
        (Kind.CHANGE, "Lillånäs kommun corrects an earlier notice."),
    ],
)
def test_every_kind_of_notice_has_its_sentence(client, home, kind, words):
    notice = make.notice(kind=kind)
    make.lake(home.lake, notice)

    assert words in shown(client, notice)


def test_a_deadline_is_in_local_time_with_its_zone_in_words(client, home, time_machine):
    time_machine.move_to(NOW)
    notice = make.notice(deadlines=(Deadline("tenders", "2025-04-22T10:00:00+01:00"),))
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "Competition, open until 22 Apr 2025" in page
    assert "Tenders can be sent until Tue 22 Apr 2025 at 11:00 (Central European Summer Time)." in page


def test_a_deadline_that_has_passed_is_said_to_have_passed(client, home, time_machine):
    time_machine.move_to("2025-04-22T09:00:01Z")
    notice = make.notice(deadlines=(Deadline("tenders", "2025-04-22T10:00:00+01:00"),))
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "Competition, closed for tenders" in page
    assert "Tenders could be sent until" in page


def test_a_correction_says_what_it_changed(client, home):
    first = make.notice(
        deadlines=(Deadline("tenders", "2025-04-12T10:00:00+02:00"),), estimated_value=make.money(8_000_000)
    )
    second = make.notice(
        kind=Kind.CHANGE,
        form_type="competition",
        corrects=(f"{first.identifier}-01",),
        procedure_identifier=first.procedure_identifier,
        published_on=date(2025, 3, 21),
        deadlines=(Deadline("tenders", "2025-04-22T10:00:00+02:00"),),
        estimated_value=make.money(9_000_000),
        change_reason="cor-buy",
    )
    make.lake(home.lake, first, second)

    page = shown(client, first, second)

    assert "Correction. The buyer corrects an error." in page
    assert "Last day for tenders: now Tue 22 Apr 2025 at 10:00 (Central European Summer Time), 10 days later." in page
    assert "Estimated value: now SEK 9 million, before SEK 8 million." in page


def test_an_older_version_says_that_there_is_a_newer(client, home):
    first = make.notice()
    second = make.notice(
        identifier=first.identifier,
        version="02",
        procedure_identifier=first.procedure_identifier,
        published_on=date(2025, 3, 21),
    )
    make.lake(home.lake, first, second)

    response = client.get(url(first))

    assert "This is an older version. A newer one was published on 21 Mar 2025." in text_of(response)
    assert f'href="{url(second)}"' in response.content.decode()
    assert "older version" not in shown(client, second)


def test_the_timeline_goes_from_planning_to_result(client, home):
    plan = make.notice(kind=Kind.PLANNING, procedure_identifier=None, published_on=date(2024, 11, 12))
    call = make.notice(follows=(f"{plan.identifier}-01",), published_on=date(2025, 3, 4))
    end = make.result(procedure_identifier=call.procedure_identifier)
    make.lake(home.lake, end, plan, call)

    page = shown(client, end)

    assert re.findall(r"(\d+ \w+ \d{4}) (Planning|Competition|Result)\.", page) == [
        ("12 Nov 2024", "Planning"),
        ("4 Mar 2025", "Competition"),
        ("30 Jun 2025", "Result"),
    ]


def test_a_reference_to_a_notice_that_is_not_here_is_told(client, home):
    notice = make.result(follows=("12345-2024",))
    make.lake(home.lake, notice)

    assert "It refers to an earlier notice, 12345-2024, that is not in the hub." in shown(client, notice)


def test_marks_stand_in_words_and_say_which_rules_count(client, home):
    marks = Marks(strategic=("inn-pur",), innovative=("buy-eff", "rd-act", "x-new"), environmental=("clim-mitig",))
    notice = make.notice(marks=marks, procedure="open")
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert (
        "Innovation Innovative works, supplies or services Makes the buyer’s own work more efficient (retired code"
        in page
    )
    assert "Involves research and development" in page
    assert "x-new (unknown code)" in page
    assert "Innovation, declared by the buyer Counts." in page
    assert "Innovation, by procedure Does not count. “Open procedure” is used for purchases of every kind." in page
    assert "Social aims Does not count. No mark stated." in page


def test_a_format_that_cannot_carry_marks_is_said_to(client, home):
    notice = make.notice(format="R2.0.9.S05", subtype="F02")
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "Innovation This format has no place for such a mark." in page
    assert "Innovation, declared by the buyer Cannot be told." in page


def test_texts_are_escaped_and_carry_their_language(client, home):
    attack = "<script>alert(1)</script>"
    notice = make.notice(
        title=(Text("fi", attack),),
        description=(Text("fi", f"{attack}\n\nSecond paragraph"),),
        buyers=(make.buyer(name=attack),),
    )
    make.lake(home.lake, notice)

    page = client.get(url(notice)).content.decode()

    assert attack not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert '<h1 class="ds-heading" data-size="lg" lang="fi">' in page
    assert "<p>Second paragraph</p>" in page


def test_the_reader_gets_the_text_in_the_language_of_the_page_where_there_is_one(client, home):
    notice = make.notice(language="fi", title=(Text("fi", "Yövalvonta"), Text("sv", "Nattillsyn")))
    make.lake(home.lake, notice)

    with translation.override("sv"):
        swedish = client.get(url(notice), HTTP_ACCEPT_LANGUAGE="sv").content.decode()

    assert "Nattillsyn</h1>" in re.sub(r"\s+<", "<", swedish)
    assert shown(client, notice).count("Yövalvonta") == 1


@pytest.mark.django_db
def test_a_sole_trader_s_number_is_on_no_page_and_in_no_file(client, home):
    trader = make.winner(name="Ada Påhittad", identifier="198001019999", is_person=True)
    notice = make.result(winners=(trader,))
    make.lake(home.lake, notice)

    pages = [
        client.get(address).content.decode()
        for address in (
            url(notice),
            url(notice, "notice.json"),
            "/suppliers/SE-ada-pahittad/",
            "/suppliers/SE-ada-pahittad/procurements.csv",
            "/suppliers/SE-ada-pahittad/procurements.json",
        )
    ]

    assert [page for page in pages if "19800101" in page or "9999" in page.replace("2120009991", "")] == []
    assert [page for page in pages if "Ada Påhittad" not in page] == [pages[3]]


def test_the_json_twin_holds_the_record(client, home):
    notice = make.result(awarded_value=make.money(8_400_000))
    make.lake(home.lake, notice)

    twin = client.get(url(notice, "notice.json")).json()

    assert {name: twin[name] for name in ("key", "kind", "title", "awarded_value", "published_on", "read_at")} == {
        "key": notice.key,
        "kind": "result",
        "title": [{"language": "sv", "text": "Digital nattillsyn"}],
        "awarded_value": {"amount": 8400000.0, "currency": "SEK"},
        "published_on": "2025-06-30",
        "read_at": "2025-07-01T06:00:00Z",
    }
    assert twin["rules"] == {
        "declared_1": False,
        "procedure_1": False,
        "wording_1": False,
        "joint_1": None,
        "environment_1": False,
        "social_1": False,
    }


@pytest.mark.parametrize(
    "address",
    [
        "/notices/ted/nothing/01/",
        "/notices/ted/nothing/01/notice.json",
        "/notices/ted/../../etc/passwd/01/",
        "/notices/ted/'; DROP TABLE notices;--/01/",
        '/notices/ted/"%00"/01/',
        "/notices/ted/%0a/01/",
        f"/notices/ted/{'x' * 10_000}/01/",
        "/buyers/nobody/",
        "/buyers/%00/",
        f"/suppliers/{'x' * 10_000}/",
        "/suppliers/' OR 1=1 --/",
        "/suppliers/nobody/procurements.csv",
        "/buyers/SE-2120009991/procurements.exe",
    ],
)
def test_an_unknown_or_hostile_address_is_not_found(client, home, address):
    make.lake(home.lake, make.notice())

    response = client.get(address)

    assert response.status_code == 404
    assert "To the first page" in text_of(response)


def test_a_version_that_is_not_here_leads_to_those_that_are(client, home):
    notice = make.notice()
    make.lake(home.lake, notice)

    response = client.get(f"/notices/ted/{notice.identifier}/07/")

    assert response.status_code == 404
    assert f'href="{url(notice)}"' in response.content.decode()


def test_an_empty_hub_has_no_notice_and_says_so(client, home):
    assert client.get("/notices/ted/nothing/01/").status_code == 404


def test_a_notice_of_a_long_procurement_costs_what_one_alone_costs(client, home):
    alone = make.result()
    others = [make.result(procedure_identifier="20000000-0000-4000-8000-000000000001") for _ in range(3)]
    make.lake(home.lake, alone, *others)
    numbers = []
    for notice in (alone, others[0]):
        with asked_of(current_lake()) as asked:
            assert client.get(url(notice)).status_code == 200
        numbers.append(len(asked))

    assert numbers == [3, 3]


def test_a_value_that_only_stands_where_one_must_is_not_stated(client, home):
    lots = (
        make.lot(result="selec-w", awarded_value=make.money(1)),
        make.lot("LOT-0002", "Utbildning", result="selec-w", awarded_value=make.money(5_000)),
    )
    notice = make.result(
        lots=lots,
        winners=(make.winner(lots=("LOT-0001", "LOT-0002")),),
        estimated_value=make.money(0),
        awarded_value=make.money(1),
    )
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "from Lugnvik Omsorgsteknik AB . The value is not stated: the notice says SEK 1." in page
    assert "Estimated value not stated: the notice says SEK 0" in page
    assert "1. Upptäcka fall i rummet Lugnvik Omsorgsteknik AB –" in page
    assert "2. Utbildning Lugnvik Omsorgsteknik AB SEK 5,000" in page
    assert "All lots 1 supplier –" in page
    assert "Where a notice states less than 100, it states no value." in page
    assert "disagrees" not in page


def test_lots_that_add_up_to_more_than_the_total_are_said_to(client, home):
    lots = tuple(make.lot(f"LOT-000{n}", result="selec-w", awarded_value=make.money(n * 100_000)) for n in (1, 2))
    notice = make.result(lots=lots, awarded_value=make.money(150_000))
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "for SEK 150,000." in page
    assert "The notice disagrees with itself: the values here add up to SEK 300,000, and its own total is" in page


def test_lots_that_all_repeat_the_total_share_a_ceiling(client, home):
    lots = tuple(make.lot(f"LOT-000{n}", result="selec-w", awarded_value=make.money(150_000)) for n in (1, 2))
    notice = make.result(lots=lots, awarded_value=make.money(150_000))
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "Each repeats the total: it is a ceiling that they share." in page
    assert "disagrees" not in page


def test_a_procurement_of_the_statistics_leads_to_ted_and_says_where_it_was_advertised(client, home):
    address = "https://ted.europa.eu/en/notice/-/detail/506725-2022"
    notice = make.result(source="uhm", format="uhm-2021", follows=("506725-2022",), url=address, channel="Alfa")
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert address in client.get(url(notice)).content.decode()
    assert "Same procurement in TED 506725-2022" in page
    assert "Advertised in Alfa" in page
    assert "that is not in the hub" not in page
    assert "Innovation No mark. The statistics do not tell no from not stated." in page
    assert "Accessibility This format has no place for such a mark." in page


STATISTICS = {"source": "uhm", "format": "uhm-2021", "published_on": date(2021, 6, 11)}


def test_a_procurement_of_the_statistics_is_dated_by_its_advertisement(client, home):
    result = make.result(**STATISTICS, title=make.title("Digital nattillsyn"))
    competition = make.notice(**STATISTICS)
    make.lake(home.lake, result, competition)

    ended, open_ = shown(client, result), shown(client, competition)
    twin = client.get(url(result, "notice.json")).json()

    assert "Awarded Advertised 11 Jun 2021; when it was decided is not stated" in ended
    assert "11 Jun 2021 Advertised. When it was decided is not stated. 1 supplier won." in ended
    assert "Competition Advertised 11 Jun 2021 Text in Swedish" in open_
    assert "when it was decided" not in open_
    assert (twin["published_on"], twin["advertised_on"]) == (None, "2021-06-11")
    assert "Published" not in ended + open_


def test_a_rule_says_that_there_was_no_description_to_read(client, home):
    without = make.result()
    described = make.result(description=make.title("Larm till natten"))
    make.lake(home.lake, without, described)

    assert "None of the listed words stands in the title; there is no description." in shown(client, without)
    assert "None of the listed words stands in the title or the description." in shown(client, described)


def test_a_table_of_what_one_supplier_won_has_no_empty_columns_and_explains_nothing_that_is_not_there(client, home):
    notice = make.result()
    make.lake(home.lake, notice)

    page = shown(client, notice)

    assert "Outcome Supplier Lugnvik Omsorgsteknik AB What the buyer has marked" in page


def test_a_dash_is_explained_where_there_is_one(client, home):
    stated = make.lot(result="selec-w", tenders=2, awarded_value=make.money(1_000))
    notices = [
        make.result(
            lots=(stated, replace(stated, identifier="LOT-0002", tenders=tenders)),
            tenders=4,
            awarded_value=make.money(2_000),
            winners=(make.winner(lots=("LOT-0001", "LOT-0002")),),
        )
        for tenders in (2, None)
    ]
    make.lake(home.lake, *notices)

    assert ["– means not stated." in shown(client, notice) for notice in notices] == [False, True]


def test_a_description_that_all_lots_share_stands_once(client, home):
    same, own = make.title("Samma för alla"), make.title("Bara denna")
    shared = make.notice(lots=tuple(make.lot(f"LOT-000{n}", description=same) for n in (1, 2, 3)))
    of_notice = replace(make.notice(lots=shared.lots), description=same)
    different = make.notice(lots=(make.lot(description=own), make.lot("LOT-0002", description=same)))
    make.lake(home.lake, shared, of_notice, different)

    assert shown(client, shared).count("Samma för alla") == 1
    assert "Description, the same for every lot Samma för alla" in shown(client, shared)
    assert shown(client, of_notice).count("Samma för alla") == 1
    assert [text in shown(client, different) for text in ("Description Bara denna", "Description Samma för alla")] == [
        True,
        True,
    ]


def test_a_printed_notice_says_where_it_stands_and_when_it_was_fetched(client, home, time_machine):
    time_machine.move_to(NOW)
    notice = make.notice()
    make.lake(home.lake, notice)

    assert shown(client, notice).endswith(
        f"Address http://testserver{url(notice)} Printed from the hub Mon 10 Mar 2025 at 13:00"
    )
