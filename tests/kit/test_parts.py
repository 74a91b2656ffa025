import datetime as dt
import re

import pytest
from django import forms
from django.template import RequestContext, Template
from django.test import RequestFactory

from samspel.kit.pages import Pages
from samspel.kit.registry import Step
from samspel.kit.tiles import tile_map

pytestmark = pytest.mark.usefixtures("kit_alone")


def draw(name, address="/notices", **takes):
    """Draw a page part with only what it takes, as ``{% include … only %}`` does, white space as one space."""
    given = " ".join(f"{key}={key}" for key in takes)
    template = Template(f'{{% include "{name}" {f"with {given}" if takes else ""} only %}}')
    return " ".join(template.render(RequestContext(RequestFactory().get(address), takes)).split())


class NeedForm(forms.Form):
    title = forms.CharField(label="Title", help_text="A sentence.")
    mail = forms.EmailField(label="E-mail", required=False)
    countries = forms.MultipleChoiceField(
        label="Countries", choices=[("SE", "Sweden"), ("NO", "Norway")], widget=forms.CheckboxSelectMultiple
    )
    public = forms.BooleanField(label="Show it to all", required=False)


def test_pagination_keeps_the_rest_of_the_address():
    part = draw("kit/_pagination.html", "/notices?q=hus&year=2024&year=2025&page=2", pages=Pages(2, total=60))

    assert re.findall(r'href="([^"]+)"', part) == [
        f"?q=hus&amp;year=2024&amp;year=2025&amp;page={page}" for page in (1, 1, 2, 3, 3)
    ]
    assert part.count('aria-current="true"') == 1


def test_pagination_of_thousands_has_plain_numbers_in_its_addresses():
    part = draw("kit/_pagination.html", pages=Pages(1200, total=100_000, reach=100_000))

    assert '"?page=1201"' in part
    assert ">1,201<" in part


def test_a_list_of_one_page_has_no_pagination():
    assert draw("kit/_pagination.html", pages=Pages(1, total=20)) == ""


def test_a_field_is_tied_to_its_label_and_hint():
    part = draw("kit/_field.html", field=NeedForm()["title"])

    assert 'for="id_title"' in part
    assert '<p class="small quiet" id="id_title_helptext">A sentence.</p>' in part
    assert 'aria-describedby="id_title_helptext"' in part
    assert "(optional)" not in part


def test_a_refused_field_says_what_to_do_and_points_to_it():
    part = draw("kit/_field.html", field=NeedForm({"title": ""})["title"])

    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', part).group(1)
    assert described.split() == ["id_title_helptext", "id_title_error"]
    assert all(f'id="{name}"' in part for name in described.split())
    assert 'aria-invalid="true"' in part
    assert "This field is required." in part


def test_an_optional_field_says_so():
    assert "(optional)" in draw("kit/_field.html", field=NeedForm()["mail"])


def test_several_boxes_stand_under_one_legend():
    part = draw("kit/_field.html", field=NeedForm({"countries": ["NO"]})["countries"])

    assert re.search(r"<legend[^>]*> Countries", part)
    assert re.findall(r'value="(\w+)"[^>]*?( checked)?> <span>(\w+)</span>', part) == [
        ("SE", "", "Sweden"),
        ("NO", " checked", "Norway"),
    ]


def test_a_single_box_has_its_label_after_it():
    assert re.search(
        r'type="checkbox"[^>]*> <span>Show it to all</span>', draw("kit/_field.html", field=NeedForm()["public"])
    )


def test_a_refused_form_links_to_every_field_to_correct():
    form = NeedForm({"mail": "not an address"})
    form.add_error(None, "The need is already there.")

    part = draw("kit/_form_errors.html", form=form)

    assert 'role="alert"' in part
    assert "<li>The need is already there.</li>" in part
    assert re.findall(r'href="#(\w+)"', part) == ["id_title", "id_mail", "id_countries"]


def test_a_form_without_faults_says_nothing_of_them():
    assert draw("kit/_form_errors.html", form=NeedForm()) == ""


@pytest.mark.parametrize("url, buttons", [("/load", 1), ("", 0)])
def test_where_there_is_nothing_the_page_says_what_to_do(url, buttons):
    part = draw("kit/_empty.html", title="No notices yet", text="Load some.", url=url, action="How to load")

    assert "No notices yet" in part
    assert part.count('class="ds-button"') == buttons


def test_facts_without_a_value_are_left_out():
    part = draw(
        "kit/_facts.html",
        facts=[
            {"label": "Buyer", "value": "Sjövik", "url": "/buyers/1"},
            {"label": "Value", "value": "8 mnkr", "note": "without VAT"},
            {"label": "Winner", "value": None},
        ],
    )

    assert re.findall(r"<dt>(\w+)</dt>", part) == ["Buyer", "Value"]
    assert '<a class="ds-link" href="/buyers/1">Sjövik</a>' in part
    assert "(without VAT)" in part


def test_the_thread_says_in_words_what_it_shows():
    stages = [
        {"key": "need", "label": "Need", "step": Step("done", "Safer nights", "/needs/1", "March 2024")},
        {"key": "group", "label": "Group", "step": Step("missing", "")},
        {"key": "dialogue", "label": "Dialogue", "step": Step("here", "")},
        {"key": "procurement", "label": "Procurement", "step": Step("next", "Decided in May")},
    ]

    part = draw("kit/_thread.html", thread=stages)

    assert re.findall(r'<li data-state="(\w+)" (aria-current="step")?> ?<b>(\w+)</b> <span> (.*?) </span>', part) == [
        ("done", "", "Need", '<a class="ds-link" href="/needs/1">Safer nights</a>'),
        ("missing", "", "Group", "None yet"),
        ("here", 'aria-current="step"', "Dialogue", "You are here"),
        ("next", "", "Procurement", "Decided in May"),
    ]


def test_a_timeline_has_its_days_for_people_and_machines():
    events = [
        {"at": dt.date(2025, 3, 4), "what": "Competition", "text": "Open procedure."},
        {"at": dt.date(2025, 6, 30), "what": "Result", "url": "/notices/2", "now": True},
    ]

    part = draw("kit/_timeline.html", events=events)

    assert re.findall(r'<time datetime="([^"]+)">([^<]+)</time>', part) == [
        ("2025-03-04", "4 Mar 2025"),
        ("2025-06-30", "30 Jun 2025"),
    ]
    assert part.count("data-now") == 1
    assert '<a class="ds-link" href="/notices/2"><b>Result</b></a>' in part


def test_tags_are_words_in_a_list():
    part = draw("kit/_tags.html", tags=[{"words": "Innovation", "color": "accent"}, {"words": "Framework"}])

    assert re.findall(r'data-color="(\w+)">(\w+)<', part) == [("accent", "Innovation"), ("neutral", "Framework")]
    assert draw("kit/_tags.html", tags=[]) == ""


def test_downloads_name_their_files():
    part = draw(
        "kit/_downloads.html",
        downloads=[{"name": "CSV", "url": "/n.csv?q=1&b=2"}, {"name": "Excel", "url": "/n.xlsx", "note": "max"}],
    )

    assert re.findall(r'href="([^"]+)" download>(\w+)<', part) == [("/n.csv?q=1&amp;b=2", "CSV"), ("/n.xlsx", "Excel")]


def test_a_tile_map_gives_every_county_its_number_and_its_notices():
    part = draw(
        "kit/_tiles.html", map=tile_map({"NO081": 1200}, {"NO081": "Oslo"}, lambda code: f"/notices?region={code}")
    )

    assert re.findall(r'<a href="/notices\?region=(\w{5})">', part) == ["NO081"]
    assert part.count("<b>–</b>") == 35
    assert '<span class="ds-sr-only">Oslo</span><b>1,200</b>' in part
    assert 'style="--r: 6; --c: 3"' in part
