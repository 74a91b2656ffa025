import pytest

from samspel.lake.eforms import read
from samspel.lake.notice import Deadline, Lot, Marks, Money
from tests.lake.make_eforms import (
    eforms,
    lot,
    mark,
    value,
)


def test_deadlines_are_joined_with_their_zone_and_stand_once_on_the_notice():
    period = "<cac:{0}><cbc:EndDate>{1}</cbc:EndDate>{2}</cac:{0}>".format
    tenders = period(
        "TenderSubmissionDeadlinePeriod", "2026-03-20+01:00", "<cbc:EndTime>12:00:00.0000000+01:00</cbc:EndTime>"
    )
    first = tenders + period("AdditionalInformationRequestPeriod", "2026-03-10+01:00", "")
    second = (
        tenders
        + period("ParticipationRequestReceptionPeriod", "2026-02-20+01:00", "<cbc:EndTime>23:59:00</cbc:EndTime>")
        + """<cac:OpenTenderEvent><cbc:OccurrenceDate>2026-03-21Z</cbc:OccurrenceDate>
          <cbc:OccurrenceTime>08:30:00Z</cbc:OccurrenceTime></cac:OpenTenderEvent>"""
    )
    interest = """<efac:{0}><cbc:EndDate>2026-02-{1}</cbc:EndDate><cbc:EndTime>10:00:00</cbc:EndTime></efac:{0}>"""
    lots = lot("LOT-0001", process=first, interest=interest.format("InterestExpressionReceptionPeriod", "11"))
    lots += lot("LOT-0002", process=second, interest=interest.format("AnswerReceptionPeriod", "12"))

    notice = read(eforms(lots=lots))

    assert notice.deadlines == (
        Deadline("interest", "2026-02-11T10:00:00"),
        Deadline("answers", "2026-02-12T10:00:00"),
        Deadline("requests", "2026-02-20T23:59:00+01:00"),
        Deadline("questions", "2026-03-10"),
        Deadline("tenders", "2026-03-20T12:00:00+01:00"),
        Deadline("opening", "2026-03-21T08:30:00+00:00"),
    )


@pytest.mark.parametrize(
    ("dates", "unknown"),
    [
        ("<cbc:EndDate/>", ()),
        ("<cbc:EndDate> </cbc:EndDate><cbc:EndTime>12:00:00</cbc:EndTime>", ()),
        (
            "<cbc:EndDate>2026-03-01Z</cbc:EndDate><cbc:EndDate>2026-03-02Z</cbc:EndDate>",
            ("BT-131(d):2026-03-01Z 2026-03-02Z",),
        ),
        ("<cbc:EndDate>2026-03-01 2026-03-02</cbc:EndDate>", ("BT-131(d):2026-03-01 2026-03-02",)),
        ("<cbc:EndDate>2026-02-30+01:00</cbc:EndDate>", ("BT-131(d):2026-02-30+01:00",)),
        (
            "<cbc:EndDate>2026-02-20Z</cbc:EndDate><cbc:EndTime>noon</cbc:EndTime>",
            ("BT-131(d):2026-02-20Z noon",),
        ),
    ],
)
def test_a_date_that_cannot_be_told_is_none_and_reported(dates, unknown):
    process = f"<cac:TenderSubmissionDeadlinePeriod>{dates}</cac:TenderSubmissionDeadlinePeriod>"

    notice = read(eforms(lots=lot(process=process)))

    assert (notice.deadlines, notice.unknown_codes) == ((), unknown)


def test_marks_are_read_by_list_and_gathered_from_the_lots():
    text = '<cbc:ProcurementType languageID="SWE">Hälften är el</cbc:ProcurementType>'
    first = mark("strategic-procurement", "inn-pur", text) + mark("innovative-acquisition", "mar-nov")
    first += mark("innovative-acquisition", "buy-eff") + mark("contract-nature", "services")
    second = mark("strategic-procurement", "env-imp") + mark("environmental-impact", "clim-mitig")
    second += mark("social-objective", "opp") + mark("gpp-criteria", "eu") + mark("accessibility", "inc")

    notice = read(eforms(lots=lot("LOT-0001", purchase=first) + lot("LOT-0002", purchase=second)))

    assert notice.lots[0].marks == Marks(
        strategic=("inn-pur",), innovative=("buy-eff", "mar-nov"), quota_transport=("stated",)
    )
    assert notice.marks == Marks(
        strategic=("env-imp", "inn-pur"),
        environmental=("clim-mitig",),
        social=("opp",),
        innovative=("buy-eff", "mar-nov"),
        accessibility=("inc",),
        green_criteria=("eu",),
        quota_transport=("stated",),
    )
    assert notice.unknown_codes == ()


def test_a_sum_is_known_only_where_every_part_is_in_one_currency():
    first, second = lot("LOT-0001", purchase=value(10)), lot("LOT-0002", purchase=value(5))
    foreign, silent = lot("LOT-0003", purchase=value(1, "EUR")), lot("LOT-0004")

    sums = [read(eforms(lots=lots)).estimated_value for lots in (first + second, first + foreign, first + silent)]

    assert sums == [Money(15.0, "SEK"), None, None]


@pytest.mark.parametrize(
    ("measure", "months"),
    [
        ('unitCode="MONTH">18', 18.0),
        ('unitCode="YEARS">2', 24.0),
        ('unitCode="WEEK">52', 12.0),
        ('unitCode="CALENDAR_DAY">365', 12.0),
        ('unitCode="SEC">9', None),
        ('unitCode="DAY">many', None),
        ('unitCode="DAY">', None),
    ],
)
def test_a_duration_is_in_months(measure, months):
    period = f"<cac:PlannedPeriod><cbc:DurationMeasure {measure}</cbc:DurationMeasure></cac:PlannedPeriod>"

    notice = read(eforms(lots=lot(purchase=period)))

    assert notice.lots == (Lot("LOT-0001", duration_months=months),)
