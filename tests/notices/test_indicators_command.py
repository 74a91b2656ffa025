import json

import pytest
from django.core.management import call_command

from samspel.kit.commands import CommandError
from samspel.notices.indicators import counting
from samspel.notices.indicators.form import Asked
from tests import make
from tests.notices.indicator_lake import indicator_hub, tried_hub

__all__ = ["indicator_hub", "tried_hub"]


def printed(capsys, *arguments):
    call_command("indicators_list", *arguments)
    return capsys.readouterr().out


def test_the_count_is_printed_by_year(tried_hub, capsys):
    lines = printed(capsys, "--indicator", "declared").splitlines()

    assert lines[0] == "Counted 2026-01-15T12:00:00+00:00, newest notice 2025-06-01; filters: country=NO,SE"
    assert lines[3] == "Declared (declared, version 1): procurements, each counted once"
    assert [line.split() for line in lines[4:]] == [
        ["2020", "–", "of", "0", "–"],
        ["2022", "0", "of", "1", "0", "of", "1"],
        ["2023", "0", "of", "2", "0", "of", "2"],
        ["2024", "2", "of", "3", "2", "of", "3"],
        ["2025", "0", "of", "1", "0", "of", "1"],
    ]


def test_the_hubs_own_countries_are_counted_until_others_are_asked_for(home, capsys):
    danish = make.buyer(country="DK", nuts=None, identifier="12345678")
    make.lake(home.lake, make.notice(), make.notice(buyers=(danish,)))

    def counted(*arguments):
        facts = json.loads(printed(capsys, "--indicator", "declared", "--json", *arguments))
        return facts["filters"], sum(row["base"] for row in facts["rows"])

    assert counted() == ("country=NO,SE", 1)
    assert counted("--country", "all") == ("country=all", 2)
    assert counted("--country", "DK") == ("country=DK", 1)


@pytest.mark.parametrize("by", ["year", "country", "region", "buyer_kind", "cpv_division"])
def test_the_json_holds_what_the_pages_count(tried_hub, capsys, by):
    facts = json.loads(printed(capsys, "--by", by, "--country", "no,se", "--year", "2022-2025", "--json"))

    asked = Asked(countries=("NO", "SE"), first=2022, last=2025)
    found = counting.by_group(tried_hub, by, asked.where, counting.NAMES)
    expected = {
        (name, group): (row[name].number if row[name].base else None, row[name].base, row[name].ratio)
        for group, row in found.items()
        for name in counting.NAMES
    }
    rows = {(row["indicator"], row["group"]): (row["number"], row["base"], row["ratio"]) for row in facts["rows"]}
    assert rows == expected
    assert facts["filters"] == "country=NO,SE, from=2022, to=2025"


def test_a_region_is_printed_with_its_name(tried_hub, capsys):
    lines = printed(capsys, "--by", "region", "--indicator", "declared", "--year", "2024").splitlines()

    assert [line.split() for line in lines[4:]] == [
        ["NO0A2", "1", "of", "1", "1", "of", "1", "Vestland"],
        ["SE125", "1", "of", "1", "1", "of", "1", "Västmanlands", "län"],
        ["not", "stated", "0", "of", "1", "0", "of", "1"],
    ]


def test_a_country_without_procurements_is_said_to_have_none(tried_hub, capsys):
    lines = printed(capsys, "--country", "ZZ", "--indicator", "declared").splitlines()

    assert lines[3:] == [
        "Declared (declared, version 1): procurements, each counted once",
        "  no procurement is as asked",
    ]


def test_the_numbers_of_a_sample_are_said_to_be_invented(home, capsys):
    make.lake(home.sample, make.notice())

    text = printed(capsys, "--indicator", "declared")
    facts = json.loads(printed(capsys, "--indicator", "declared", "--json"))

    assert text.startswith("These numbers are invented: the hub shows its sample.")
    assert facts["is_invented"] is True


def test_one_year_is_one_line_an_indicator(tried_hub, capsys):
    facts = json.loads(printed(capsys, "--year", "2024", "--json"))

    assert [row["group"] for row in facts["rows"]] == [2024] * len(counting.NAMES)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--country", "Atlantis", "Country: “ATLANTIS” cannot be read."),
        ("--year", "soon", "Year in focus: “soon” cannot be read."),
        ("--year", "2025-2020", "To year: “2020” cannot be read."),
        ("--region", "1", "County: “1” cannot be read."),
        ("--buyer-kind", "king", "Kind of buyer: “king” cannot be read."),
        ("--cpv", "x", "What is bought: “x” cannot be read."),
        ("--source", "x", "Source: “x” cannot be read."),
    ],
)
def test_a_wrong_value_is_refused_with_a_reason(tried_hub, option, value, words):
    with pytest.raises(CommandError) as refused:
        call_command("indicators_list", option, value)

    assert (str(refused.value), refused.value.returncode) == (words, 2)


def test_a_hub_without_notices_says_what_to_do(home):
    with pytest.raises(CommandError, match="The hub has no notices yet"):
        call_command("indicators_list")


def test_spark_is_refused_where_nobody_said_where_it_runs(tried_hub, settings):
    settings.SPARK_MASTER = ""

    with pytest.raises(CommandError, match="SAMSPEL_SPARK_MASTER says where Spark runs"):
        call_command("indicators_list", "--engine", "spark")
