"""The pages over the lake in a real browser, on the narrowest phone that is promised and on a desktop."""

import pytest

from samspel.lake import indexing
from samspel.lake.notice import Deadline, Marks
from tests import browser, make

LONG = "Upphandlingsmyndighetsärendet"


@pytest.fixture
def site(live_server, home, settings):
    call = make.notice(
        title=make.title(f"Nattillsyn {LONG}"),
        deadlines=(Deadline("tenders", "2025-04-22T10:00:00+02:00"), Deadline("questions", "2025-04-01")),
        buyers=(make.buyer(website="https://www.lillanas-upphandling-och-inkop.example/"),),
    )
    end = make.result(
        procedure_identifier=call.procedure_identifier,
        lots=(make.lot(result="selec-w", tenders=5, tenders_sme=3), make.lot("LOT-0002", LONG, result="clos-nw")),
        winners=(make.winner(name=f"{LONG} AB", lots=("LOT-0001",), size="small", value=make.money(5_100_000)),),
        marks=Marks(innovative=("rd-act",)),
    )
    lake = make.lake(home.lake, call, end)
    indexing.rebuild(lake)
    addresses = (
        f"/notices/{call.key}/",
        f"/notices/{end.key}/",
        "/notices/ted/nothing/01/",
        "/buyers/SE-2120009991/",
        "/suppliers/SE-5569990001/",
        "/sources/",
        "/",
    )
    return [live_server.url + address for address in addresses]


@pytest.mark.django_db
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_every_page_fits_its_window_and_the_browser_has_no_complaint(site, width, scheme):
    found = []
    with browser.page(width=width, scheme=scheme) as page:
        for address in site:
            page.goto(address)
            found.append((address, page.evaluate("document.documentElement.scrollWidth"), page.locator("h1").count()))
        faults = [fault for fault in page.faults if "404" not in fault]

    assert found == [(address, width, 1) for address in site]
    assert faults == []


@pytest.mark.django_db
def test_a_reader_without_scripts_goes_from_a_notice_to_its_buyer_and_to_what_it_bought(site):
    with browser.page(scripts=False) as page:
        page.goto(site[1])
        page.get_by_role("link", name="Lillånäs kommun").first.click()
        page.get_by_role("link", name="2025").or_(page.locator("table a")).first.click()

        assert page.locator("h1").inner_text() == "Lillånäs kommun"
        assert page.locator("#procurements li h3").count() == 1
