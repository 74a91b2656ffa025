import json
import re
import tarfile
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from samspel.lake import eforms_paths
from samspel.lake.eforms import ROOTS, read
from samspel.lake.eforms_codes import CODES
from samspel.lake.notice import Buyer, Deadline, Kind, Lot, Marks, Money, Notice, SetAside, Text, Unreadable, Winner
from samspel.lake.xml import parse
from tests.lake.make_eforms import (
    award,
    buyer,
    changes,
    contract,
    cpv,
    eforms,
    lot,
    mark,
    organisation,
    party,
    result,
    tender,
    value,
)

CITY = Buyer(name="Exempelstad", identifier="2120000001", country="SE", nuts="SE232", town="Exempelstad")
PLAIN = Notice(
    source="ted",
    identifier="11111111-2222-4333-8444-555555555555",
    version="01",
    format="eforms-sdk-1.13",
    kind=Kind.COMPETITION,
    subtype="16",
    form_type="competition",
    notice_type="cn-standard",
    legal_basis="32014L0024",
    language="sv",
    title=(Text("sv", "Ledningsnät"),),
    joint=False,
    dispatched_on=date(2026, 2, 1),
    buyers=(CITY,),
)
PRIOR, AWARD = "PriorInformationNotice", "ContractAwardNotice"


def test_the_smallest_notice_is_read_whole():
    notice = read(eforms())

    assert notice == PLAIN


def test_a_full_notice_is_read_whole():
    purchase = """<cbc:Description languageID="SWE">Nya rör</cbc:Description>
      <cbc:ProcurementTypeCode listName="contract-nature">works</cbc:ProcurementTypeCode>"""
    place = """<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode listName="nuts">SE232
      </cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>"""
    period = """<cac:PlannedPeriod><cbc:StartDate>2026-09-01+02:00</cbc:StartDate><cbc:EndDate>2028-08-31Z</cbc:EndDate>
      <cbc:DurationMeasure unitCode="YEAR">2</cbc:DurationMeasure></cac:PlannedPeriod>"""
    system = """<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="{}">{}</cbc:ContractingSystemTypeCode>
      </cac:ContractingSystem>"""
    validity = """<cac:TenderValidityPeriod><cbc:DurationMeasure unitCode="DAY">90</cbc:DurationMeasure>
      </cac:TenderValidityPeriod>"""
    document = eforms(
        header="<cbc:ContractFolderID>aaaa</cbc:ContractFolderID>",
        extension="""<efac:Publication><efbc:NoticePublicationID>00012345-2026</efbc:NoticePublicationID>
          <efbc:PublicationDate>2026-02-03Z</efbc:PublicationDate></efac:Publication>""",
        purchase=purchase + value(3000000) + cpv("45231300", "45232150"),
        process="""<cbc:ProcedureCode listName="procurement-procedure-type">innovation</cbc:ProcedureCode>
          <cac:ProcessJustification><cbc:ProcessReasonCode listName="accelerated-procedure">true</cbc:ProcessReasonCode>
          </cac:ProcessJustification>""",
        lots=lot(
            purchase='<cbc:Name languageID="SWE">Norr</cbc:Name>' + purchase + cpv("44162000") + place + period,
            process=system.format("dps-usage", "none") + system.format("framework-agreement", "fa-w-rc") + validity,
        ),
    )

    notice = read(document)

    north = Lot(
        identifier="LOT-0001",
        title=(Text("sv", "Norr"),),
        description=(Text("sv", "Nya rör"),),
        nature="works",
        cpv="44162000",
        nuts=("SE232",),
        framework="fa-w-rc",
        duration_months=24.0,
        starts_on=date(2026, 9, 1),
        ends_on=date(2028, 8, 31),
    )
    assert notice == Notice(
        **{name: getattr(PLAIN, name) for name in ("source", "identifier", "version", "format", "kind", "subtype")},
        **{name: getattr(PLAIN, name) for name in ("form_type", "notice_type", "legal_basis", "language", "title")},
        **{name: getattr(PLAIN, name) for name in ("joint", "dispatched_on", "buyers")},
        publication_number="12345-2026",
        published_on=date(2026, 2, 3),
        url="https://ted.europa.eu/en/notice/-/detail/12345-2026",
        procedure_identifier="aaaa",
        description=(Text("sv", "Nya rör"),),
        nature="works",
        cpv="45231300",
        cpv_additional=("44162000", "45232150"),
        nuts=("SE232",),
        procedure="innovation",
        accelerated=True,
        framework="fa-w-rc",
        estimated_value=Money(3000000.0, "SEK"),
        lots=(north,),
    )


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"root": PRIOR, "form_type": "planning", "notice_type": "pin-only"}, Kind.PLANNING),
        ({"root": PRIOR, "form_type": "planning", "notice_type": "pin-buyer"}, Kind.PLANNING),
        ({"root": PRIOR, "form_type": "consultation", "notice_type": "pmc", "subtype": "E1"}, Kind.CONSULTATION),
        ({"root": PRIOR, "form_type": "competition", "notice_type": "pin-cfc-standard"}, Kind.COMPETITION),
        ({"form_type": "competition", "notice_type": "subco"}, Kind.COMPETITION),
        ({"root": AWARD, "form_type": "dir-awa-pre", "notice_type": "veat"}, Kind.INTENTION),
        ({"root": AWARD, "form_type": "result", "notice_type": "can-standard"}, Kind.RESULT),
        ({"root": AWARD, "form_type": "cont-modif", "notice_type": "can-modif"}, Kind.CHANGE),
        ({"root": AWARD, "form_type": "completion", "notice_type": "compl"}, Kind.COMPLETION),
        ({"form_type": "change", "notice_type": "corr"}, Kind.CHANGE),
        ({"form_type": "", "notice_type": "cn-desg"}, Kind.COMPETITION),
        ({"form_type": "planning", "notice_type": "pin-new"}, Kind.PLANNING),
        ({"extension": changes()}, Kind.CHANGE),
        ({"extension": changes(reason="cancel")}, Kind.CANCELLED),
        ({"extension": changes(notice="", reason="update-add")}, Kind.CHANGE),
        ({"extension": changes(notice="", reason="")}, Kind.COMPETITION),
    ],
)
def test_the_kind_is_what_the_notice_does(document, kind):
    notice = read(eforms(**document))

    assert notice.kind == kind


def test_words_about_dialogue_do_not_make_a_planning_notice_a_consultation():
    title = '<cbc:Name languageID="SWE">Inbjudan till marknadsdialog</cbc:Name>'

    notice = read(eforms(root=PRIOR, form_type="planning", notice_type="pin-only", title=title))

    assert notice.kind == Kind.PLANNING


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("clos-nw", "clos-nw"), Kind.CANCELLED),
        (("clos-nw", "selec-w"), Kind.RESULT),
        (("clos-nw", "open-nw"), Kind.RESULT),
        (("open-nw", "open-nw"), Kind.RESULT),
        (("clos-nw", "unpublished"), Kind.RESULT),
    ],
)
def test_a_result_is_cancelled_where_every_lot_was_closed_without_a_winner(codes, kind):
    first, second = codes

    notice = read(award(result("LOT-0001", code=first), result("LOT-0002", code=second)))

    assert notice.kind == kind


def test_an_intention_with_a_winner_is_still_an_intention():
    document = award(
        result(tenders=["TEN-1"]),
        tender("TEN-1", "TPA-1", 10),
        party("TPA-1", "ORG-0001"),
        form_type="dir-awa-pre",
        notice_type="veat",
    )

    notice = read(document)

    assert (notice.kind, [winner.name for winner in notice.winners]) == (Kind.INTENTION, ["Exempelstad"])


def test_a_change_names_the_notice_that_it_corrects_and_why():
    notice = read(eforms(extension=changes("00000999-2026", "cor-buy")))

    assert (notice.corrects, notice.change_reason) == (("999-2026",), "cor-buy")


def test_a_notice_follows_those_that_its_procedure_lots_and_modification_point_to():
    reference = "<cac:NoticeDocumentReference><cbc:ID>{}</cbc:ID></cac:NoticeDocumentReference>"
    planned = reference.format("99999999-8888-4777-8666-555555555555-01")
    document = eforms(
        process=reference.format("2025/S 084-228541"),
        lots=lot("LOT-0001", process=planned) + lot("LOT-0002", process=planned),
        extension="""<efac:ContractModification><efbc:ChangedNoticeIdentifier>00077-2024</efbc:ChangedNoticeIdentifier>
          </efac:ContractModification>""",
    )

    notice = read(document)

    assert notice.follows == ("99999999-8888-4777-8666-555555555555-01", "228541-2025", "77-2024")
    assert notice.corrects == ()


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


def test_an_unknown_code_is_kept_and_reported():
    process = '<cbc:ProcedureCode listName="procurement-procedure-type">Lottery</cbc:ProcedureCode>'
    lots = lot(purchase=mark("innovative-acquisition", "magic"))

    notice = read(eforms(process=process, subtype="99", language="TLH", lots=lots))

    assert (notice.procedure, notice.subtype, notice.language) == ("lottery", "99", "tlh")
    assert notice.marks.innovative == ("magic",)
    assert notice.unknown_codes == ("BT-105:Lottery", "BT-702(a):TLH", "BT-776:magic", "OPP-070:99")


def test_withheld_values_are_none():
    document = award(
        '<cbc:TotalAmount currencyID="SEK">-1</cbc:TotalAmount>',
        result(code="unpublished", tenders=["TEN-1"], received=[("tenders", -1), ("unpublished", 3)]),
        tender("TEN-1", "TPA-1", -1),
        party("TPA-1", "ORG-0001"),
        process='<cbc:ProcedureCode listName="procurement-procedure-type">unpublished</cbc:ProcedureCode>',
        lots=lot(),
    )

    notice = read(document)

    assert notice.lots == (Lot("LOT-0001"),)
    assert (notice.awarded_value, notice.tenders, notice.procedure, notice.unknown_codes) == (None, None, None, ())
    assert [(winner.name, winner.value) for winner in notice.winners] == [("Exempelstad", None)]


def test_winners_are_the_tenderers_behind_the_contracts_with_what_they_won():
    small = "<efbc:CompanySizeCode>small</efbc:CompanySizeCode>"
    person = "<efbc:NaturalPersonIndicator>true</efbc:NaturalPersonIndicator>"
    organisations = (
        organisation()
        + organisation("ORG-0002", name="Rör AB", number="556000-0001", company=small)
        + organisation("ORG-0003", name="Grävfirma", number="19500101-0000", more=person)
        + organisation("ORG-0004", name="Förlorare AB", number="556000-0002")
        + organisation("ORG-0005", name="Förvaltningsrätten")
    )
    document = award(
        result("LOT-0001", tenders=["TEN-1", "TEN-3"], contracts=["CON-1"], received=[("tenders", 2), ("t-sme", 1)]),
        result("LOT-0002", contracts=["CON-1"], received=[("tenders", 3)]),
        result("LOT-0003", code="clos-nw", tenders=["TEN-3"], reason="all-rej"),
        tender("TEN-1", "TPA-1", "100.50"),
        tender("TEN-2", "TPA-2", 50, lot="LOT-0002"),
        tender("TEN-3", "TPA-3", 70),
        contract("CON-1", "TEN-1", "TEN-2"),
        party("TPA-1", "ORG-0002"),
        party("TPA-2", "ORG-0002", "ORG-0003"),
        party("TPA-3", "ORG-0004"),
        organisations=organisations,
        lots=lot("LOT-0001") + lot("LOT-0002") + lot("LOT-0003"),
    )

    notice = read(document)

    place = {"country": "SE", "nuts": "SE232"}
    assert notice.winners == (
        Winner("Rör AB", "5560000001", **place, size="small", lots=("LOT-0001", "LOT-0002"), value=Money(150.5, "SEK")),
        Winner("Grävfirma", "195001010000", **place, lots=("LOT-0002",), value=Money(50.0, "SEK"), is_person=True),
    )
    assert notice.lots == (
        Lot("LOT-0001", result="selec-w", awarded_value=Money(100.5, "SEK"), tenders=2, tenders_sme=1),
        Lot("LOT-0002", result="selec-w", awarded_value=Money(50.0, "SEK"), tenders=3),
        Lot("LOT-0003", result="clos-nw", not_awarded_reason="all-rej"),
    )
    assert (notice.awarded_value, notice.tenders, notice.tenders_sme) == (Money(150.5, "SEK"), 5, 1)
    assert notice.buyers == (CITY,)


def test_a_tender_for_a_group_of_lots_counts_once_and_for_no_single_lot():
    document = award(
        result("LOT-0001", tenders=["TEN-1"]),
        result("LOT-0002", tenders=["TEN-1"]),
        tender("TEN-1", "TPA-1", 80, lot="GLO-0001"),
        party("TPA-1", "ORG-0001"),
        lots=lot("LOT-0001") + lot("LOT-0002") + lot("GLO-0001", scheme="LotsGroup"),
    )

    notice = read(document)

    assert notice.awarded_value == Money(80.0, "SEK")
    assert notice.lots == (Lot("LOT-0001", result="selec-w"), Lot("LOT-0002", result="selec-w"))


def test_a_sum_is_known_only_where_every_part_is_in_one_currency():
    first, second = lot("LOT-0001", purchase=value(10)), lot("LOT-0002", purchase=value(5))
    foreign, silent = lot("LOT-0003", purchase=value(1, "EUR")), lot("LOT-0004")

    sums = [read(eforms(lots=lots)).estimated_value for lots in (first + second, first + foreign, first + silent)]

    assert sums == [Money(15.0, "SEK"), None, None]


def test_results_of_one_lot_that_repeat_a_count_say_it_once():
    twice = [result(received=[("tenders", 4)]), result(received=[("tenders", 4), ("t-sme", 1)])]
    differing = [*twice, result(received=[("t-sme", 2)])]

    notices = [read(award(*results, lots=lot())) for results in (twice, differing)]

    assert [(notice.tenders, notice.tenders_sme) for notice in notices] == [(4, 1), (4, None)]


def test_a_buyer_has_its_role_and_address_and_a_group_its_leader():
    leads = "<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator>"
    role = """<cbc:BuyerProfileURI>https://buyer.example.org</cbc:BuyerProfileURI>
      <cac:ContractingPartyType><cbc:PartyTypeCode listName="buyer-contracting-type">cont-ent</cbc:PartyTypeCode>
      </cac:ContractingPartyType>
      <cac:ContractingPartyType><cbc:PartyTypeCode listName="buyer-legal-type">la</cbc:PartyTypeCode>
      </cac:ContractingPartyType>
      <cac:ContractingActivity><cbc:ActivityTypeCode listName="entity-activity">water</cbc:ActivityTypeCode>
      </cac:ContractingActivity>"""
    department = """<efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification>
      </efac:TouchPoint>"""
    site = "<cbc:WebsiteURI>https://region.example.org</cbc:WebsiteURI>"
    document = eforms(
        organisations=organisation(more=leads)
        + organisation("ORG-0002", name="Regionen", number="", country="NOR", company=site, more=department),
        buyers=buyer("ORG-0001", role) + buyer("TPO-0001") + buyer("ORG-0002") + buyer("ORG-0009"),
    )

    notice = read(document)

    assert notice.joint is True
    assert notice.buyers == (
        Buyer(
            "Exempelstad",
            "2120000001",
            country="SE",
            nuts="SE232",
            town="Exempelstad",
            website="https://buyer.example.org",
            legal_type="la",
            activity="water",
            is_leader=True,
        ),
        Buyer("Regionen", country="NO", nuts="SE232", town="Exempelstad", website="https://region.example.org"),
    )


def test_no_person_is_kept():
    kept = str(asdict(read(eforms())))

    assert [word for word in ("Kim", "@", "+46") if word in kept] == []


def test_texts_have_languages_and_the_notices_own_comes_first():
    titles = (("ENG", "Pipes"), ("NOR", "Rør"), ("NNO", "Røyr"), ("NOB", "Rør"), ("", "Rör"))
    title = "".join(f'<cbc:Name languageID="{language}">{text}</cbc:Name>' for language, text in titles)

    notice = read(eforms(title=title, language="NOB"))

    assert notice.language == "nb"
    assert notice.title == (
        Text("nb", "Rør"),
        Text("nb", "Rör"),
        Text("en", "Pipes"),
        Text("no", "Rør"),
        Text("nn", "Røyr"),
    )


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


@pytest.mark.parametrize(
    ("document", "facts"),
    [
        (
            {"customization": "eforms-sdk-1.7#extended#urn:fdc:anskaffelser.no:2023:eforms:eu"},
            ("doffin", "eforms-sdk-1.7", None, None),
        ),
        (
            {
                "customization": "eforms-sdk-1.7#urn:fdc:anskaffelser.no:2023:eforms:national",
                "identifier": "2023-610912",
                "subtype": "N16",
                "extension": """<efac:Publication><efbc:NoticePublicationID>2021/S 056-142708</efbc:NoticePublicationID>
                  </efac:Publication>""",
            },
            ("doffin", "eforms-sdk-1.7", "2023-610912", "https://www.doffin.no/notices/2023-610912"),
        ),
        ({"customization": ""}, ("ted", "eforms", None, None)),
    ],
)
def test_the_source_is_what_the_customization_says(document, facts):
    notice = read(eforms(**document))

    assert (notice.source, notice.format, notice.publication_number, notice.url) == facts
    assert notice.unknown_codes == ()


@pytest.mark.parametrize(
    ("terms", "basis"),
    [
        ("", "other"),
        ("<cbc:ID>CrossBorderLaw</cbc:ID><cbc:DocumentDescription>Avtal</cbc:DocumentDescription>", "other"),
        ("<cbc:ID>LocalLegalBasis</cbc:ID><cbc:DocumentDescription>LOV</cbc:DocumentDescription>", "LOV"),
        ("<cbc:ID>Anskaffelsesforskriften</cbc:ID>", "Anskaffelsesforskriften"),
    ],
)
def test_a_national_legal_basis_is_kept_as_stated(terms, basis):
    law = f"<cac:ProcurementLegislationDocumentReference>{terms}</cac:ProcurementLegislationDocumentReference>"

    notice = read(eforms(terms=law).replace(b"32014L0024", b"other"))

    assert notice.legal_basis == basis


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ({"identifier": ""}, "The notice lacks an identifier (BT-701)."),
        ({"title": "", "buyers": ""}, "The notice lacks a title (BT-21), a buyer (BT-500)."),
        ({"buyers": buyer("ORG-0009")}, "The notice lacks a buyer (BT-500)."),
        ({"organisations": organisation(name="")}, "The notice lacks a buyer (BT-500)."),
        ({"form_type": "", "notice_type": ""}, "The notice lacks a notice type (BT-02)."),
        ({"form_type": "x", "notice_type": "y"}, "The notice's type is not known: x / y (BT-03, BT-02)."),
        ({"root": "Catalogue"}, "The document is a Catalogue, not an eForms notice."),
    ],
)
def test_a_notice_without_the_essentials_is_unreadable(document, complaint):
    with pytest.raises(Unreadable) as refusal:
        read(eforms(**document))

    assert str(refusal.value) == complaint


@pytest.mark.parametrize("text", [None, "", "-1", "nan", "unpublished", "2026-02-30", "9" * 5000 + "-2024", "/S "])
def test_a_notice_that_lacks_any_one_thing_or_says_nonsense_is_read_or_refused_with_a_reason(text):
    document = award(
        result(tenders=["TEN-1"], contracts=["CON-1"], received=[("tenders", 2)]),
        tender("TEN-1", "TPA-1", 100),
        contract("CON-1", "TEN-1"),
        party("TPA-1", "ORG-0001"),
        lots=lot(purchase=value(10) + cpv("45231300") + mark("innovative-acquisition", "mar-nov")),
    )
    refusals = Counter()

    for place in range(len(list(parse(document).iter()))):
        root = parse(document)
        element = list(root.iter())[place]
        if text is not None:
            element.text = text
        elif element is not root:
            element.getparent().remove(element)
        try:
            read(etree.tostring(root))
        except Unreadable as refusal:
            refusals[str(refusal)] += 1

    assert [
        reason for reason in refusals if not re.match("The notice lacks|The notice's type is not known", reason)
    ] == []


@pytest.mark.parametrize(
    "document", [{"root": "BusinessRegistrationInformationNotice"}, {"form_type": "bri", "notice_type": "brin-eeig"}]
)
def test_a_company_registration_is_set_aside(document):
    with pytest.raises(SetAside, match="registration"):
        read(eforms(**document))


def test_every_known_type_has_a_kind():
    unread = [code for code in CODES["BT-02"] if not code.startswith("brin-")]

    kinds = {code: read(eforms(form_type="", notice_type=code)).kind for code in unread}

    assert len(kinds) == 20


def test_the_roots_are_those_of_eforms():
    assert sorted(ROOTS) == [
        "BusinessRegistrationInformationNotice",
        "ContractAwardNotice",
        "ContractNotice",
        "PriorInformationNotice",
    ]


SHARED = Path(__file__).resolve().parents[2].parent / "shared"
beside_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")


@beside_shared
def test_of_the_official_examples_80_are_read_10_are_unreadable_and_2_set_aside():
    outcomes = Counter()
    for path in (SHARED / "eforms" / "examples").glob("*.xml"):
        try:
            outcomes[type(read(path.read_bytes()))] += 1
        except (Unreadable, SetAside) as refusal:
            outcomes[type(refusal)] += 1

    assert outcomes == {Notice: 80, Unreadable: 10, SetAside: 2}


@beside_shared
@pytest.mark.parametrize(("package", "source", "count"), [("ted", "ted", 745), ("doffin", "doffin", 73)])
def test_every_real_notice_is_read_with_what_it_holds(package, source, count):
    with tarfile.open(SHARED / "notices" / f"{package}-eforms.tar.gz") as files:
        documents = [files.extractfile(member).read() for member in files if member.name.endswith(".xml")]

    notices = [read(document) for document in documents]

    assert Counter(notice.source for notice in notices) == {source: count}
    assert [notice.key for notice in notices if not (notice.first_seen_on and notice.language and notice.cpv)] == []
    for document, notice in zip(documents, notices, strict=True):
        stated = re.findall(rb"ItemClassificationCode[^>]*>([0-9]{8})<", document)
        assert {notice.cpv, *notice.cpv_additional} == {code.decode() for code in stated}


@beside_shared
@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("NOTICE", ""),
        ("LOT", eforms_paths.NOTICE["lot"]),
        ("BUYER", eforms_paths.NOTICE["buyer"]),
        ("LEGISLATION", eforms_paths.NOTICE["legislation"]),
        ("ORGANISATION", eforms_paths.NOTICE["organisation"]),
        ("RESULT", eforms_paths.NOTICE["result"]),
        ("RECEIVED", f"{eforms_paths.NOTICE['result']}/{eforms_paths.RESULT['received']}"),
        ("TENDER", eforms_paths.NOTICE["tender"]),
        ("CONTRACT", eforms_paths.NOTICE["contract"]),
        ("TENDERING_PARTY", eforms_paths.NOTICE["tendering party"]),
    ],
)
def test_every_field_is_read_from_where_the_sdk_keeps_it(table, place):
    fields = json.loads((SHARED / "eforms" / "fields.json").read_text())["fields"]
    official = {(re.sub(r"-[A-Z][a-zA-Z-]*$|-notice$", "", field["id"]), _plain(field)) for field in fields}
    # The SDK has deadlines and a lot's place in a purchase on lots only; see the table.
    on_lots = {name for name in eforms_paths.NOTICE if name.endswith(("(d)", "(t)"))} if table == "NOTICE" else set()

    rows = {
        (name, "/".join(filter(None, ("/*", place, path))))
        for name, path in getattr(eforms_paths, table).items()
        if name.startswith(("BT-", "OPT-", "OPP-")) and name not in on_lots
    }

    assert rows - official == set()


def _plain(field):
    """Return a field's path without its conditions, which can stand in one another."""
    path = field["xpathAbsolute"]
    while "[" in path:
        path = re.sub(r"\[[^\[\]]*\]", "", path)
    return path


@beside_shared
@pytest.mark.parametrize(
    ("field", "code_list"),
    [
        ("BT-02", "notice-type"),
        ("BT-03", "form-type"),
        ("BT-06", "strategic-procurement"),
        ("BT-10", "main-activity"),
        ("BT-11", "buyer-legal-type"),
        ("BT-23", "contract-nature"),
        ("BT-105", "procurement-procedure-type"),
        ("BT-754", "accessibility"),
        ("BT-774", "environmental-impact"),
        ("BT-775", "social-objective"),
        ("BT-776", "innovative-acquisition"),
        ("BT-805", "gpp-criteria"),
    ],
)
def test_the_known_codes_are_those_of_the_official_list(field, code_list):
    lines = (SHARED / "codelists" / f"{code_list}.csv").read_text().splitlines()[1:]

    assert CODES[field] == {line.partition(",")[0] for line in lines}
