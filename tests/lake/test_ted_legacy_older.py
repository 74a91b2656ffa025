from datetime import date

from samspel.lake.notice import Buyer, Deadline, Kind, Lot, Money, Notice, Text, Winner
from samspel.lake.ted_legacy import read
from tests.lake.ted_export import OLDER, document


def test_a_defence_notice_of_the_older_forms_is_read():
    older = """<CONTRACT_AWARD_DEFENCE CATEGORY="ORIGINAL" FORM="18" LG="NO" VERSION="R2.0.8.S05.E01">
      <FD_CONTRACT_AWARD_DEFENCE><AUTHORITY><CA_CE_CONCESSIONAIRE_PROFILE>
        <ORGANISATION><OFFICIALNAME>Fjellvernet</OFFICIALNAME><NATIONALID>NO999888771MVA</NATIONALID></ORGANISATION>
        <TOWN>Fjell</TOWN><COUNTRY VALUE="NO"/></CA_CE_CONCESSIONAIRE_PROFILE>
        <INTERNET_ADDRESSES_CONTRACT_AWARD><URL_BUYER>http://fjell.example</URL_BUYER>
        </INTERNET_ADDRESSES_CONTRACT_AWARD></AUTHORITY>
      <TYPE_OF_CONTRACTING_AUTHORITY VALUE="MINISTRY"/><TYPE_OF_ACTIVITY VALUE="DEFENCE"/>
      <TITLE_CONTRACT><P>Båter</P></TITLE_CONTRACT><TYPE_CONTRACT VALUE="SUPPLIES"/>
      <LOCATION_NUTS><NUTS CODE="NO"/></LOCATION_NUTS><FRAMEWORK_AGREEMENT VALUE="YES"/>
      <SHORT_CONTRACT_DESCRIPTION><P>To båter</P></SHORT_CONTRACT_DESCRIPTION>
      <CPV><CPV_MAIN><CPV_CODE CODE="34520000"/></CPV_MAIN>
        <CPV_ADDITIONAL><CPV_CODE CODE="34521000"/></CPV_ADDITIONAL></CPV>
      <AWARD_OF_CONTRACT_DEFENCE><OFFERS_RECEIVED_NUMBER>2</OFFERS_RECEIVED_NUMBER><ECONOMIC_OPERATOR_NAME_ADDRESS>
        <CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><ORGANISATION><OFFICIALNAME>Skrog AS</OFFICIALNAME></ORGANISATION>
        <COUNTRY VALUE="NO"/></CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS>
        <CONTRACT_VALUE_INFORMATION><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="NOK">
          <VALUE_COST FMTVAL="8300000.00">8 300 000,00</VALUE_COST><EXCLUDING_VAT/>
        </COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION></AWARD_OF_CONTRACT_DEFENCE>
      </FD_CONTRACT_AWARD_DEFENCE></CONTRACT_AWARD_DEFENCE>"""
    directive = '<DIRECTIVE VALUE="2009/81/EC"/>'

    notice = read(document(older, document_type="7", procedure="3", coded=directive, schema=OLDER))

    assert notice == Notice(
        source="ted",
        identifier="123-2019",
        version="01",
        format="R2.0.8.S05",
        kind=Kind.RESULT,
        publication_number="123-2019",
        subtype="F18",
        form_type="result",
        notice_type="7",
        legal_basis="32009L0081",
        url="https://ted.europa.eu/en/notice/-/detail/123-2019",
        language="no",
        title=(Text("no", "Båter"),),
        description=(Text("no", "To båter"),),
        nature="supplies",
        cpv="34520000",
        cpv_additional=("31158000", "34521000"),
        nuts=("NO",),
        procedure="restricted",
        accelerated=True,
        framework="fa",
        published_on=date(2019, 1, 4),
        dispatched_on=date(2019, 1, 2),
        awarded_value=Money(8300000.0, "NOK"),
        tenders=2,
        buyers=(
            Buyer(
                "Fjellvernet",
                "999888771",
                "NO",
                town="Fjell",
                website="http://fjell.example",
                legal_type="cga",
                activity="defence",
            ),
        ),
        winners=(Winner("Skrog AS", country="NO", lots=("1",), value=Money(8300000.0, "NOK")),),
        lots=(Lot("1", nuts=("NO",), result="selec-w", awarded_value=Money(8300000.0, "NOK"), tenders=2),),
    )


def test_lots_of_the_older_forms_stand_in_annexes():
    older = """<CONTRACT CATEGORY="ORIGINAL" FORM="2" LG="SV"><TITLE_CONTRACT><P>Mat</P></TITLE_CONTRACT>
      <F02_ANNEX_B><LOT_NUMBER>1</LOT_NUMBER><LOT_TITLE>Kött</LOT_TITLE><LOT_DESCRIPTION><P>Nöt</P></LOT_DESCRIPTION>
        <CPV><CPV_MAIN><CPV_CODE CODE="15111100"/></CPV_MAIN></CPV><NATURE_QUANTITY_SCOPE>
        <COSTS_RANGE_AND_CURRENCY CURRENCY="SEK"><VALUE_COST FMTVAL="5.00">5</VALUE_COST></COSTS_RANGE_AND_CURRENCY>
        </NATURE_QUANTITY_SCOPE><PERIOD_WORK_DATE_STARTING><MONTHS>8</MONTHS></PERIOD_WORK_DATE_STARTING></F02_ANNEX_B>
      <CPV><CPV_MAIN><CPV_CODE CODE="15110000"/></CPV_MAIN></CPV>
      <RECEIPT_LIMIT_DATE><DAY>8</DAY><MONTH>06</MONTH><YEAR>2018</YEAR><TIME>12:00</TIME></RECEIPT_LIMIT_DATE>
      </CONTRACT>"""

    notice = read(document(older, schema=OLDER))

    assert (notice.format, notice.cpv, notice.deadlines) == (
        "R2.0.8",
        "15110000",
        (Deadline("tenders", "2018-06-08T12:00"),),
    )
    assert notice.lots == (
        Lot(
            "1",
            title=(Text("sv", "Kött"),),
            description=(Text("sv", "Nöt"),),
            cpv="15111100",
            estimated_value=Money(5.0, "SEK"),
            duration_months=8.0,
        ),
    )


def test_a_notice_without_a_form_has_teds_own_title_and_buyer():
    notice = read(document('<OTH_NOT CATEGORY="ORIGINAL" LG="SV"><CONTENTS><P>Text</P></CONTENTS></OTH_NOT>'))

    assert (notice.title, notice.description) == ((Text("sv", "Batteriladdare"),), (Text("sv", "Text"),))
    assert (notice.buyers, notice.subtype) == ((Buyer("Sjöstads kommun", country="SE"),), None)
