import json
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from samspel.lake.eforms import paths as eforms_paths
from samspel.lake.eforms import read
from samspel.lake.eforms.codes import CODES
from samspel.lake.notice import Notice, SetAside, Unreadable

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
beside_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")


@beside_shared
def test_of_the_official_examples_80_are_read_10_are_unreadable_and_2_set_aside():
    outcomes = Counter()
    for path in (SHARED / "eforms" / "examples").glob("*.xml"):
        try:
            outcomes[type(read(path.read_bytes()))] += 1
        except (Unreadable, SetAside) as refusal:
            outcomes[type(refusal)] += 1

    assert outcomes == {Notice: 80, Unreadable: 10, SetAside: 2}


@beside_shared
@pytest.mark.parametrize(("package", "source", "count"), [("ted", "ted", 745), ("doffin", "doffin", 73)])
def test_every_real_notice_is_read_with_what_it_holds(package, source, count):
    with tarfile.open(SHARED / "notices" / f"{package}-eforms.tar.gz") as files:
        documents = [files.extractfile(member).read() for member in files if member.name.endswith(".xml")]

    notices = [read(document) for document in documents]

    assert Counter(notice.source for notice in notices) == {source: count}
    assert [notice.key for notice in notices if not (notice.first_seen_on and notice.language and notice.cpv)] == []
    for document, notice in zip(documents, notices, strict=True):
        stated = re.findall(rb"ItemClassificationCode[^>]*>([0-9]{8})<", document)
        assert {notice.cpv, *notice.cpv_additional} == {code.decode() for code in stated}


@beside_shared
@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("NOTICE", ""),
        ("LOT", eforms_paths.NOTICE["lot"]),
        ("BUYER", eforms_paths.NOTICE["buyer"]),
        ("LEGISLATION", eforms_paths.NOTICE["legislation"]),
        ("ORGANISATION", eforms_paths.NOTICE["organisation"]),
        ("RESULT", eforms_paths.NOTICE["result"]),
        ("RECEIVED", f"{eforms_paths.NOTICE['result']}/{eforms_paths.RESULT['received']}"),
        ("TENDER", eforms_paths.NOTICE["tender"]),
        ("CONTRACT", eforms_paths.NOTICE["contract"]),
        ("TENDERING_PARTY", eforms_paths.NOTICE["tendering party"]),
    ],
)
def test_every_field_is_read_from_where_the_sdk_keeps_it(table, place):
    fields = json.loads((SHARED / "eforms" / "fields.json").read_text())["fields"]
    official = {(re.sub(r"-[A-Z][a-zA-Z-]*$|-notice$", "", field["id"]), _plain(field)) for field in fields}
    # The SDK has deadlines and a lot's place in a purchase on lots only; see the table.
    on_lots = {name for name in eforms_paths.NOTICE if name.endswith(("(d)", "(t)"))} if table == "NOTICE" else set()

    rows = {
        (name, "/".join(filter(None, ("/*", place, path))))
        for name, path in getattr(eforms_paths, table).items()
        if name.startswith(("BT-", "OPT-", "OPP-")) and name not in on_lots
    }

    assert rows - official == set()


def _plain(field):
    """Return a field's path without its conditions, which can stand in one another."""
    path = field["xpathAbsolute"]
    while "[" in path:
        path = re.sub(r"\[[^\[\]]*\]", "", path)
    return path


@beside_shared
@pytest.mark.parametrize(
    ("field", "code_list"),
    [
        ("BT-02", "notice-type"),
        ("BT-03", "form-type"),
        ("BT-06", "strategic-procurement"),
        ("BT-10", "main-activity"),
        ("BT-11", "buyer-legal-type"),
        ("BT-23", "contract-nature"),
        ("BT-105", "procurement-procedure-type"),
        ("BT-754", "accessibility"),
        ("BT-774", "environmental-impact"),
        ("BT-775", "social-objective"),
        ("BT-776", "innovative-acquisition"),
        ("BT-805", "gpp-criteria"),
    ],
)
def test_the_known_codes_are_those_of_the_official_list(field, code_list):
    lines = (SHARED / "codelists" / f"{code_list}.csv").read_text().splitlines()[1:]

    assert CODES[field] == {line.partition(",")[0] for line in lines}
