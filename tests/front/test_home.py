from datetime import date

from samspel.lake import indexing
from samspel.lake.notice import Deadline, Kind, Marks
from samspel.notices.lake import current_lake
from tests import make
from tests.lake_queries import asked_of
from tests.pages import links_of, text_of


def filled(home, *notices):
    lake = make.lake(home.lake, *notices)
    indexing.rebuild(lake)
    return lake


def test_an_empty_hub_says_the_one_command_that_loads_notices(client, home):
    page = text_of(client.get("/"))

    assert "It has none yet." in page
    assert "samspel notices load folder" in page


def test_the_first_page_has_a_search_field_and_numbers_that_open(client, home, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z")
    filled(
        home,
        make.notice(marks=Marks(innovative=("rd-act",))),
        make.notice(procedure="innovation"),
        make.notice(procedure="innovation"),
        make.result(source="doffin"),
    )

    response = client.get("/")
    page = text_of(response)

    assert 'name="q"' in response.content.decode()
    assert "4 notices to search TED 3 Doffin 1" in page
    assert "4 procurements with a competition or a result" in page
    assert "0 – 2 innovation procurements in 2025, depending on how one counts (Norway and Sweden)" in page
    assert "Innovation, declared by the buyer 1 of 4 it can judge" in page
    assert "Innovation, by procedure 2 of 4 it can judge" in page
    assert "Norway and Sweden: 1 of 4 procurements in 2025 that can carry the mark were declared as innovation" in page
    assert "/indicators/procedure/procurements/?country=NO,SE&year=2025" in links_of(response)


def test_what_can_still_be_answered_comes_newest_first(client, home, time_machine):
    time_machine.move_to("2025-04-01T12:00:00Z")
    deadline = (Deadline("tenders", "2025-05-01T12:00:00+02:00"),)
    filled(
        home,
        make.notice(title=make.title("Older"), published_on=date(2025, 3, 1), deadlines=deadline),
        make.notice(title=make.title("Newer"), published_on=date(2025, 3, 20), deadlines=deadline),
        make.notice(title=make.title("Closed"), deadlines=(Deadline("tenders", "2025-03-31T12:00:00+02:00"),)),
        make.notice(
            title=make.title("Dialogue"),
            kind=Kind.CONSULTATION,
            deadlines=(Deadline("answers", "2025-04-20T12:00:00+02:00"),),
        ),
    )

    page = text_of(client.get("/"))

    assert "3 notices you can still answer" in page
    first = "The newest first; those in Norway and Sweden before all others."
    assert f"Open competitions All 2 {first} 20 Mar 2025 Newer Lillånäs kommun · Sweden until 1 May 2025" in page
    assert page.index("Newer") < page.index("Older")
    assert f"Market consultations and plans All 1 {first} 4 Mar 2025 Dialogue" in page
    assert "Closed" not in page


def test_a_corrected_competition_is_listed_once(client, home, time_machine):
    time_machine.move_to("2025-04-01T12:00:00Z")
    deadline = (Deadline("tenders", "2025-05-01T12:00:00+02:00"),)
    first = make.notice(title=make.title("As it was"), deadlines=deadline)
    second = make.notice(
        title=make.title("As it is"),
        kind=Kind.CHANGE,
        form_type="competition",
        corrects=(f"{first.identifier}-01",),
        procedure_identifier=first.procedure_identifier,
        published_on=date(2025, 3, 21),
        deadlines=deadline,
    )
    filled(home, first, second)

    page = text_of(client.get("/"))

    assert "As it is" in page
    assert "As it was" not in page


def test_where_nothing_is_open_the_newest_notices_stand(client, home, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z")
    filled(home, make.result())

    page = text_of(client.get("/"))

    assert "Newest notices No notice in the hub is still open. 30 Jun 2025 Digital nattillsyn" in page


def test_titles_are_escaped(client, home):
    filled(home, make.notice(title=make.title("<img src=x>")))

    assert "<img src=x>" not in client.get("/").content.decode()


def test_the_lake_is_asked_once_for_each_of_its_states(client, home):
    filled(home, make.notice(), make.notice())
    numbers = []
    for _ in range(2):
        with asked_of(current_lake()) as asked:
            client.get("/")
        numbers.append(len(asked))

    assert numbers == [6, 0]


def test_the_number_of_procurements_opens_them(client, home):
    filled(home, make.notice(), make.notice())

    response = client.get("/")

    assert "/indicators/all/procurements/" in links_of(response)
    assert "2 procurements" in text_of(client.get("/indicators/all/procurements/"))


def test_a_qualification_system_is_no_dialogue_and_a_deadline_far_ahead_is_none(client, home, time_machine):
    time_machine.move_to("2025-04-01T12:00:00Z")
    far = "2050-12-31T00:00:00+01:00"
    filled(
        home,
        make.notice(title=make.title("Plan of a system"), kind=Kind.PLANNING, deadlines=(Deadline("requests", far),)),
        make.notice(title=make.title("System"), notice_type="qu-sy", deadlines=(Deadline("requests", far),)),
        make.notice(title=make.title("Dialogue"), kind=Kind.PLANNING, deadlines=(Deadline("interest", far),)),
    )

    page = text_of(client.get("/"))

    assert "System Lillånäs kommun · Sweden until further notice" in page
    assert "4 Mar 2025 Dialogue Lillånäs kommun · Sweden no deadline stated" in page
    assert "Plan of a system" not in page


def test_procurements_without_a_competition_or_a_result_are_said_to_be_left_out(client, home):
    filled(home, make.notice(), make.notice(kind=Kind.PLANNING, subtype="4"))

    response = client.get("/")

    assert "1 procurement with a competition or a result" in text_of(response)
    assert "1 more is left out" in text_of(response)
    assert "/indicators/uncounted/procurements/" in links_of(response)


def test_each_country_is_told_apart_and_a_rule_that_cannot_judge_says_so(client, home, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z")
    norwegian = make.buyer(country="NO", nuts=None, identifier="999999999")
    filled(home, make.notice(procedure="innovation"), make.notice(buyers=(norwegian,), format="ted-export-r209"))

    page = text_of(client.get("/"))

    assert "Norway: declared cannot be said, procedure 0 and wording 0 . Sweden: declared 0 , procedure 1" in page


def test_what_is_bought_at_home_stands_before_what_is_newer(client, home, time_machine):
    time_machine.move_to("2025-04-01T12:00:00Z")
    deadline = (Deadline("tenders", "2025-05-01T12:00:00+02:00"),)
    danish = make.buyer(country="DK", nuts=None, identifier="12345678")
    filled(
        home,
        make.notice(title=make.title("Abroad"), buyers=(danish,), published_on=date(2025, 3, 20), deadlines=deadline),
        make.notice(title=make.title("At home"), published_on=date(2025, 3, 1), deadlines=deadline),
    )

    page = text_of(client.get("/"))

    assert page.index("At home Lillånäs kommun · Sweden") < page.index("Abroad Lillånäs kommun · Denmark")


def test_procurements_that_look_alike_are_one_line(client, home, time_machine):
    time_machine.move_to("2025-04-01T12:00:00Z")
    deadline = (Deadline("tenders", "2025-05-01T12:00:00+02:00"),)
    filled(home, *(make.notice(title=make.title("A medicine"), deadlines=deadline) for _ in range(3)))

    page = text_of(client.get("/"))

    assert page.count("A medicine") == 1
    assert "A medicine Lillånäs kommun · Sweden · and 2 more of the same name" in page
