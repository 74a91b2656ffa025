"""Small eForms notices, written for the tests: the smallest that can be read, and what a test adds to it."""

from samspel.lake.eforms.paths import NAMESPACES

_ROOT = "urn:oasis:names:specification:ubl:schema:xsd"


def eforms(
    *,
    root="ContractNotice",
    form_type="competition",
    notice_type="cn-standard",
    subtype="16",
    identifier="11111111-2222-4333-8444-555555555555",
    version="01",
    customization="eforms-sdk-1.13",
    language="SWE",
    issued="2026-02-01+01:00",
    title='<cbc:Name languageID="SWE">Ledningsnät</cbc:Name>',
    purchase="",
    process="",
    terms="",
    buyers=None,
    organisations=None,
    extension="",
    header="",
    lots="",
):
    """Return the bytes of a notice. What is given as XML stands in the element its name says."""
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{_ROOT}:{root}-2" {namespaces}>
  <!-- a comment between elements, as converters leave them -->
  {
        _extension(f'''
    {extension}
    <efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">{subtype}</cbc:SubTypeCode></efac:NoticeSubType>
    <efac:Organizations>{organisation() if organisations is None else organisations}</efac:Organizations>''')
    }
  <cbc:CustomizationID>{customization}</cbc:CustomizationID>
  <cbc:ID schemeName="notice-id">{identifier}</cbc:ID>
  <cbc:IssueDate>{issued}</cbc:IssueDate>
  <cbc:VersionID>{version}</cbc:VersionID>
  <cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>
  <cbc:NoticeTypeCode listName="{form_type}">{notice_type}</cbc:NoticeTypeCode>
  <cbc:NoticeLanguageCode>{language}</cbc:NoticeLanguageCode>
  {header}
  {buyer() if buyers is None else buyers}
  <cac:TenderingTerms>{terms}</cac:TenderingTerms>
  <cac:TenderingProcess>{process}</cac:TenderingProcess>
  <cac:ProcurementProject>{title}{purchase}</cac:ProcurementProject>
  {lots}
</{root}>""".encode()


def _extension(content):
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def buyer(reference="ORG-0001", more=""):
    """Return a contracting party that refers to an organisation."""
    return f"""<cac:ContractingParty>{more}<cac:Party><cac:PartyIdentification>
      <cbc:ID schemeName="organization">{reference}</cbc:ID>
    </cac:PartyIdentification></cac:Party></cac:ContractingParty>"""


def organisation(reference="ORG-0001", *, name="Exempelstad", number="212000-0001", country="SWE", company="", more=""):
    """Return an organisation, with contact data that no reader may keep."""
    return f"""<efac:Organization>{more}<efac:Company>{company}
      <cac:PartyIdentification><cbc:ID schemeName="organization">{reference}</cbc:ID></cac:PartyIdentification>
      <cac:PartyName><cbc:Name languageID="SWE">{name}</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cbc:CityName>Exempelstad</cbc:CityName>
        <cbc:CountrySubentityCode listName="nuts">SE232</cbc:CountrySubentityCode>
        <cac:Country><cbc:IdentificationCode listName="country">{country}</cbc:IdentificationCode></cac:Country>
      </cac:PostalAddress>
      <cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity>
      <cac:Contact><cbc:Name>Kim Påhittad</cbc:Name><cbc:Telephone>+46 000 00 00</cbc:Telephone>
        <cbc:ElectronicMail>kim@example.org</cbc:ElectronicMail></cac:Contact>
    </efac:Company></efac:Organization>"""


def lot(identifier="LOT-0001", scheme="Lot", purchase="", process="", interest=""):
    """Return a lot; ``interest`` stands in the extension of its process."""
    return f"""<cac:ProcurementProjectLot><cbc:ID schemeName="{scheme}">{identifier}</cbc:ID>
      <cac:TenderingProcess>{_extension(interest)}{process}</cac:TenderingProcess>
      <cac:ProcurementProject>{purchase}</cac:ProcurementProject>
    </cac:ProcurementProjectLot>"""


def mark(code_list, code, more=""):
    """Return a mark of a lot: a code of a list."""
    code = f'<cbc:ProcurementTypeCode listName="{code_list}">{code}</cbc:ProcurementTypeCode>'
    return f"<cac:ProcurementAdditionalType>{code}{more}</cac:ProcurementAdditionalType>"


def value(amount, currency="SEK"):
    """Return an estimated value."""
    amount = (
        f'<cbc:EstimatedOverallContractAmount currencyID="{currency}">{amount}</cbc:EstimatedOverallContractAmount>'
    )
    return f"<cac:RequestedTenderTotal>{amount}</cac:RequestedTenderTotal>"


def cpv(main, *additional):
    """Return a main classification code and additional ones."""
    return _classification("Main", main) + "".join(_classification("Additional", code) for code in additional)


def _classification(kind, code):
    code = f'<cbc:ItemClassificationCode listName="cpv">{code}</cbc:ItemClassificationCode>'
    return f"<cac:{kind}CommodityClassification>{code}</cac:{kind}CommodityClassification>"


def changes(notice="00999-2026", reason="update-add"):
    """Return the part by which a notice changes another."""
    return f"""<efac:Changes><efbc:ChangedNoticeIdentifier>{notice}</efbc:ChangedNoticeIdentifier>
      <efac:ChangeReason><cbc:ReasonCode listName="change-corrig-justification">{reason}</cbc:ReasonCode>
      </efac:ChangeReason></efac:Changes>"""


def result(lot="LOT-0001", *, code="selec-w", tenders=(), contracts=(), received=(), reason=None):
    """Return what came of a lot; ``received`` is pairs of a kind of tender and a number."""
    return f"""<efac:LotResult><cbc:ID schemeName="result">RES-0001</cbc:ID>
      <cbc:TenderResultCode listName="winner-selection-status">{code}</cbc:TenderResultCode>
      {
        f'''<efac:DecisionReason><efbc:DecisionReasonCode>{reason}</efbc:DecisionReasonCode>
        </efac:DecisionReason>'''
        if reason
        else ""
    }
      {"".join(f"<efac:LotTender><cbc:ID>{tender}</cbc:ID></efac:LotTender>" for tender in tenders)}
      {
        "".join(
            f"<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>{kind}</efbc:StatisticsCode>"
            f"<efbc:StatisticsNumeric>{number}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>"
            for kind, number in received
        )
    }
      {"".join(f"<efac:SettledContract><cbc:ID>{contract}</cbc:ID></efac:SettledContract>" for contract in contracts)}
      <efac:TenderLot><cbc:ID schemeName="Lot">{lot}</cbc:ID></efac:TenderLot></efac:LotResult>"""


def tender(identifier, party, amount, lot="LOT-0001", currency="SEK"):
    """Return a tender of a party for a lot."""
    return f"""<efac:LotTender><cbc:ID schemeName="tender">{identifier}</cbc:ID>
      <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="{currency}">{amount}</cbc:PayableAmount>
      </cac:LegalMonetaryTotal>
      <efac:TenderingParty><cbc:ID>{party}</cbc:ID></efac:TenderingParty>
      <efac:TenderLot><cbc:ID>{lot}</cbc:ID></efac:TenderLot></efac:LotTender>"""


def contract(identifier, *tenders):
    """Return a contract that tenders led to."""
    tenders = "".join(f"<efac:LotTender><cbc:ID>{tender}</cbc:ID></efac:LotTender>" for tender in tenders)
    return f"<efac:SettledContract><cbc:ID>{identifier}</cbc:ID>{tenders}</efac:SettledContract>"


def party(identifier, *organisations):
    """Return a tendering party of organisations."""
    tenderers = "".join(f"<efac:Tenderer><cbc:ID>{one}</cbc:ID></efac:Tenderer>" for one in organisations)
    return f"<efac:TenderingParty><cbc:ID>{identifier}</cbc:ID>{tenderers}</efac:TenderingParty>"


def award(*content, **notice):
    """Return the bytes of a result notice, with a NoticeResult of this content."""
    kind = {"root": "ContractAwardNotice", "form_type": "result", "notice_type": "can-standard", "subtype": "29"}
    return eforms(extension=f"<efac:NoticeResult>{''.join(content)}</efac:NoticeResult>", **(kind | notice))
