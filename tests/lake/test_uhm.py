import gzip
import itertools
import resource
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from samspel.lake import uhm
from samspel.lake.notice import Buyer, Kind, Lot, Marks, Money, Notice, Text, Winner
from tests.lake.statistics_rows import SCHOOL, TABLES, procurement, read, supplier, tenders, value, write_table

SHARED_FILES = Path(__file__).resolve().parents[2].parent / "shared" / "notices"
needs_shared = pytest.mark.skipif(not SHARED_FILES.exists(), reason="../shared is not beside the project")

ABY = Buyer("ÅBY KOMMUN", identifier="2120009999", country="SE", legal_type="uhm:Kommun")

BRIDGE_NOTICE = Notice(
    source="uhm",
    identifier="2031-MT1",
    version="01",
    format="uhm-2031",
    kind=Kind.RESULT,
    legal_basis="32014L0024",
    language="sv",
    title=(Text("sv", "Gångbro, ”Sjöbron”"),),
    nature="works",
    cpv="45221100",
    procedure="comp-dial",
    joint=True,
    framework="none",
    published_on=date(2031, 2, 3),
    awarded_value=Money(1_250_000.0, "SEK"),
    tenders=7,
    buyers=(ABY,),
    winners=(
        Winner("Brobyggarna AB", country="SE", size="small", lots=("CAN-1", "CAN-2")),
        Winner("Personuppgift", lots=("CAN-2",), is_person=True),
        Winner("Silta Oy", lots=("CAN-2",)),
    ),
    lots=(
        Lot("CAN-1", result="selec-w", tenders=3),
        Lot("CAN-2", result="selec-w", tenders=4),
        Lot("CAN-3"),
    ),
    marks=Marks(national=("innovation", "social")),
)
SCHOOL_NOTICE = Notice(
    source="uhm",
    identifier="2031-SE2",
    version="01",
    format="uhm-2031",
    kind=Kind.COMPETITION,
    legal_basis="32014L0024",
    language="sv",
    title=(Text("sv", "Skolmat"),),
    nature="supplies",
    procedure="uhm:förenklat förfarande",
    joint=False,
    framework="fa",
    published_on=date(2031, 1, 2),
    buyers=(ABY,),
)


@pytest.fixture
def write(tmp_path):
    return partial(write_table, tmp_path)


@pytest.mark.parametrize("order", list(itertools.permutations(TABLES)))
def test_the_four_tables_become_the_same_notices_in_whatever_order_they_come(write, order):
    paths = [write(name, TABLES[name]) for name in order]

    assert read(*paths) == [BRIDGE_NOTICE, SCHOOL_NOTICE]


def test_procurements_alone_are_competitions(write):
    alone, _ = read(write("procurements", TABLES["procurements"]))

    assert (alone.kind, alone.winners, alone.lots, alone.awarded_value) == (Kind.COMPETITION, (), (), None)


@pytest.mark.parametrize("name", ["suppliers", "values", "tenders"])
def test_a_procurement_that_stands_in_another_table_only_is_built_from_it(write, name):
    (notice,) = read(write(name, TABLES[name]))

    assert (notice.identifier, notice.title, notice.cpv, notice.published_on, notice.buyers, notice.marks) == (
        BRIDGE_NOTICE.identifier,
        BRIDGE_NOTICE.title,
        BRIDGE_NOTICE.cpv,
        BRIDGE_NOTICE.published_on,
        BRIDGE_NOTICE.buyers,
        BRIDGE_NOTICE.marks,
    )
    assert notice.kind == (Kind.COMPETITION if name == "tenders" else Kind.RESULT)


def test_what_a_procurement_leaves_blank_is_filled_in_from_the_others_except_its_marks(write):
    procurements = write("procurements", [procurement(**SCHOOL)])
    suppliers = write(
        "suppliers",
        [
            supplier(
                "A",
                "1",
                **SCHOOL
                | {
                    "Huvudsaklig CPV-kod": "15000000 Mat",
                    "Förfarande": "Öppet förfarande",
                    "Innovationsupphandling": "True",
                    "Publiceringsdatum": "2031-01-09",
                },
            )
        ],
    )

    (notice,) = read(suppliers, procurements)

    assert (notice.cpv, notice.procedure, notice.marks, notice.published_on, [w.name for w in notice.winners]) == (
        "15000000",
        "uhm:förenklat förfarande",
        Marks(),
        date(2031, 1, 2),
        ["A"],
    )


def test_a_number_advertised_on_two_days_is_two_procurements_with_their_own_awards(write):
    later = {"Publiceringsdatum": "2031-06-15"}
    procurements = write("procurements", [procurement(**later), procurement()])
    suppliers = write(
        "suppliers",
        [
            supplier("Late", "2", **later),
            supplier("Early", "1"),
            supplier("Neither", "1", Publiceringsdatum="2031-03-03"),
        ],
    )

    found = read(procurements, suppliers)

    assert [(n.identifier, n.published_on, [w.name for w in n.winners]) for n in found] == [
        ("2031-MT1", date(2031, 2, 3), ["Early", "Neither"]),
        ("2031-MT1-2031-06-15", date(2031, 6, 15), ["Late"]),
    ]


def test_the_same_number_in_another_year_is_another_procurement(write):
    found = read(write("procurements", [procurement(), procurement(År="2032", Publiceringsdatum="2032-01-01")]))

    assert [notice.identifier for notice in found] == ["2031-MT1", "2032-MT1"]


def test_a_number_with_other_signs_becomes_an_address(write):
    found = read(write("procurements", [procurement(**{"Upphandlings-ID": "CTM2031/S 031-078262"})]))

    assert [notice.key for notice in found] == ["uhm/2031-CTM2031-S-031-078262/01"]


def test_values_of_one_procurement_are_summed_and_the_same_file_twice_counts_once(write, tmp_path):
    values = write("values", [value("1000000"), value("250000,50")])
    again = tmp_path / "again.csv.gz"
    again.write_bytes(gzip.compress(values.read_bytes()))

    (notice,) = read(values, again)

    assert notice.awarded_value == Money(1_250_000.5, "SEK")


@pytest.mark.parametrize(
    "words, size",
    [
        ("Mikroföretag", "micro"),
        ("Små företag", "small"),
        ("Medelstora företag", "medium"),
        ("Stora företag", "large"),
        ("", None),
    ],
)
def test_sizes_of_suppliers_become_codes(write, words, size):
    (notice,) = read(write("suppliers", [supplier("A", "1", words)]))

    assert [winner.size for winner in notice.winners] == [size]


@pytest.mark.parametrize(
    "words, code",
    [
        ("Öppet förfarande", "open"),
        ("Selektivt förfarande", "restricted"),
        ("Förhandlat förfarande med föregående annonsering", "neg-w-call"),
        ("Förhandlat förfarande utan föregående annonsering", "neg-wo-call"),
        ("Konkurrenspräglad dialog", "comp-dial"),
        ("Innovationspartnerskap", "innovation"),
        ("Förenklat förfarande", "uhm:förenklat förfarande"),
        ("Urvalsförfarande", "uhm:urvalsförfarande"),
        ("Annat förfarande", "uhm:annat förfarande"),
        ("", None),
    ],
)
def test_procedures_become_eforms_codes_and_national_ones_keep_their_name(write, words, code):
    (notice,) = read(write("procurements", [procurement(Förfarande=words)]))

    assert (notice.procedure, notice.unknown_codes) == (code, ())


@pytest.mark.parametrize(
    "words, basis",
    [
        ("Direktiv 2014/23/EU", "32014L0023"),
        ("Direktiv 2014/25/EU", "32014L0025"),
        ("Direktiv 2009/81/EG", "32009L0081"),
        ("Lag (2031:1)", "Lag (2031:1)"),
        ("", None),
    ],
)
def test_directives_become_celex_numbers(write, words, basis):
    (notice,) = read(write("procurements", [procurement(**{"Rättslig grund": words})]))

    assert notice.legal_basis == basis


def test_words_that_are_not_known_are_kept_and_listed(write):
    strange = {
        "Förfarande": "Lottning",
        "Upphandlingsslag": "Gåvor",
        "Typ av avtal": "Handslag",
        "Huvudsaklig CPV-kod": "Bro",
        "Samordnad upphandling": "kanske",
    }

    (notice,) = read(write("suppliers", [supplier("A", "1", "Jättar", **strange)]))

    assert (notice.procedure, notice.nature, notice.framework, notice.cpv, notice.joint, notice.winners[0].size) == (
        "uhm:lottning",
        "uhm:gåvor",
        "uhm:handslag",
        None,
        None,
        "uhm:jättar",
    )
    assert notice.unknown_codes == (
        "BT-105:Lottning",
        "BT-165:Jättar",
        "BT-23:Gåvor",
        "BT-262:Bro",
        "BT-765:Handslag",
        "Samordnad upphandling:kanske",
    )


def test_a_sole_trader_is_a_person_and_a_buyer_who_is_one_has_no_number(write):
    (notice,) = read(
        write(
            "suppliers",
            [supplier("A", "1", form="Fysiska personer", **{"Juridisk form för köpare": "Fysiska personer"})],
        )
    )

    assert [winner.is_person for winner in notice.winners] == [True]
    assert notice.buyers == (Buyer("ÅBY KOMMUN", country="SE", legal_type="uhm:Kommun"),)


def test_a_buyer_with_a_foreign_number_is_not_said_to_be_swedish(write):
    (notice,) = read(write("procurements", [procurement(**{"Organisationsnummer för köpare": "0000000-0"})]))

    assert notice.buyers == (Buyer("ÅBY KOMMUN", identifier="00000000", legal_type="uhm:Kommun"),)


def test_rows_are_gathered_in_the_given_folder_and_nothing_is_left(write, tmp_path):
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "statistics.sqlite").write_bytes(b"left by a run that was killed")

    found = list(uhm.notices([write("procurements", TABLES["procurements"])], spool=tmp_path / "spool"))

    assert (len(found), list((tmp_path / "spool").iterdir())) == (2, [])


def test_a_procurement_with_rows_without_end_is_refused(write):
    rows = [value(str(number)) for number in range(10_001)]

    assert read(write("values", [*rows, value("1", **{"Upphandlings-ID": "MT0"})]))[1:] == [
        "The procurement MT1 of 2031 has more than 10,000 rows."
    ]


def test_a_disk_without_room_for_the_rows_stops_the_run_and_nothing_is_left(write, tmp_path):
    (tmp_path / "spool").mkdir()
    path = write("procurements", [procurement(**{"Upphandlings-ID": str(number)}) for number in range(6000)])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    try:
        with pytest.raises(OSError, match="the rows of the statistics could not be gathered"):
            list(uhm.notices([path], spool=tmp_path / "spool"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list((tmp_path / "spool").iterdir()) == []


@needs_shared
def test_the_real_tables_of_2021_become_every_procurement():
    procurements, *others = (
        SHARED_FILES / f"uhm-2021-{name}.csv.gz" for name in ("procurements", "suppliers", "values", "tenders")
    )

    alone = list(uhm.notices([procurements]))
    together = list(uhm.notices([*others, procurements]))

    assert {type(item) for item in (*alone, *together)} == {Notice}
    assert (len(alone), len({notice.key for notice in alone})) == (12_324, 12_324)
    # seven more stand in the other tables only
    assert (len(together), len({notice.key for notice in together})) == (12_331, 12_331)
    assert {notice.key for notice in alone} < {notice.key for notice in together}
    assert sum("innovation" in notice.marks.national for notice in together) == 543
    # nearly all of the marks come from one database, which has a sixth of the procurements
    in_one = [notice for notice in together if notice.channel == "KommersAnnons.se"]
    assert (len(in_one), sum("innovation" in notice.marks.national for notice in in_one)) == (2_004, 530)
    assert sum(notice.url is not None for notice in together) == 1_327
    assert {code for notice in together for code in notice.unknown_codes} == set()
    assert sum(notice.awarded_value.amount for notice in together if notice.awarded_value) == 153_458_875_353


def test_a_lot_named_by_its_notice_in_ted_makes_the_procurement_follow_it(write):
    path = write("tenders", [tenders("CAN-SE-2021/S060-051841-02_1", "3")])

    (notice,) = read(path)

    assert notice.follows == ("51841-2021",)
    assert notice.url == "https://ted.europa.eu/en/notice/-/detail/51841-2021"


def test_lots_of_two_notices_in_ted_lead_to_neither(write):
    lots = ("CAN-SE-2021/S060-151841-02_1", "CAN-SE-2022/S001-000007-02_1")
    path = write("tenders", [tenders(lot, "3") for lot in lots])

    (notice,) = read(path)

    assert (notice.follows, notice.url) == (("151841-2021", "7-2022"), None)


def test_the_database_of_the_advertisement_is_kept_from_whichever_table_says_it(write):
    procurements = write("procurements", [procurement(Annonsdatabas="Alfa"), procurement(**SCHOOL)])
    values = write("values", [value("1", **SCHOOL, Annonsdatabas="Beta")])

    found = read(procurements, values)

    assert [notice.channel for notice in found] == ["Alfa", "Beta"]
