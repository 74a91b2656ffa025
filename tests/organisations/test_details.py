import pytest

from samspel.kit.models import TrailEntry
from samspel.organisations.details import actions
from samspel.organisations.details.forms import DetailsForm
from samspel.organisations.models import Organisation
from samspel.organisations.permissions import Refused
from tests import make
from tests.pages import links_of, text_of

pytestmark = pytest.mark.django_db


def chief(**facts):
    return make.actor(organisation=make.organisation(**facts), administers=True)


def programme():
    return make.actor(organisation=make.organisation(name="Programmet", kind="programme_partner"))


def signed_in(client, actor):
    client.force_login(actor.person)
    return client


def sent(organisation, **facts):
    """Return what the form of the details sends where nothing but these is changed."""
    form = DetailsForm(instance=organisation)
    plain = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in {**plain, "cpv": "", **facts}.items()}


def test_the_page_of_an_organisation_without_notices_says_what_it_is_in_words(client, home):
    municipality = make.organisation(
        region="SE125", size="large", inhabitants=12345, cpv=["33"], website="https://lillanas.example/", number=""
    )

    page = text_of(client.get(f"/organisations/{municipality.pk}/"))

    assert "Kind Municipality Country Sweden Region Västmanlands län Size Large: 250 employees or more" in page
    assert "Inhabitants 12,345 Website lillanas. example" in page
    assert "33 Medical equipments, pharmaceuticals and personal care products" in page
    assert "Change the details" not in page


def test_a_sole_trader_s_number_stands_on_no_page(client, home):
    trader = make.supplier(number="8112189876")

    page = client.get(f"/organisations/{trader.pk}/").content.decode()

    assert "hidden: it is a person’s own" in page
    assert "811218" not in page


def test_what_nobody_has_vouched_for_is_shown_only_to_who_wrote_it_in_and_to_the_programme(client, home):
    writer = make.person()
    written = make.organisation(registered_by=writer)
    address = f"/organisations/{written.pk}/"

    assert client.get(address).status_code == 404
    client.force_login(make.actor().person)
    assert client.get(address).status_code == 404
    client.force_login(writer)
    assert client.get(address).status_code == 200
    client.force_login(programme().person)
    assert client.get(address).status_code == 200


def test_an_organisation_that_is_not_there_is_not_found(client, home):
    assert client.get("/organisations/4711/").status_code == 404
    assert client.get(f"/organisations/{2**70}/").status_code == 404


def test_an_administrator_sees_what_can_be_done(client, home):
    anna = chief()

    page = signed_in(client, anna).get(f"/organisations/{anna.organisation.pk}/")

    begin = f"/organisations/{anna.organisation.pk}"
    doors = {f"{begin}/{room}/" for room in ("details", "group", "body", "trail")}
    assert doors <= set(links_of(page))
    assert f"{begin}/succession/" not in links_of(page)


def test_an_administrator_changes_the_details_and_the_trail_tells_from_what_to_what(client, home):
    anna = chief()
    begin = f"/organisations/{anna.organisation.pk}"

    response = signed_in(client, anna).post(
        f"{begin}/details/",
        sent(anna.organisation, name="Lillånäs stad", cpv="33195000-7\n45\n45", inhabitants="12 345"),
    )

    assert (response.status_code, response.url) == (302, f"{begin}/")
    anna.organisation.refresh_from_db()
    assert (anna.organisation.name, anna.organisation.cpv) == ("Lillånäs stad", ["33195000", "45"])
    (entry,) = TrailEntry.objects.of(anna.organisation)
    assert (entry.verb, entry.person_id) == ("organisation.changed", anna.person_id)
    assert entry.changes == {
        "name": ["Lillånäs kommun", "Lillånäs stad"],
        "inhabitants": [None, 12345],
        "cpv": [[], ["33195000", "45"]],
    }


def test_sending_the_details_unchanged_writes_nothing(client, home):
    anna = chief(region="SE125", cpv=["33"])

    signed_in(client, anna).post(
        f"/organisations/{anna.organisation.pk}/details/", sent(anna.organisation, cpv="33", name=" Lillånäs kommun ")
    )

    assert not TrailEntry.objects.exists()


def test_two_who_change_different_details_at_once_both_have_their_way():
    anna = chief()
    both = [Organisation.objects.get(pk=anna.organisation.pk) for _ in range(2)]

    actions.change(organisation=both[0], details={"name": "Lillånäs stad"}, by=anna)
    actions.change(organisation=both[1], details={"size": "large"}, by=anna)

    anna.organisation.refresh_from_db()
    assert (anna.organisation.name, anna.organisation.size) == ("Lillånäs stad", "large")


@pytest.mark.parametrize("administers, status", [(True, 200), (False, 403)])
def test_only_administrators_change_the_details_of_their_organisation(client, home, administers, status):
    actor = make.actor(administers=administers)

    assert signed_in(client, actor).get(f"/organisations/{actor.organisation.pk}/details/").status_code == status


def test_an_administrator_of_another_organisation_changes_nothing(client, home):
    municipality = make.organisation()

    response = signed_in(client, chief()).post(
        f"/organisations/{municipality.pk}/details/", sent(municipality, name="Taken")
    )

    municipality.refresh_from_db()
    assert (response.status_code, municipality.name) == (403, "Lillånäs kommun")


def test_a_stranger_is_asked_to_sign_in(client, home):
    municipality = make.organisation()

    response = client.post(f"/organisations/{municipality.pk}/details/", sent(municipality, name="Taken"))

    assert response.status_code == 302
    assert "next=" in response.url


@pytest.mark.parametrize(
    "field, typed, said",
    [
        ("name", "", "This field is required"),
        ("name", "x" * 10_000, "at most 200 letters"),
        ("name", "Lill\0ånäs", "Null characters are not allowed"),
        ("cpv", "33\nnonsense", "There is no CPV code “nonsense”"),
        ("cpv", "99999999", "There is no CPV code “99999999”"),
        ("cpv", "٣٣", "There is no CPV code “٣٣”"),
        ("cpv", "\n".join(map(str, range(10, 60))), "at most 30 codes"),
        ("region", "XX999", "XX999"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
        ("website", "ftp://lillanas.example", "Enter a valid URL"),
        ("inhabitants", "-1", "greater than or equal to 0"),
        ("kind", "company", "company is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_explained_and_what_was_typed_is_kept(client, home, field, typed, said):
    anna = chief()

    response = signed_in(client, anna).post(
        f"/organisations/{anna.organisation.pk}/details/", sent(anna.organisation, **{field: typed})
    )

    assert response.status_code == 422
    assert said in text_of(response)
    assert not TrailEntry.objects.exists()


def test_a_hostile_name_is_written_as_text(client, home):
    municipality = make.organisation(name="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(f"/organisations/{municipality.pk}/").content.decode()


def test_only_the_programme_changes_who_an_organisation_is():
    anna, company = chief(), make.organisation(number="")

    with pytest.raises(Refused, match="Ask the programme to correct"):
        actions.change(organisation=anna.organisation, details={"number": "2120000142"}, by=anna)

    actions.change(organisation=company, details={"number": "2120000142"}, by=programme())
    company.refresh_from_db()
    assert company.number == "2120000142"
    assert TrailEntry.objects.of(company).filter(verb="organisation.changed").get().changes == {"number": None}


def test_a_buyer_does_not_become_a_supplier():
    with pytest.raises(Refused, match="cannot become a supplier"):
        actions.change(organisation=make.organisation(), details={"kind": "company"}, by=programme())


def test_the_programme_corrects_a_number_by_the_rule_of_the_country(client, home):
    municipality = make.organisation(number="")
    signed_in(client, programme())
    facts = sent(municipality, country="SE")

    refused = client.post(f"/organisations/{municipality.pk}/details/", {**facts, "number": "212000-0143"})
    saved = client.post(f"/organisations/{municipality.pk}/details/", {**facts, "number": "212000-0142"})

    assert "Check that all of them are right" in text_of(refused)
    municipality.refresh_from_db()
    assert (saved.status_code, municipality.number) == (302, "2120000142")


def test_a_form_made_out_for_another_organisation_asks_first(client, home):
    anna = chief()
    other = make.membership(person=anna.person, administers=True)

    response = signed_in(client, anna).post(
        f"/organisations/{anna.organisation.pk}/details/",
        {**sent(anna.organisation, name="Lillånäs stad"), "acting_for": other.organisation_id},
    )

    assert response.status_code == 409
    assert not TrailEntry.objects.exists()


@pytest.mark.parametrize("relatives", [1, 3])
def test_a_page_with_three_relatives_costs_what_one_with_one_costs(client, home, relatives, django_assert_num_queries):
    municipality = make.organisation()
    for _ in range(relatives):
        make.organisation(parent=municipality)
        make.organisation(successor=municipality, succeeded_on="2020-01-01")

    with django_assert_num_queries(4):
        client.get(f"/organisations/{municipality.pk}/")
