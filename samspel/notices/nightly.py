"""What the hub does with notices every night, where HARVEST says so: fetch what is new, and look after the index."""

from contextlib import closing
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from samspel.kit import jobs
from samspel.lake import indexing
from samspel.notices import actions, asking
from samspel.notices.lake import real_lake

# A source's list of a day grows for up to two weeks (Source.settles). Days that are complete are not asked for again.
DAYS = 21


class NotHarvested(Exception):
    """A source could not be harvested now. It may be later."""


@jobs.job(tries=5, long=True)
def harvest(source, countries):
    """Fetch and load what a source has published in three weeks. Run twice, it fetches nothing twice."""
    yesterday = timezone.localdate() - timedelta(days=1)
    try:
        asked = asking.source(source)
    except asking.NotSetUp as error:
        raise jobs.GaveUp(str(error)) from error
    with closing(asked):
        harvested, _loaded = actions.harvest_notices(
            asked, since=yesterday - timedelta(days=DAYS - 1), until=yesterday, countries=countries
        )
    # What was missed is asked for again the next night; a source that did not answer, sooner.
    if harvested.outcome == "stopped":
        raise NotHarvested(harvested.message)


@jobs.job(tries=5, long=True)
def tend_index():
    """Index what a load brought that died before it was indexed."""
    if not real_lake().is_empty():
        indexing.update(real_lake())


def schedule():
    """Schedule the night's jobs: none where HARVEST names no source."""
    for source, countries in settings.HARVEST.items():
        key = f"notices-harvest-{source}"
        jobs.schedule.add(jobs.Scheduled(key, harvest, at="02:30", args=(source, countries)))
    if settings.HARVEST:
        jobs.schedule.add(jobs.Scheduled("notices-index", tend_index, at="05:30"))
