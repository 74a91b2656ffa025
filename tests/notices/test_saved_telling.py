from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from samspel.kit import mail
from samspel.kit.models import Mail
from samspel.notices.models import Alert, HowOften, Told
from samspel.notices.saved import actions, telling
from samspel.notices.saved.due import due_until
from tests import make
from tests.notices.saving import award, came, cancellation, competition, day, mails, notice, saved, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(home):
    return make.actor()


def waiting_jobs():
    """Return whose mails are in the queue to be written."""
    jobs = DBTaskResult.objects.filter(task_path__endswith="telling.tell_person").order_by("enqueued_at")
    return [job.args_kwargs["args"][0] for job in jobs]


def test_one_mail_tells_a_person_each_procurement_once_with_all_searches_that_found_it(anna):
    saved(anna)
    saved(anna, "country=SE", "Sverige")
    came(notice(title=make.title("Snöröjning")), notice(1), at=day(1))

    sent = told(anna, at=day(1, hour=9))

    assert sent.subject == "2 new procurements"
    assert sent.text.count("Digital nattillsyn") == 1
    assert "Why: Nattillsyn, Sverige" in sent.text
    assert sent.text.index("Digital nattillsyn") < sent.text.index("Snöröjning")
    assert told(anna, at=day(1, hour=10)) is None


def test_a_single_procurement_is_named_in_the_subject_and_linked(anna):
    search = saved(anna)
    new = competition()
    came(new, at=day(0))

    sent = told(anna, at=day(0, hour=9))

    assert sent.subject == "New: Digital nattillsyn"
    assert f"http://localhost:8000/notices/{new.key}/" in sent.text
    assert "Lillånäs kommun · Competition 3 Mar 2025 · last day Tue 1 Apr 2025 at 12:00" in sent.text
    assert f"http://localhost:8000/my/searches/{search.pk}/" in sent.html
    assert sent.subscription == f"alerts:{search.pk}"


def test_who_follows_the_buyer_reads_that_this_is_why(anna):
    actions.follow(by=anna, kind="buyer", key="SE-2120009991", name="Lillånäs kommun", at=day(-1))
    came(notice(), at=day(0))

    assert "Why: you follow Lillånäs kommun" in told(anna, at=day(1)).text


def test_nothing_new_is_no_mail(anna):
    saved(anna)
    came(notice(title=make.title("Snöröjning")), at=day(0))

    assert told(anna, at=day(0, hour=9)) is None
    assert mails() == []


@pytest.mark.parametrize(
    "later, words",
    [
        (
            competition(1, "2025-04-15T12:00:00+02:00"),
            "Last day: now Tue 15 Apr 2025 at 12:00, before Tue 1 Apr 2025 at 12:00.",
        ),
        (award(), "Awarded to Lugnvik Omsorgsteknik AB. Before: open until Tue 1 Apr 2025 at 12:00."),
        (cancellation(), "Cancelled. Before: open until Tue 1 Apr 2025 at 12:00."),
    ],
    ids=["deadline", "award", "cancellation"],
)
def test_a_material_change_of_what_was_told_is_told_with_before_and_after(anna, later, words):
    saved(anna)
    came(competition(), at=day(0))
    told(anna, at=day(0, hour=9))
    came(later, at=day(31))

    sent = told(anna, at=day(31, hour=9))

    assert sent.subject == "Changed: Digital nattillsyn"
    assert words in sent.text
    assert told(anna, at=day(31, hour=10)) is None


def test_what_another_search_finds_later_is_not_told_again(anna):
    saved(anna)
    came(competition(), at=day(0))
    told(anna, at=day(0, hour=9))
    saved(anna, "country=SE", "Sverige", at=day(0, hour=12))
    came(competition(1, title=make.title("Nattillsyn igen")), at=day(1))

    assert told(anna, at=day(1, hour=9)) is None


def test_before_is_what_the_person_was_told_not_what_was_last_found(anna):
    search = saved(anna)
    came(competition(), at=day(0))
    told(anna, at=day(0, hour=9))
    actions.hear(search, by=anna, how_often=HowOften.WEEKLY)
    came(competition(1, "2025-04-08T12:00:00+02:00"), at=day(1))
    came(competition(2, "2025-04-15T12:00:00+02:00"), at=day(2))

    sent = told(anna, at=day(7, hour=9))

    assert "now Tue 15 Apr 2025 at 12:00, before Tue 1 Apr 2025 at 12:00." in sent.text


@pytest.mark.parametrize(
    "how_often, found, asked, is_told",
    [
        ("at_once", day(1), day(1, hour=9), True),
        ("daily", day(1), day(1, hour=23), False),
        ("daily", day(1), day(2, hour=6), True),
        ("weekly", day(1), day(6, hour=12), False),
        ("weekly", day(1), day(7, hour=6), True),
        ("weekly", day(1), day(8, hour=6), True),
        ("weekly", day(7), day(8, hour=6), False),
        ("never", day(1), day(20), False),
    ],
)
def test_mails_go_as_often_as_they_are_wanted(anna, how_often, found, asked, is_told):
    saved(anna, how_often=how_often)
    came(notice(), at=found)

    assert (told(anna, at=asked) is not None) == is_told


@pytest.mark.parametrize(
    "how_often, at, due",
    [
        ("daily", datetime(2025, 3, 5, 6, 30, tzinfo=UTC), datetime(2025, 3, 5, 6, tzinfo=UTC)),
        ("daily", datetime(2025, 3, 5, 5, 30, tzinfo=UTC), datetime(2025, 3, 4, 6, tzinfo=UTC)),
        ("weekly", datetime(2025, 3, 5, 12, tzinfo=UTC), datetime(2025, 3, 3, 6, tzinfo=UTC)),
        ("weekly", datetime(2025, 3, 3, 5, tzinfo=UTC), datetime(2025, 2, 24, 6, tzinfo=UTC)),
        # Summer time began on Sunday 30 March.
        ("weekly", datetime(2025, 3, 31, 5, 30, tzinfo=UTC), datetime(2025, 3, 31, 5, tzinfo=UTC)),
    ],
)
def test_mornings_are_by_the_clock_of_the_hub(how_often, at, due):
    assert due_until(how_often, at) == due


def test_after_a_load_there_are_jobs_for_those_who_want_to_be_told_at_once(anna):
    saved(anna)
    saved(anna, "country=SE", "Sverige")
    saved(make.actor(), how_often="daily")

    came(notice(), at=day(0))

    assert waiting_jobs() == [anna.person_id]


def test_the_morning_s_job_puts_one_job_for_each_person_in_the_queue(anna, time_machine):
    weekly = make.actor()
    saved(anna, how_often="daily")
    saved(anna, "country=SE", "Sverige", how_often="weekly")
    saved(weekly, how_often="weekly")
    saved(make.actor(), how_often="never")
    came(notice(), at=day(0))

    time_machine.move_to(day(1, hour=6))
    telling.tell_all.func()
    assert waiting_jobs() == [anna.person_id]

    time_machine.move_to(day(7, hour=6))
    telling.tell_all.func()
    assert sorted(waiting_jobs()) == sorted([anna.person_id, anna.person_id, weekly.person_id])


def test_two_jobs_for_one_person_send_one_mail(anna, time_machine):
    saved(anna)
    came(notice(), at=day(0))
    time_machine.move_to(day(0, hour=9))

    telling.tell_person.func(anna.person_id)
    telling.tell_person.func(anna.person_id)

    assert len(mails()) == 1
    assert Told.objects.count() == 1


def test_a_team_s_search_tells_each_member_who_wants_it_and_nobody_who_has_left(anna):
    search = saved(anna, is_team=True)
    colleague = make.actor(organisation=anna.organisation, role="leader")
    silent = make.actor(organisation=anna.organisation)
    actions.hear(search, by=colleague, how_often=HowOften.AT_ONCE, at=day(-1))
    came(notice(), at=day(0))
    type(anna.membership).objects.filter(pk=anna.membership.pk).update(ended_at=day(0))

    assert told(anna, at=day(0, hour=9)) is None
    assert told(silent, at=day(0, hour=9)) is None
    assert told(colleague, at=day(0, hour=9)).address == colleague.person.email


def test_who_has_said_no_in_a_mail_gets_no_more_of_that_search(anna):
    search = saved(anna)
    saved(anna, "country=SE", "Sverige")
    mail.unsubscribe(anna.person, f"alerts:{search.pk}")
    came(notice(), at=day(0))

    sent = told(anna, at=day(0, hour=9))

    assert "Why: Sverige" in sent.text
    assert "Nattillsyn\n" not in sent.text.partition("See all")[2]


def test_who_has_said_no_to_all_gets_none(anna):
    saved(anna)
    mail.unsubscribe(anna.person, "alerts")
    came(notice(), at=day(0))

    assert told(anna, at=day(0, hour=9)) is None


def test_a_mail_of_several_searches_is_ended_for_all_by_one_click_and_for_each_by_its_own_link(anna, client):
    search = saved(anna)
    saved(anna, "country=SE", "Sverige")
    came(notice(), at=day(0))
    sent = told(anna, at=day(0, hour=9))
    link = next(line for line in sent.text.splitlines() if "/unsubscri" in line)

    page = client.get(link.removeprefix("http://localhost:8000"))
    client.post(link.removeprefix("http://localhost:8000"))

    assert sent.subscription == "alerts"
    assert "what is new for Nattillsyn" in page.content.decode()
    assert list(Alert.objects.with_choice().order_by("pk").values_list("chosen", flat=True)) == ["never", "at_once"]
    assert search.alerts.get().how_often == "at_once"


def test_a_mail_is_in_the_reader_s_language(home):
    reader = make.actor(person=make.person(language="sv"))
    saved(reader)
    came(competition(), at=day(0))

    sent = told(reader, at=day(0, hour=9))

    assert (sent.language, "tis 1 apr 2025 kl. 12.00" in sent.text) == ("sv", True)


def test_more_than_a_reader_reads_is_counted_and_not_told_again(anna):
    saved(anna)
    came(*(notice() for _ in range(53)), at=day(0))

    sent = told(anna, at=day(0, hour=9))

    assert sent.subject == "53 new procurements"
    assert sent.text.count("Digital nattillsyn") == 50
    assert "3 more are not in this mail." in sent.text
    assert told(anna, at=day(0, hour=10)) is None


def test_a_title_cannot_add_a_line_or_markup_to_the_mail(anna):
    saved(anna)
    came(notice(title=make.title("Nattillsyn\nBcc: all@example.org <script>")), at=day(0))

    sent = told(anna, at=day(0, hour=9))

    assert sent.subject == "New: Nattillsyn Bcc: all@example.org <script>"
    assert "<script>" not in sent.html


def test_a_mail_that_no_worker_sent_for_a_month_is_not_sent(anna):
    saved(anna)
    came(notice(), at=day(0))

    assert told(anna, at=day(0) + timedelta(days=31)) is None
    assert Mail.objects.count() == 0
