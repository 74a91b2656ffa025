import json
import sqlite3

from tests.commands.run import samspel

PHRASE = "en lång fras till lösenord"


def rows(home, query):
    with sqlite3.connect(home / "samspel.sqlite3") as database:
        return database.execute(query).fetchall()


def test_the_first_account_gets_a_link_on_a_hub_that_is_quite_new(tmp_path):
    done = samspel(
        "admin", "create", "Kari@Programmet.example", "--name", "Kari Nordmann", "--json", home=tmp_path / "h"
    )

    made = json.loads(done.stdout)
    link = made.pop("link")
    assert done.returncode == 0
    assert made == {
        "email": "kari@programmet.example",
        "person": 1,
        "new": True,
        "organisation": "Programme",
        "administers": True,
        "password": False,
    }
    assert link.startswith("http://localhost:8000/account/password/forgotten/1-")


def test_done_twice_it_changes_nothing(tmp_path):
    words = ["admin", "create", "kari@programmet.example", "--organisation", "Programmet", "--password-file"]
    file = tmp_path / "password"
    file.write_text(f"{PHRASE}\n")

    first = samspel(*words, file, home=tmp_path / "h")
    second = samspel(*words, file, home=tmp_path / "h")

    assert first.stdout.startswith("The account kari@programmet.example is made and administers Programmet.")
    assert second.stdout.startswith("The account kari@programmet.example was there and administers Programmet.")
    counted = [rows(tmp_path / "h", f"SELECT count(*) FROM {name}") for name in _TABLES]
    assert counted == [[(1,)], [(1,)], [(1,)], [(4,)]]


_TABLES = (
    "organisations_person",
    "organisations_organisation",
    "organisations_membership",
    "kit_trailentry",
)


def test_what_cannot_be_done_is_refused_in_one_sentence(tmp_path):
    file = tmp_path / "password"
    file.write_text(PHRASE)
    samspel("admin", "create", "kari@programmet.example", "--password-file", file, home=tmp_path / "h")
    file.write_text("en helt annan lång fras")
    (tmp_path / "empty").touch()

    refused = [
        samspel("admin", "create", *words, home=tmp_path / "h")
        for words in (
            ["kari"],
            ["kari@programmet.example", "--password-file", file],
            ["ola@programmet.example", "--password-file", tmp_path / "empty"],
            ["ola@programmet.example", "--password-file", tmp_path / "none"],
            ["ola@programmet.example", "--country", "Norge", "--organisation", "Programmet"],
        )
    ]

    assert [(one.returncode, one.stdout, one.stderr.count("\n")) for one in refused] == [
        (1, "", 1), (1, "", 1), (2, "", 1), (2, "", 1), (1, "", 1)
    ]  # fmt: skip
    assert "“kari” is no e-mail address." in refused[0].stderr
    assert "has another password already" in refused[1].stderr
    assert rows(tmp_path / "h", "SELECT email FROM organisations_person") == [("kari@programmet.example",)]
