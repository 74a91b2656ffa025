import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import date

import pytest
from lxml import etree

from samspel.lake.eforms import ROOTS, read
from samspel.lake.eforms.codes import CODES
from samspel.lake.notice import Buyer, Kind, Lot, Money, Notice, SetAside, Text, Unreadable
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
    assert notice == replace(
        PLAIN,
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


def test_an_unknown_code_is_kept_and_reported():
    process = '<cbc:ProcedureCode listName="procurement-procedure-type">Lottery</cbc:ProcedureCode>'
    lots = lot(purchase=mark("innovative-acquisition", "magic"))

    notice = read(eforms(process=process, subtype="99", language="TLH", lots=lots))

    assert (notice.procedure, notice.subtype, notice.language) == ("lottery", "99", "tlh")
    assert notice.marks.innovative == ("magic",)
    assert notice.unknown_codes == ("BT-105:Lottery", "BT-702(a):TLH", "BT-776:magic", "OPP-070:99")


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


@pytest.mark.parametrize("country", ["swe", "SWE", "se"])
def test_a_country_in_small_letters_is_the_same_country(country):
    notice = read(eforms(organisations=organisation(country=country)))

    assert (notice.buyers, notice.unknown_codes) == ((CITY,), ())
