import pytest
from django.test import Client

from samspel.lake import indexing
from samspel.lake.search import Search
from samspel.lake.store import Damaged, Lake
from samspel.notices.lake import current_index, current_lake, sample_state
from samspel.notices.links import notice_url
from tests import make
from tests.commands.run import samspel
from tests.pages import text_of

HEADINGS = {
    "en": "The notices cannot be read right now",
    "sv": "Annonserna går inte att läsa just nu",
    "nb": "Kunngjøringene kan ikke leses akkurat nå",
}


@pytest.fixture
def lake(home):
    lake = make.lake(home.lake, make.notice())
    indexing.rebuild(lake)
    return lake


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("code", HEADINGS)
@pytest.mark.parametrize("address", ["/", "/notices/", "/indicators/", "/sources/"])
def test_a_damaged_lake_is_told_in_the_language_of_the_reader(lake, client, address, code):
    (lake.folder / "lake.json").write_text("{broken")

    response = client.get(address, headers={"accept-language": code})

    page = response.content.decode()
    assert response.status_code == 503
    assert HEADINGS[code] in page
    assert "samspel notices load" in page
    assert str(lake.folder) not in page
    assert "Traceback" not in page


def test_other_pages_work_while_the_lake_is_damaged(lake, client):
    (lake.folder / "lake.json").write_text("{broken")

    assert client.get("/accessibility").status_code == 200


@pytest.mark.parametrize("file", ["words.json", "meta.json", "*.idx"])
def test_a_damaged_index_is_told_with_the_command_that_mends_it(lake, client, file):
    (broken,) = (lake.folder / "index").glob(f"index-*/{file}")
    broken.write_text("{broken")

    response = client.get("/notices/")

    assert response.status_code == 503
    assert "The search index must be rebuilt: samspel search rebuild" in text_of(response)


def test_pages_come_back_when_a_table_that_was_missing_is_back(lake, client):
    (table,) = (lake.folder / "tables").glob("members-*")
    address = notice_url(next(lake.all_rows())[0]["key"])
    table.rename(table.with_suffix(".away"))
    while_missing = client.get(address).status_code

    table.with_suffix(".away").rename(table)

    assert (while_missing, client.get(address).status_code) == (503, 200)


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_that_cannot_be_whole_is_not_begun(lake, client, kind):
    (part,) = (lake.folder / "notices").glob("*.parquet")
    part.write_bytes(part.read_bytes()[:2000])

    assert client.get(f"/notices/export.{kind}").status_code == 503


def test_a_lake_without_its_list_of_files_is_not_taken_for_an_empty_one(lake, client):
    (lake.folder / "lake.json").unlink()

    assert client.get("/notices/").status_code == 503
    with pytest.raises(Damaged, match="is missing while its notices are there"):
        indexing.rebuild(Lake(lake.folder))


@pytest.mark.parametrize("noted", ["[]", '"x"', "null", "{}", '{"loaded_at": 1, "make": 3}', "{broken"])
def test_a_note_of_another_shape_makes_the_index_anew(lake, noted):
    (lake.folder / "index" / "up_to.json").write_text(noted)

    indexing.update(lake)

    assert current_index().search(Search("")).total == 1


def test_a_command_tells_of_damage_in_a_sentence(tmp_path):
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "lake.json").write_text("{broken")

    done = samspel("indicators", "list", home=tmp_path)

    assert (done.returncode, done.stderr) == (
        1,
        "The lake's list of files, lake.json, cannot be read. Put it back from a backup.\n",
    )


def test_a_sample_that_was_left_is_not_shown_in_production(home, settings):
    make.lake(home.sample, make.notice())
    shown = (current_lake().folder, sample_state())

    settings.DEVELOPMENT = False

    assert shown == (home.sample, "shown")
    assert (current_lake().folder, sample_state()) == (home.lake, None)


def test_no_title_turns_the_direction_of_a_page(home, client):
    indexing.rebuild(make.lake(home.lake, make.notice(title=make.title("Sjukhus\u202egnp.exe\u2066"))))

    response = client.get("/notices/")

    assert "Sjukhusgnp.exe" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-cache"
