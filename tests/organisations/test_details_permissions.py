from pathlib import Path

import pytest

from samspel.organisations.permissions import TABLE, Party, Permission, Reach
from samspel.organisations.who_may import sentences
from samspel.organisations.who_may.document import document
from samspel.organisations.who_may.sentences import who_may
from tests import make
from tests.pages import text_of

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def said(record, permission):
    (sentence,) = who_may(record, permission)
    return str(sentence.who)


def test_the_page_shows_the_whole_table_to_everybody(client, home):
    page = text_of(client.get("/permissions/"))

    for words in (*Permission.labels, *Party.labels):
        assert str(words) in page
    cells = client.get("/permissions/").content.decode().count("<td")
    assert cells == len(Permission) * len(Party)


def test_the_documentation_says_what_the_table_says():
    assert DOCUMENT.read_text() == document()


def test_what_everybody_may_is_said_of_everybody():
    assert said(make.organisation(), Permission.READ_ORGANISATION) == "everybody, also without an account"


def test_a_municipality_s_history_is_read_by_its_own_people_and_not_by_suppliers_or_the_programme():
    assert said(make.organisation(), Permission.READ_TRAIL) == "the administrators and the leaders"
    assert said(make.supplier(), Permission.READ_TRAIL) == "the administrators"
    assert (
        said(make.organisation(kind="programme_partner"), Permission.READ_TRAIL) == "the programme’s national advisers"
    )


def test_all_people_of_an_organisation_are_said_together():
    assert said(make.organisation(), Permission.READ_MEMBERS) == "everybody in the organisation"
    assert said(make.supplier(), Permission.READ_MEMBERS) == "everybody in the organisation"


def test_what_is_shared_with_the_programme_is_said_so():
    assert said(make.organisation(), Permission.ANSWER_REQUESTS) == (
        "the administrators, the programme’s national advisers, where it is shared with the programme"
        " and the programme’s advisers in the region, where it is shared with the programme"
    )


def test_a_reach_over_the_group_is_said(monkeypatch):
    monkeypatch.setitem(TABLE, Permission.READ_TRAIL, {Party.LEADER: Reach.GROUP})

    assert said(make.organisation(), Permission.READ_TRAIL) == "the leaders and the same in the organisation’s group"
    assert said(make.supplier(), Permission.READ_TRAIL) == "nobody"


def test_every_party_has_a_name_in_a_sentence():
    assert set(sentences._CALLED) == set(Party)


def test_a_page_says_who_can_see_what_is_on_it(client, home):
    page = text_of(client.get(f"/organisations/{make.organisation().pk}/"))

    assert "Who can see this See an organisation: everybody, also without an account." in page
    assert "Change an organisation’s details: the administrators and the programme’s national advisers." in page
