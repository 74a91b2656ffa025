import pytest

from samspel.kit.models import TrailEntry
from samspel.organisations.bodies import actions
from samspel.organisations.bodies.likeness import is_same_name
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Refused
from tests import make
from tests.organisations.test_details import chief, programme, signed_in
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db

BODY = "SE-2120009991"
NAMED = "SE-lillanas-kommun"


def lake(home, **facts):
    """Fill the lake with one award of a buyer by number, and one of a buyer that has only a name."""
    make.lake(
        home.lake,
        make.result(title=make.title("Nattillsyn")),
        make.result(buyers=(make.buyer(identifier=None, nuts=None),), title=make.title("Skolmat")),
        make.result(buyers=(make.buyer(name="Lillånäs bostäder AB", identifier=None),)),
    )


def tied(**facts):
    organisation = make.organisation(**{"number": "2120009991", **facts})
    actions.tie_by_number(organisation=organisation, by=None)
    organisation.refresh_from_db()
    return organisation


def test_an_organisation_is_tied_by_its_number_and_its_page_is_that_of_the_notices(client, home):
    lake(home)
    organisation = tied(size="large")

    response = client.get(f"/organisations/{organisation.pk}/")
    page = text_of(client.get(response.url))

    assert response.url == f"/buyers/{BODY}/"
    assert "In the hub Lillånäs kommun takes part in this hub" in page
    assert "Size Large: 250 employees or more" in page
    assert "Is this your organisation?" not in page
    assert [entry.verb for entry in TrailEntry.objects.of(organisation)] == ["organisation.tied"]


def test_tying_twice_is_once():
    organisation = tied()

    assert actions.tie_by_number(organisation=organisation, by=None)
    assert TrailEntry.objects.of(organisation).count() == 1


def test_an_organisation_that_no_notice_names_yet_has_its_own_page(client, home):
    organisation = tied()

    assert organisation.body == BODY
    assert client.get(f"/organisations/{organisation.pk}/").status_code == 200


def test_a_sole_trader_s_number_ties_nothing():
    assert tied(kind="company", number="8112189876").body is None


def test_a_body_is_one_organisation_s_and_the_first_keeps_it():
    first = make.organisation(number="", body=BODY)
    second = tied()

    assert (first.body, second.body) == (BODY, None)


def test_a_body_that_nobody_is_asks_whether_it_is_the_reader_s(client, home):
    lake(home)

    page = client.get(f"/buyers/{BODY}/")

    assert "Is this your organisation?" in text_of(page)
    assert f"/organisations/join/?body={BODY}" in links_of(page)


def test_what_nobody_has_vouched_for_does_not_stand_on_a_body_s_page(client, home):
    lake(home)
    tied(name="Invented name", registered_by=make.person())

    page = text_of(client.get(f"/buyers/{BODY}/"))

    assert "Invented name" not in page
    assert "Is this your organisation?" in page


def test_an_administrator_confirms_a_body_of_the_same_name_and_undoes_it(client, home):
    lake(home)
    anna = chief(number="2120009991")
    signed_in(client, anna)
    address = f"/organisations/{anna.organisation.pk}/body/"

    page = text_of(client.get(address))
    response = client.post(address, {"body": NAMED}, follow=True)

    assert "Bought in 1 procurement (2025): Skolmat This is Lillånäs kommun" in page
    assert response.redirect_chain[-1][0] == f"/buyers/{NAMED}/"
    anna.organisation.refresh_from_db()
    assert (anna.organisation.body, anna.organisation.body_confirmed_by) == (NAMED, anna.person)
    client.post(f"{address}undoing/")
    anna.organisation.refresh_from_db()
    assert (anna.organisation.body, anna.organisation.body_confirmed_at) == (BODY, None)
    verbs = [entry.verb for entry in TrailEntry.objects.of(anna.organisation).order_by("pk")]
    assert verbs == ["organisation.tied", "organisation.untied", "organisation.tied"]


def test_what_a_person_confirmed_is_not_changed_by_the_number(home):
    lake(home)
    anna = chief(number="2120009991")
    actions.confirm(organisation=anna.organisation, key=NAMED, by=anna)

    assert actions.tie_by_number(organisation=anna.organisation, by=None)

    anna.organisation.refresh_from_db()
    assert anna.organisation.body == NAMED


@pytest.mark.parametrize(
    "key, said", [(BODY, "it is not yours"), ("SE-lillanas-bostader-ab", "another name"), ("SE-gone", "any more")]
)
def test_an_administrator_cannot_say_that_another_body_is_theirs_but_the_programme_can(home, key, said):
    lake(home)
    anna = chief()

    with pytest.raises(Refused, match=said):
        actions.confirm(organisation=anna.organisation, key=key, by=anna)

    if key != "SE-gone":
        assert actions.confirm(organisation=anna.organisation, key=key, by=programme()).body == key


def test_a_body_that_another_organisation_is_is_refused_and_not_offered(client, home):
    lake(home)
    anna = chief(number="")
    make.organisation(number="", body=NAMED)

    with pytest.raises(Refused, match="Another organisation is tied"):
        actions.confirm(organisation=anna.organisation, key=NAMED, by=anna)

    page = text_of(signed_in(client, anna).get(f"/organisations/{anna.organisation.pk}/body/"))
    assert "This is Lillånäs kommun" not in page
    assert Organisation.objects.filter(body=NAMED).count() == 1


@pytest.mark.parametrize("typed", ["", "x" * 300, "SE-\0", "'; DROP TABLE parties; --"])
def test_a_hostile_key_is_refused_with_words(client, home, typed):
    lake(home)
    anna = chief()

    response = signed_in(client, anna).post(f"/organisations/{anna.organisation.pk}/body/", {"body": typed})

    assert response.status_code == 422
    assert "Correct this and send again" in text_of(response)


def test_who_does_not_administer_it_confirms_nothing(client, home):
    lake(home)
    procurer = make.actor()

    response = signed_in(client, procurer).post(f"/organisations/{procurer.organisation.pk}/body/", {"body": NAMED})

    assert response.status_code == 403
    with pytest.raises(Refused):
        actions.confirm(organisation=procurer.organisation, key=NAMED, by=procurer)
    with pytest.raises(Refused):
        actions.undo(organisation=procurer.organisation, by=chief())


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("Lillånäs kommun", "LILLÅNÄS KOMMUN", True),
        ("Lugnvik AB", "Lugnvik Aktiebolag", True),
        ("Stockholms stad", "Stockholms Stadsmission", False),
        ("Lillånäs kommun", "Lillånäs kommun, socialförvaltningen", False),
        ("Kommun", "Region", False),
        ("–", "–", False),
    ],
)
def test_names_are_of_the_same_body_where_the_telling_words_are_the_same(one, other, same):
    assert is_same_name(one, other) == same
