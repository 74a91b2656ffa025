from datetime import timedelta

import pytest
from django.utils import timezone

from samspel.kit import jobs
from samspel.kit.jobs.worker import Worker
from samspel.kit.models import Job
from samspel.kit.registry import Registry
from samspel.lake import runs
from samspel.notices import nightly
from tests.lake.standins import Reply, TedStandIn


@pytest.fixture
def ted(settings, home):
    yesterday = timezone.localdate() - timedelta(days=1)
    notices = {"100001-2030": (yesterday, "NOR"), "100002-2030": (yesterday, "FIN")}
    with TedStandIn(notices) as server:
        settings.TED_URL = settings.TED_PACKAGES_URL = server.url
        settings.TED_LIMITS = {"per_minute": "6000", "attempts": "1"}
        yield server


def work():
    Worker(queues=("long",)).run_due()
    return [(job.function, job.status, job.why) for job in Job.objects.all()]


@pytest.mark.parametrize(
    ("harvest", "scheduled"),
    [
        ({}, []),
        (
            {"ted": ["NO", "SE"], "doffin": []},
            [
                ("notices-harvest-ted", "02:30", ("ted", ["NO", "SE"])),
                ("notices-harvest-doffin", "02:30", ("doffin", [])),
                ("notices-index", "05:30", ()),
            ],
        ),
    ],
)
def test_what_the_setting_names_is_harvested_every_night_and_nothing_else(settings, monkeypatch, harvest, scheduled):
    settings.HARVEST = harvest
    monkeypatch.setattr(jobs, "schedule", Registry())

    nightly.schedule()

    assert [(item.key, item.at, item.args) for item in jobs.schedule] == scheduled


@pytest.mark.django_db
def test_the_harvest_of_a_night_fetches_three_weeks_of_the_countries_asked_for(ted, home):
    jobs.enqueue(nightly.harvest, "ted", ["NO"])

    done = work()

    (run,) = (run for run in runs.read(home.lake / "harvest") if run.source == "ted")
    assert done == [("nightly.harvest", "SUCCESSFUL", "")]
    assert (run.outcome, run.counts["days"], run.counts["fetched"], run.scope) == ("complete", 21, 1, "NO")


@pytest.mark.django_db
def test_a_source_that_does_not_answer_is_asked_again(ted):
    ted.troubles["/v3/notices/search"] = [Reply(503)] * 9
    jobs.enqueue(nightly.harvest, "ted", ["NO"])

    ((function, state, why),) = work()

    assert (function, state) == ("nightly.harvest", "READY")
    assert why.startswith("samspel.notices.nightly.NotHarvested: ")


@pytest.mark.django_db
def test_a_source_that_is_not_set_up_is_not_asked_again(home):
    jobs.enqueue(nightly.harvest, "doffin", [])

    ((function, state, why),) = work()

    assert (function, state) == ("nightly.harvest", "FAILED")
    assert "set DOFFIN_KEY" in why


@pytest.mark.django_db
def test_a_hub_without_notices_has_no_index_to_tend(home):
    jobs.enqueue(nightly.tend_index)

    assert work() == [("nightly.tend_index", "SUCCESSFUL", "")]
    assert not home.lake.exists()
