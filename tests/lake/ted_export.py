"""Invented files of TED_EXPORT: no body, person or number in them exists."""

from samspel.lake.ted_legacy import read

CURRENT = "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
OLDER = "http://publications.europa.eu/resource/schema/ted/R2.0.8/publication"

OBJECT = """
<OBJECT_CONTRACT>
  <TITLE><P>Laddstationer till färjor</P></TITLE>
  <CPV_MAIN><CPV_CODE CODE="31158000"/><CPV_SUPPLEMENTARY_CODE CODE="FB03"/></CPV_MAIN>
  <TYPE_CONTRACT CTYPE="SUPPLIES"/>
  <SHORT_DESCR><P>Laddning för två färjor,</P><P>10 m<FT TYPE="SUP">2</FT>   kaj.</P></SHORT_DESCR>
  {lots}
</OBJECT_CONTRACT>"""
LOT = """
<OBJECT_DESCR ITEM="{number}"><TITLE><P>Del {number}</P></TITLE><LOT_NO>{number}</LOT_NO>
  <CPV_ADDITIONAL><CPV_CODE CODE="4531000{number}"/></CPV_ADDITIONAL><NUTS CODE="SE23{number}"/>
  <SHORT_DESCR><P>Kaj {number}</P></SHORT_DESCR>{more}</OBJECT_DESCR>"""
BUYER = """
<CONTRACTING_BODY>
  <ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Sjöstads  kommun</OFFICIALNAME><NATIONALID>212000-9999</NATIONALID>
    <TOWN>Sjöstad</TOWN><COUNTRY VALUE="SE"/><CONTACT_POINT>A. Person</CONTACT_POINT><E_MAIL>a@example.org</E_MAIL>
    <NUTS CODE="SE232"/><URL_GENERAL>www.sjostad.example</URL_GENERAL></ADDRESS_CONTRACTING_BODY>
  {more}
  <CA_TYPE VALUE="REGIONAL_AUTHORITY"/><CA_ACTIVITY VALUE="GENERAL_PUBLIC_SERVICES"/>
</CONTRACTING_BODY>"""


def document(form, *, coded="", document_type="3", procedure="1", root="", refs="", schema=CURRENT):
    """Return a TED_EXPORT file around a form."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="{schema}" DOC_ID="000123-2019" {root}>
  <CODED_DATA_SECTION>
    <REF_OJS><DATE_PUB>20190104</DATE_PUB></REF_OJS>
    <NOTICE_DATA><NO_DOC_OJS>2019/S 003-000123</NO_DOC_OJS><LG_ORIG>SV</LG_ORIG><ISO_COUNTRY VALUE="SE"/>
      <ORIGINAL_CPV CODE="31158000"/>{refs}</NOTICE_DATA>
    <CODIF_DATA><DS_DATE_DISPATCH>20190102</DS_DATE_DISPATCH><TD_DOCUMENT_TYPE CODE="{document_type}"/>
      <NC_CONTRACT_NATURE CODE="2"/><PR_PROC CODE="{procedure}"/>{coded}</CODIF_DATA>
  </CODED_DATA_SECTION>
  <TRANSLATION_SECTION>
    <ML_TITLES><ML_TI_DOC LG="SV"><TI_TEXT><P>Batteriladdare</P></TI_TEXT></ML_TI_DOC>
      <ML_TI_DOC LG="DE"><TI_TEXT><P>Ladegeräte</P></TI_TEXT></ML_TI_DOC></ML_TITLES>
    <ML_AA_NAMES><AA_NAME LG="SV">Sjöstads kommun</AA_NAME></ML_AA_NAMES>
  </TRANSLATION_SECTION>
  <FORM_SECTION>{form}</FORM_SECTION>
</TED_EXPORT>""".encode()


def form(number="F02", sections="", *, lots="", buyers="", language="SV", category="ORIGINAL"):
    """Return a form of the 2014 directives."""
    return (
        f'<{number}_2014 CATEGORY="{category}" FORM="{number}" LG="{language}"><LEGAL_BASIS VALUE="32014L0024"/>'
        f"{BUYER.format(more=buyers)}{OBJECT.format(lots=lots)}{sections}</{number}_2014>"
    )


def award(lot, body):
    """Return one award (V) of a lot."""
    return f"<AWARD_CONTRACT><LOT_NO>{lot}</LOT_NO>{body}</AWARD_CONTRACT>"


def contract(name="Ladda AB", number="556012-9999", *, value="100", size="SME", tenders="3"):
    """Return what was awarded to one supplier."""
    return f"""<AWARDED_CONTRACT><TENDERS><NB_TENDERS_RECEIVED>{tenders}</NB_TENDERS_RECEIVED>
      <NB_TENDERS_RECEIVED_SME>2</NB_TENDERS_RECEIVED_SME></TENDERS>
      <CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{name}</OFFICIALNAME>
        <NATIONALID>{number}</NATIONALID><COUNTRY VALUE="SE"/><NUTS CODE="SE110"/></ADDRESS_CONTRACTOR>
        <{size}/></CONTRACTOR></CONTRACTORS>
      <VALUES><VAL_TOTAL CURRENCY="SEK">{value}</VAL_TOTAL></VALUES></AWARDED_CONTRACT>"""


def lots(*numbers, more=""):
    """Return the descriptions (II.2) of numbered lots."""
    return "".join(LOT.format(number=number, more=more) for number in numbers)


def result(*awards, number="F03", document_type="7", lots=""):
    """Return the notice read from a form with awards."""
    return read(document(form(number, "".join(awards), lots=lots), document_type=document_type))
