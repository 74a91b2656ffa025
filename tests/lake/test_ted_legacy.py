import tarfile
from datetime import date
from pathlib import Path

import pytest

from samspel.lake.notice import Buyer, Deadline, Kind, Lot, Money, Notice, SetAside, Text, Unreadable
from samspel.lake.ted_legacy import read
from tests.lake.ted_export import document, form, lots

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def test_a_contract_notice_becomes_a_full_record():
    procedure = """<PROCEDURE><PT_COMPETITIVE_NEGOTIATION/><FRAMEWORK/><ACCELERATED_PROC/>
      <DATE_RECEIPT_TENDERS>2019-02-12</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>9:30</TIME_RECEIPT_TENDERS>
      <OPENING_CONDITION><DATE_OPENING_TENDERS>2019-02-13</DATE_OPENING_TENDERS></OPENING_CONDITION></PROCEDURE>"""
    more = """<VAL_OBJECT CURRENCY="SEK">1500000.50</VAL_OBJECT><DURATION TYPE="MONTH">24</DURATION>
      <DATE_START>2019-05-01</DATE_START><DATE_END>2021-04-30</DATE_END>"""
    data = document(form("F02", procedure, lots=lots(1, more=more)), root='VERSION="R2.0.9.S03.E01"', procedure="B")

    notice = read(data)

    assert notice == Notice(
        source="ted",
        identifier="123-2019",
        version="01",
        format="R2.0.9.S03",
        kind=Kind.COMPETITION,
        publication_number="123-2019",
        subtype="F02",
        form_type="competition",
        notice_type="3",
        legal_basis="32014L0024",
        url="https://ted.europa.eu/en/notice/-/detail/123-2019",
        language="sv",
        title=(Text("sv", "Laddstationer till färjor"),),
        description=(Text("sv", "Laddning för två färjor,\n10 m2 kaj."),),
        nature="supplies",
        cpv="31158000",
        cpv_additional=("45310001",),
        nuts=("SE231",),
        procedure="neg-w-call",
        accelerated=True,
        joint=False,
        framework="fa",
        published_on=date(2019, 1, 4),
        dispatched_on=date(2019, 1, 2),
        deadlines=(Deadline("requests", "2019-02-12T09:30"), Deadline("opening", "2019-02-13")),
        estimated_value=Money(1500000.5, "SEK"),
        buyers=(
            Buyer(
                "Sjöstads kommun",
                "2120009999",
                "SE",
                nuts="SE232",
                town="Sjöstad",
                website="http://www.sjostad.example",
                legal_type="rl-aut",
                activity="gen-pub",
            ),
        ),
        lots=(
            Lot(
                "1",
                title=(Text("sv", "Del 1"),),
                description=(Text("sv", "Kaj 1"),),
                cpv_additional=("45310001",),
                nuts=("SE231",),
                estimated_value=Money(1500000.5, "SEK"),
                duration_months=24.0,
                starts_on=date(2019, 5, 1),
                ends_on=date(2021, 4, 30),
            ),
        ),
    )


@pytest.mark.parametrize(
    "code, kind, form_type",
    [
        ("0", Kind.PLANNING, "planning"),
        ("B", Kind.PLANNING, "planning"),
        ("A", Kind.COMPETITION, "competition"),
        ("D", Kind.COMPETITION, "competition"),
        ("O", Kind.COMPETITION, "competition"),
        ("V", Kind.INTENTION, "dir-awa-pre"),
        ("J", Kind.RESULT, "result"),
        ("2", Kind.CHANGE, "change"),
        ("K", Kind.CHANGE, "cont-modif"),
    ],
)
def test_the_kind_follows_the_document_type(code, kind, form_type):
    notice = read(document(form(), document_type=code))

    assert (notice.kind, notice.form_type, notice.notice_type) == (kind, form_type, code)


@pytest.mark.parametrize(
    "element, coded, procedure",
    [
        ("PT_OPEN", "1", "open"),
        ("PT_RESTRICTED", "2", "restricted"),
        ("PT_COMPETITIVE_DIALOGUE", "C", "comp-dial"),
        ("PT_INNOVATION_PARTNERSHIP", "G", "innovation"),
        ("PT_INVOLVING_NEGOTIATION", "B", "neg-w-call"),
        ("DIRECTIVE_2014_24_EU><PT_NEGOTIATED_WITHOUT_PUBLICATION/></DIRECTIVE_2014_24_EU><X", "T", "neg-wo-call"),
        ("X", "G", "innovation"),  # only TED's code says it
        ("PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION", "E", None),
        ("X", "9", None),
    ],
)
def test_the_procedure_is_that_of_the_form_or_else_the_coded_one(element, coded, procedure):
    data = document(form("F02", f"<PROCEDURE><{element}/></PROCEDURE>"), procedure=coded)

    assert read(data).procedure == procedure


@pytest.mark.parametrize(
    "number, kind, procedure, waited_for",
    [
        ("F02", None, "PT_OPEN", "tenders"),
        ("F02", None, "PT_INNOVATION_PARTNERSHIP", "requests"),
        ("F01", "PRI_CALL_COMPETITION", "PT_RESTRICTED", "interest"),
        ("F21", "CONTRACT", "PT_OPEN", "tenders"),
    ],
)
def test_the_time_limit_is_for_what_the_procedure_waits_for(number, kind, procedure, waited_for):
    notice_type = f'<NOTICE TYPE="{kind}"/>' if kind else ""
    limit = "<DATE_RECEIPT_TENDERS>2019-02-12</DATE_RECEIPT_TENDERS>"
    data = document(form(number, f"{notice_type}<PROCEDURE><{procedure}/>{limit}</PROCEDURE>"))

    assert read(data).deadlines == (Deadline(waited_for, "2019-02-12"),)


def test_several_buyers_buy_jointly():
    more = "<ADDRESS_CONTRACTING_BODY_ADDITIONAL><OFFICIALNAME>Ö</OFFICIALNAME></ADDRESS_CONTRACTING_BODY_ADDITIONAL>"

    notice = read(document(form(buyers=more)))

    assert (notice.joint, [buyer.name for buyer in notice.buyers]) == (True, ["Sjöstads kommun", "Ö"])


@pytest.mark.parametrize(
    "number, box, joint, framework",
    [
        ("F02", "<JOINT_PROCUREMENT_INVOLVED/>", True, "none"),
        ("F02", "", False, "none"),
        ("F24", "", None, None),  # the form for concessions does not ask
    ],
)
def test_an_uncrossed_box_means_no_only_where_the_form_has_it(number, box, joint, framework):
    notice = read(document(form(number, "<PROCEDURE/>", buyers=box)))

    assert (notice.joint, notice.framework) == (joint, framework)


def test_a_corrigendum_corrects_and_takes_the_new_time_limit_from_the_coded_data():
    previous = "<COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2018/S 240-012345</NOTICE_NUMBER_OJ></COMPLEMENTARY_INFO>"
    limit = "<DT_DATE_FOR_SUBMISSION>20190305 12:00</DT_DATE_FOR_SUBMISSION>"

    notice = read(document(form("F14", previous), document_type="2", coded=limit))

    assert (notice.corrects, notice.follows) == (("12345-2018",), ())
    assert notice.deadlines == (Deadline("tenders", "2019-03-05T12:00"),)


def test_a_result_follows_the_notices_it_names_and_an_odd_reference_is_reported():
    refs = "<REF_NOTICE><NO_DOC_OJS>2017/S 168-344893</NO_DOC_OJS><NO_DOC_OJS>2017/S ?</NO_DOC_OJS></REF_NOTICE>"
    own = "<PROCEDURE><NOTICE_NUMBER_OJ>2018/S 001-000007</NOTICE_NUMBER_OJ></PROCEDURE>"

    notice = read(document(form("F03", own), document_type="7", refs=refs))

    assert (notice.follows, notice.corrects) == (("344893-2017", "7-2018"), ())
    assert notice.unknown_codes == ("OPP-090:2017/S ?",)


def test_texts_are_kept_in_the_original_and_the_nordic_and_english_translations():
    def translated(language, title):
        return form(language=language, category="TRANSLATION", lots=lots(1)).replace("Laddstationer till färjor", title)

    forms = (
        translated("DE", "Ladestationen"),
        translated("EN", "Charging stations"),
        translated("FI", "Laddstationer till färjor"),
        form(lots=lots(1)),
    )

    notice = read(document("".join(forms)))

    assert notice.title == (Text("sv", "Laddstationer till färjor"), Text("en", "Charging stations"))
    assert notice.lots[0].title == (Text("sv", "Del 1"),)


def test_codes_that_nobody_knows_are_kept_and_reported():
    odd = form().replace("REGIONAL_AUTHORITY", "ROYAL").replace("GENERAL_PUBLIC_SERVICES", "MAGIC")
    odd = odd.replace('<COUNTRY VALUE="SE"/>', '<COUNTRY VALUE="SWE"/>')

    notice = read(document(odd, procedure="Q"))

    assert (notice.buyers[0].legal_type, notice.buyers[0].activity, notice.buyers[0].country) == (
        "ted:ROYAL",
        "ted:MAGIC",
        "SWE",
    )
    assert notice.unknown_codes == ("BT-105:Q", "BT-10:MAGIC", "BT-11:ROYAL", "BT-514:SWE")


@pytest.mark.parametrize(
    "stated, website",
    [
        ("https://a.example/x", "https://a.example/x"),
        ("www.a.example", "http://www.a.example"),
        ("javascript:alert(1)", None),
        ("a@example.org", None),
        ("none", None),
    ],
)
def test_a_website_is_an_address_of_the_web(stated, website):
    assert read(document(form().replace("www.sjostad.example", stated))).buyers[0].website == website


def test_numbers_and_dates_that_are_none_are_not_read():
    more = (
        '<VAL_OBJECT CURRENCY="SEK">about 5</VAL_OBJECT><DURATION TYPE="MONTH">two</DURATION><DATE_END>soon</DATE_END>'
    )

    lot = read(document(form(lots=lots(1, more=more)))).lots[0]

    assert (lot.estimated_value, lot.duration_months, lot.ends_on) == (None, None, None)


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", "The file is empty."),
        (b"nonsense", "The file is not XML."),
        (document(form())[:900], "The file is cut off"),
        (b"<html/>", "The root element is html, not TED_EXPORT."),
        (b"<TED_EXPORT/>", "The notice is incomplete"),
        (document(""), "The notice is incomplete"),
        (document(form()).replace(b'DOC_ID="000123-2019"', b"").replace(b"2019/S 003-000123", b""), "The publication"),
        (document(form(), document_type="?"), "The document type (TD_DOCUMENT_TYPE) is ?, so what the notice does"),
        (document(form()).replace(b"TD_DOCUMENT_TYPE", b"X"), "The document type (TD_DOCUMENT_TYPE) is missing"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><TED_EXPORT>&b;</TED_EXPORT>', "It declares a document type"),
    ],
)
def test_a_file_that_is_no_notice_is_explained(data, reason):
    with pytest.raises(Unreadable) as refusal:
        read(data)

    assert str(refusal.value).startswith(reason)


def test_the_registration_of_a_company_is_set_aside():
    with pytest.raises(SetAside) as refusal:
        read(document(form(), document_type="S"))

    assert str(refusal.value) == "It is the registration of a European company, not a step of a procurement."


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_every_real_notice_is_read_with_what_it_must_hold():
    archive = SHARED / "notices" / "ted-legacy.tar.gz"
    with tarfile.open(archive) as members:
        files = [(member.name, members.extractfile(member).read()) for member in members if member.isfile()]

    notices = {name: read(data) for name, data in files}

    lacking = {
        name: notice
        for name, notice in notices.items()
        if not (notice.title and notice.description and notice.buyers and notice.cpv and notice.published_on)
    }
    assert lacking == {}
    assert {name.split("/")[-1][:-4].lstrip("0"): notice.identifier for name, notice in notices.items()} == {
        notice.identifier: notice.identifier for notice in notices.values()
    }
    assert sorted({code for notice in notices.values() for code in notice.unknown_codes}) == []
    assert (len(notices), sum(notice.procedure == "innovation" for notice in notices.values())) == (1200, 12)
