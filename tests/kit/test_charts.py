import re
import subprocess
import sys
import time

import pytest

from samspel.home import Home
from samspel.kit import charts, svg
from samspel.kit.charts import Break, Dot, Point

LABEL = "From 96 in 2022 to 412 in 2025, with a break in 2024 & “new marks”."
NUMBERS = [
    Point(2022, 96, "96", "/notices?year=2022&mark=inn"),
    Point(2023, 183, "183", "/notices?year=2023&mark=inn"),
    Point(2024, 336, "336", "/notices?year=2024&mark=inn"),
    Point(2025, 412, "412", "/notices?year=2025&mark=inn"),
]
BREAK = Break(2024, "eForms: new marks")


@pytest.fixture(scope="module")
def drawings(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("drawings"))


@pytest.fixture(autouse=True)
def _kept_for_the_next_test(settings, drawings):
    settings.HOME = drawings


@pytest.fixture(params=[charts.line, charts.bars], ids=["line", "bars"])
def draw(request):
    return request.param


def links(drawing):
    return re.findall(r' (?:xlink:)?href="([^"]*)"', drawing)


def classes(drawing):
    return re.findall(r'class="([^"]*)"', drawing)


def test_every_number_opens_the_notices_behind_it_inside_the_hub(draw):
    drawing = draw(NUMBERS, LABEL, [BREAK])

    assert links(drawing) == [point.url.replace("&", "&amp;") for point in NUMBERS]


def test_no_foreign_host_is_named_in_a_drawing(draw):
    drawing = draw(NUMBERS, LABEL, [BREAK])

    assert re.findall(r"https?://[^\"\s]+", drawing) == ["http://www.w3.org/2000/svg"]


def test_a_link_says_its_number_when_pointed_at_and_is_left_to_the_table_by_the_keyboard(draw):
    drawing = draw(NUMBERS[:1], LABEL)

    assert "<title>2022: 96</title>" in drawing
    assert drawing.count('tabindex="-1"') == 1


def test_the_background_is_the_page(draw):
    drawing = draw(NUMBERS, LABEL, [BREAK])

    assert re.findall(r'(?:fill|stroke)="(?!none)[^"]*"', drawing) == []
    assert "background" not in drawing


def test_colours_come_by_class_so_that_the_dark_is_readable(draw):
    drawing = draw(NUMBERS, LABEL, [BREAK])

    assert set(classes(drawing)) - {"chart"} <= set(svg.CLASSES)
    assert "#" not in drawing


def test_nothing_in_a_drawing_is_refused_by_the_security_policy(draw):
    drawing = draw(NUMBERS, LABEL, [BREAK])

    assert re.findall(r"style=|<style|<script| on\w+=", drawing) == []


def test_the_text_has_the_font_and_the_size_of_the_page(draw):
    assert re.findall(r"font-\w+", draw(NUMBERS, LABEL)) == []


def test_a_screen_reader_hears_one_picture_with_its_words(draw):
    drawing = draw(NUMBERS, LABEL, [BREAK])

    assert drawing.count("role=") == drawing.count("aria-label=") == 1
    assert 'role="img" aria-label="From 96 in 2022 to 412 in 2025, with a break in 2024 &amp; “new marks”."' in drawing


def test_a_drawing_is_as_wide_as_the_page_lets_it_be(draw):
    drawing = draw(NUMBERS, LABEL)

    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 210" class="chart"')


def test_a_line_is_parted_at_a_break():
    drawing = charts.line(NUMBERS, LABEL, [BREAK])

    assert [name for name in classes(drawing) if name.startswith(("c-line", "c-break"))] == [
        "c-break",
        "c-line",
        "c-line",
    ]
    assert ">eForms: new marks<" in drawing


def test_a_missing_number_leaves_a_gap():
    drawing = charts.line([*NUMBERS[:2], Point(2024, None), *NUMBERS[3:]], LABEL)

    assert len(links(drawing)) == 3
    assert [name for name in classes(drawing) if name.startswith("c-dot")] == ["c-dot"] * 3


def test_a_year_that_is_not_over_is_drawn_open(draw):
    drawing = draw([*NUMBERS, Point(2026, 300, "300", "/notices?year=2026", partial=True)], LABEL, [BREAK])

    assert {"c-line c-partial", "c-bar c-open", "c-dot c-open"} & set(classes(drawing)) != set()


def test_charts_beside_each_other_can_share_a_scale():
    low = charts.bars([Point(2025, 50, "50")], "Low", top=100)
    alone = charts.bars([Point(2025, 50, "50")], "Low")

    heights = [float(re.search(r'd="M[^v]*v([\d.]+)', drawing).group(1)) for drawing in (low, alone)]
    assert heights == [81, 162]


def test_numbers_too_wide_for_their_bars_are_left_out_but_never_the_last_and_the_highest():
    values = [11_250, 12_804, 21_740, 14_002, 15_900, 16_321, 17_045, 18_112, 18_560, 19_004, 19_377, 19_806]
    points = [Point(2014 + number, value, f"{value:,}") for number, value in enumerate(values)]

    numbers = re.findall(r'class="c-number">([^<]+)<', charts.bars(points, LABEL))

    assert numbers == ["19,806", "21,740", "11,250", "19,004", "18,112", "16,321"]


@pytest.mark.parametrize("points", [[], [Point(2024, None)]])
def test_where_no_number_is_known_nothing_is_drawn(draw, points):
    assert draw(points, LABEL) == ""


def test_a_single_year_of_nothing_is_drawn(draw):
    assert links(draw([Point(2025, 0, "0", "/notices")], LABEL)) == ["/notices"]


def test_words_from_a_notice_cannot_become_markup(draw):
    evil = '<script>alert(1)</script>"><b onload="x">'

    drawing = draw([Point(2025, 1, evil, f"/notices?q={evil}")], evil, [Break(2025, evil)])

    assert re.findall(r"<(?:script|b)\b", drawing) == []


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "javascript:alert(1)", "notices"])
def test_a_link_out_of_the_hub_is_refused(draw, url):
    with pytest.raises(svg.ForeignLink):
        draw([Point(2025, 1, "1", url)], LABEL)


@pytest.mark.parametrize("name", ["href", "xlink:href"])
@pytest.mark.parametrize("element", ["a", "image"])
def test_a_link_that_no_chart_put_into_a_drawing_is_refused(element, name):
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<{element} {name}="https://vega.github.io/vega-datasets//notices"/></svg>'
    )

    with pytest.raises(svg.ForeignLink):
        svg.finish(drawing, "", svg.Links())


def strong(drawing):
    return re.findall(r'class="c-strong">([^<]+)<', drawing)


def test_the_number_of_the_year_in_focus_is_strong_else_that_of_the_last_year_of_a_line(draw):
    assert strong(draw(NUMBERS, LABEL, focus=2023)) == ["183"]
    assert strong(charts.line(NUMBERS, LABEL)) == ["412"]
    assert strong(charts.bars(NUMBERS, LABEL)) == []


def test_no_number_lies_over_another_or_over_the_years():
    values = [7.0, 7.7, 7.6, 1.0, 1.1, 1.0, 9.0]
    points = [Point(2018 + place, value, f"{value}") for place, value in enumerate(values)]

    drawing = charts.line(points, LABEL, [Break(2020, ""), Break(2021, ""), Break(2023, "eForms: new marks")])

    pattern = (
        r'<text text-anchor="(\w+)" transform="translate\(([\d.]+),([\d.]+)\)" class="c-(?:number|strong)">([^<]+)'
    )
    boxes = []
    for anchor, x, y, words in re.findall(pattern, drawing):
        wide = 8 * len(words)
        left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        boxes.append((left, left + wide, float(y)))
    assert len(boxes) >= 4
    # Under 22 pixels for the highest number, 18 for each break, 162 for the picture lies the ground.
    assert max(y for _left, _right, y in boxes) < 22 + 3 * 18 + 162
    for place, (left, right, y) in enumerate(boxes):
        for other_left, other_right, other_y in boxes[place + 1 :]:
            assert right <= other_left or other_right <= left or abs(y - other_y) >= 13


RULE = r'<line transform="translate\(([\d.]+),([\d.]+)\)" x2="0" y2="([\d.]+)" class="c-break"'
WORDS = r'<text text-anchor="(\w+)" transform="translate\(([\d.]+),([\d.]+)\)" class="c-quiet">([^<]+)'


@pytest.mark.parametrize("years", [(2023, 2024), (2023, 2024, 2025), (2033, 2034)])
def test_every_break_has_its_words_and_none_is_crossed_by_the_line_of_another(draw, years):
    points = [Point(year, 10, "10") for year in range(2022, 2036)]

    drawing = draw(points, LABEL, [Break(year, f"from {year} on") for year in years])

    words = [found for found in re.findall(WORDS, drawing) if found[3].startswith("from")]
    assert [found[3] for found in words] == [f"from {year} on" for year in years]
    for anchor, x, y, text in words:
        wide = 7 * len(text)
        left = float(x) - {"start": 0, "end": wide}[anchor]
        for rule_x, top, _height in re.findall(RULE, drawing):
            assert not (left < float(rule_x) < left + wide and float(top) < float(y))


def test_a_line_leaves_out_the_numbers_it_would_run_through():
    points = [Point(year, 12_345, "12,345") for year in range(2016, 2027)]

    drawing = charts.bars(points, LABEL, [Break(2021, "new")], focus=2021)

    rules = [(float(top), float(top) + float(high)) for _x, top, high in re.findall(RULE, drawing)]
    number = 22 + 18 - 10
    assert len(rules) == 2
    assert not any(top < number < bottom for top, bottom in rules)


@pytest.mark.parametrize(
    ("last", "written"),
    [
        (2024, ["2022", "2023", "2024"]),
        (2031, ["’22", "’23", "’24", "’25", "’26", "’27", "’28", "’29", "’30", "’31"]),
        (2041, [f"’{year}" for year in range(23, 42, 2)]),
    ],
)
def test_every_year_stands_under_its_bar_as_long_as_there_is_room(last, written):
    points = [Point(year, 1, "") for year in range(2022, last + 1)]

    assert re.findall(r'class="c-quiet">([^<]+)<', charts.bars(points, LABEL)) == written


def test_a_strip_has_a_dot_for_every_value_and_stacks_equal_ones():
    drawing = charts.strip([Dot(value, str(value), f"/n/{value}") for value in (1, 2, 2, 5)], LABEL, "median")

    dots = re.findall(r'transform="translate\(([\d.]+),([\d.]+)\)" d="[^"]*" class="c-strip"', drawing)
    assert [x for x, _ in dots] == ["12", "96", "96", "348"]
    assert dots[1][1] != dots[2][1]
    assert links(drawing) == ["/n/1", "/n/2", "/n/2", "/n/5"]
    assert "median 2" in drawing


def test_equal_values_make_a_strip_too():
    assert len(links(charts.strip([Dot(3, "3", "/n/3")] * 2, LABEL))) == 2
    assert charts.strip([], LABEL) == ""


def test_a_drawing_is_kept_and_read_back(home):
    first = charts.line(NUMBERS, LABEL)
    kept = list((home.cache / "charts").iterdir())
    kept[0].write_text("as kept")

    assert len(kept) == 1
    assert charts.line(NUMBERS, LABEL) == "as kept"
    assert charts.line(NUMBERS, "Other words") != first


def test_the_hub_draws_also_where_it_cannot_keep_the_drawing(home, caplog):
    home.path.mkdir()
    home.cache.write_text("a file stands where the folder should be")

    drawing = charts.line(NUMBERS, LABEL)

    assert links(drawing) != []
    assert "was not kept" in caplog.text


def test_old_drawings_make_room(home, monkeypatch):
    monkeypatch.setattr(charts, "KEPT", 4)

    for number in range(6):
        charts.bars([Point(2025, number, str(number))], LABEL)

    assert len(list((home.cache / "charts").iterdir())) <= 4


def test_a_kept_drawing_costs_next_to_nothing():
    charts.line(NUMBERS, LABEL)

    start = time.perf_counter()
    for _ in range(20):
        charts.line(NUMBERS, LABEL)

    assert (time.perf_counter() - start) / 20 < 0.02


def test_a_hub_starts_without_loading_what_only_draws():
    start = (
        "import django, sys; django.setup(); import samspel.kit.charts;"
        "print({'altair', 'vl_convert'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
