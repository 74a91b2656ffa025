import pytest

from samspel.notices.bodies.domains import domains_of
from samspel.notices.lake import current_lake
from samspel.organisations.joining.domains import known_domains
from tests import make
from tests.lake_queries import asked_of

pytestmark = pytest.mark.django_db


def body(**facts):
    return make.organisation(**{"number": "2120009991", "body": "SE-2120009991", **facts})


def given(home, *websites, others=()):
    """Fill the lake with notices of a buyer that give these addresses, and of other buyers."""
    notices = [make.result(buyers=(make.buyer(website=website),)) for website in websites]
    make.lake(home.lake, *notices, *(make.result(buyers=(make.buyer(**other),)) for other in others))


@pytest.mark.parametrize(
    "website, domain",
    [
        ("https://www.lillanas.example/upphandling?x=1", "lillanas.example"),
        ("LILLANAS.EXAMPLE", "lillanas.example"),
        ("http://lillanas.example:8080", "lillanas.example"),
        ("http://user:secret@lillanas.example", None),
        ("https://evil.example@lillanas.example", None),
        ("https://upphandling.lillanas.example", "upphandling.lillanas.example"),
        ("https://evil.example#@lillanas.example", "evil.example"),
        ("https://evil.example\\@lillanas.example", None),
        ("localhost", None),
        ("https://192.168.0.1/", None),
        ("https://lillånäs.example", None),
        ("mailto:anna@lillanas.example", None),
        ("https://gmail.com", None),
        ("https://permalink.mercell.com/1", None),
        ("none", None),
    ],
)
def test_a_domain_is_the_whole_host_of_an_address_in_a_notice(home, website, domain):
    given(home, website)

    assert known_domains(body()) == ({domain} if domain else set())


def test_every_address_that_notices_have_given_counts_not_only_the_newest(home):
    given(home, "https://lillanas.example", "https://www.lillanas-kommun.example")

    assert known_domains(body()) == {"lillanas.example", "lillanas-kommun.example"}


def test_a_domain_of_more_than_one_body_proves_nothing(home):
    other = {"name": "Granåkra kommun", "identifier": "2120009992", "website": "https://both.example"}
    given(home, "https://both.example", others=[other])

    assert domains_of(body()) == {"both.example": 2}
    assert known_domains(body(number="", body=None)) == set()


def test_a_domain_of_the_confirmed_group_and_of_the_same_body_by_name_counts_once(home):
    company = {"name": "Lillånäs bostäder AB", "identifier": "5569990002", "website": "both.example"}
    by_name = {"identifier": None, "website": "both.example"}
    given(home, "https://both.example", others=[company, by_name])
    municipality = body()
    asking = make.organisation(number="", body="SE-5569990002", asked_parent=municipality)

    assert domains_of(municipality) == {"both.example": 2}

    asking.parent = municipality
    asking.save()
    assert domains_of(municipality) == {"both.example": 1}


def test_nothing_is_known_of_an_organisation_without_notices(home):
    assert domains_of(body()) == {}
    assert domains_of(make.organisation(number="")) == {}


def test_domains_are_one_query_of_the_lake(home):
    given(home, "https://lillanas.example")
    municipality = body()
    domains_of(municipality)

    with asked_of(current_lake()) as asked:
        domains_of(municipality)

    assert len(asked) == 1
