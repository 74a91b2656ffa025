from django.utils import translation

from samspel.kit.tiles import PLACES, tile_map


def test_every_county_has_a_square_of_its_own():
    places = [(row, column) for row, column, _ in PLACES.values()]

    assert len(set(places)) == len(places) == 21 + 15


def test_a_county_of_which_nothing_is_known_has_no_number_and_opens_nothing():
    tiles = {tile.short: tile for tile in tile_map({"NO081": 38}, {}, lambda code: f"/n?r={code}")["tiles"]}

    assert (tiles["Oslo"].value, tiles["Oslo"].step, tiles["Oslo"].url) == (38, 4, "/n?r=NO081")
    assert (tiles["Skåne"].value, tiles["Skåne"].step, tiles["Skåne"].url) == (None, None, "")


def test_the_scale_says_which_numbers_each_colour_stands_for():
    with translation.override("sv"):
        assert tile_map({"NO081": 38}, {}, str)["scale"] == ["0–3", "4–9", "10–19", "20–29", "30–"]
        assert tile_map({"NO081": 2}, {}, str)["scale"] == ["0", "1", "2", "3", "4–"]
        assert tile_map({}, {}, str)["scale"] == ["0", "1", "2", "3", "4–"]


def test_the_strongest_colour_is_for_the_most():
    steps = {
        tile.short: tile.step
        for tile in tile_map({"NO081": 38, "NO0A2": 25, "NO060": 12, "SE110": 4, "SE232": 3}, {}, str)["tiles"]
    }

    assert [steps[name] for name in ("Oslo", "Vestl", "Trønd", "Sthlm", "V Göt")] == [4, 3, 2, 1, 0]


def test_the_full_name_is_given_to_who_cannot_see_the_place():
    tile = next(tile for tile in tile_map({}, {"SE110": "Stockholms län"}, str)["tiles"] if tile.short == "Sthlm")

    assert tile.name == "Stockholms län"
