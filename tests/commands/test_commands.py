import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.run import samspel
from tests.lake.make_eforms import eforms

PRODUCTION = {"SAMSPEL_DEVELOPMENT": "false", "SECRET_KEY": "0123456789" * 5, "ALLOWED_HOSTS": "hub.example"}


@pytest.fixture
def notices(tmp_path):
    folder = tmp_path / "notices"
    folder.mkdir()
    for number in range(3):
        document = eforms(identifier=f"00000000-0000-4000-8000-{number:012d}")
        (folder / f"{number}.xml").write_bytes(document)
    return folder


def test_a_refusal_is_its_message_alone(tmp_path):
    done = samspel("indicators", "list", home=tmp_path)

    assert done.stderr == "The hub has no notices yet. Load some: samspel notices load PATH\n"
    assert done.returncode == 1


def test_help_names_every_noun_and_verb(tmp_path):
    done = samspel("--help", home=tmp_path)

    assert done.returncode == 0
    for words in ("notices load", "notices harvest", "notices reread", "codes load", "sample remove", "hub run"):
        assert f"samspel {words}" in done.stdout


def test_help_after_a_noun_names_its_verbs(tmp_path):
    done = samspel("notices", "--help", home=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "samspel notices load" in done.stdout
    assert "samspel hub run" not in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["notices", "lod"], "There is no command “notices lod”."),
        (["nothing"], "There is no command “nothing”."),
        (["notices", "load"], "the following arguments are required: PATH"),
        (["notices", "load", "no-such-file"], "There is no file or folder called no-such-file."),
        (["notices", "harvest", "ted", "--since", "yesterday"], "“yesterday” is no day; write it as 2026-11-20"),
        (["notices", "harvest", "ted", "--since", "2026-02-02", "--until", "2026-02-01"], "--since must not be later"),
        (["codes", "load", "no-such-folder"], "There is no file or folder called no-such-folder."),
    ],
)
def test_wrong_words_are_explained_with_exit_code_two_and_no_traceback(tmp_path, words, says):
    done = samspel(*words, home=tmp_path)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_load_reports_in_words_and_the_second_finds_nothing_new(tmp_path, notices):
    first = samspel("notices", "load", notices, home=tmp_path / "home")
    second = samspel("notices", "load", notices, "--json", home=tmp_path / "home")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "New                3" in first.stdout
    report = json.loads(second.stdout)
    assert (report["read"], report["new"], report["unchanged"], report["unreadable"]) == (3, 0, 3, [])


def test_an_unreadable_notice_gives_exit_code_three_and_its_file_and_reason(tmp_path, notices):
    (notices / "bad.xml").write_bytes(b"<ContractNotice>")

    done = samspel("notices", "load", notices, home=tmp_path / "home")

    assert done.returncode == 3
    assert "New                3" in done.stdout
    assert "bad.xml: The file is cut off" in done.stdout


def test_reading_again_finds_nothing_changed(tmp_path, notices):
    samspel("notices", "load", notices, home=tmp_path / "home")

    done = samspel("notices", "reread", "--json", home=tmp_path / "home")

    assert json.loads(done.stdout)["unchanged"] == 3


def test_the_sample_is_removed_and_refused_in_production(tmp_path):
    refused = samspel("sample", "load", home=tmp_path, **PRODUCTION)
    filled = samspel("sample", "load", home=tmp_path)
    there = (tmp_path / "sample" / "lake.json").exists()
    removed = samspel("sample", "remove", home=tmp_path)

    assert (refused.returncode, filled.returncode, removed.returncode) == (1, 0, 0)
    assert "A hub in production holds no sample." in refused.stderr
    assert there
    assert not (tmp_path / "sample").exists()


def test_a_production_hub_without_a_secret_says_what_is_missing(tmp_path):
    done = samspel("notices", "load", tmp_path, home=tmp_path, SAMSPEL_DEVELOPMENT="false")

    assert done.returncode == 2
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"TIME_ZONE": "Europe/Atlantis"}, "TIME_ZONE is “Europe/Atlantis”, which is no time zone"),
        ({"TIME_ZONE": "../etc/passwd"}, "which is no time zone"),
        ({"SAMSPEL_DEVELOPMENT": "maybe"}, "SAMSPEL_DEVELOPMENT is “maybe”; it takes true or false"),
        ({"DEBUG": ""}, "DEBUG is “”; it takes true or false"),
        ({"SAMSPEL_HOME": "/dev/null/hub"}, "SAMSPEL_HOME is /dev/null/hub, and that folder cannot be made"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is “loud”; it takes DEBUG, INFO, WARNING or ERROR"),
        ({"TED_LIMITS": "fast"}, "TED_LIMITS takes pairs such as per_minute=60;attempts=10"),
        ({**PRODUCTION, "SECURE_HSTS_SECONDS": "abc"}, "SECURE_HSTS_SECONDS is “abc”; it takes a whole number"),
        ({**PRODUCTION, "SECRET_KEY": "0123456789" * 4}, "SECRET_KEY is shorter than 50 characters"),
        ({**PRODUCTION, "SECRET_KEY": "x" * 60}, "SECRET_KEY is shorter than 50 characters"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, setting, says):
    done = samspel("indicators", "list", **{"home": tmp_path, **setting})

    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_djangos_own_commands_tell_a_wrong_setting_too(tmp_path):
    environment = {**os.environ, "SAMSPEL_HOME": str(tmp_path), "TIME_ZONE": "Mars"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parents[2] / "manage.py"), "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "TIME_ZONE is “Mars”" in done.stderr


def test_doffin_is_not_asked_without_a_key(tmp_path):
    done = samspel("notices", "harvest", "doffin", home=tmp_path)

    assert done.returncode == 1
    assert "set DOFFIN_KEY" in done.stderr


def test_a_limit_that_does_not_exist_is_refused(tmp_path):
    done = samspel("notices", "harvest", "ted", home=tmp_path, TED_LIMITS="speed=9")

    assert done.returncode == 1
    assert "There is no limit called speed." in done.stderr
