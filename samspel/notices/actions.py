"""What people do with the lake: load, harvest, read again, index, remove the sample."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from samspel.kit import registry
from samspel.lake import harvest as harvesting
from samspel.lake import indexing, runs
from samspel.lake import load as loading
from samspel.notices.lake import real_lake, sample_lake
from samspel.notices.sample import sample_notices

# So many unreadable documents are named on the page of the sources; the command's report names them all.
NAMED = 20


class Refused(Exception):
    """The hub will not do this. The message says why and what to do instead."""


def load_notices(paths, *, progress=None):
    """Load what the paths hold into the lake, run the jobs that follow a load, and return the report."""
    lake, began = real_lake(), datetime.now(UTC)
    report = loading.load(lake, paths, at=began, progress=progress)
    _note_run(lake, report, began)
    _follow_up(report)
    return report


def read_again(*, progress=None):
    """Read every kept document anew, as after a reader or a rule has changed, and return the report."""
    lake, began = real_lake(), datetime.now(UTC)
    report = loading.reread(lake, at=began, progress=progress)
    _note_run(lake, report, began)
    _follow_up(report, is_reread=True)
    return report


def harvest_notices(source, *, since, until, countries, progress=None):
    """Fetch what a source has published and load it; return the harvest's report and the load's, or None.

    What is fetched lies in the lake's inbox until it is loaded, so a run that dies between the two loses nothing. A
    document that cannot be read stays there, and is tried again by the next run.
    """
    lake = real_lake()
    inbox = lake.folder / "inbox" / source.name
    inbox.mkdir(parents=True, exist_ok=True)
    harvested = harvesting.harvest(
        source,
        since=since,
        until=until,
        countries=countries,
        keep=lambda name, data: harvesting.keep_file(inbox / name, data),
        state=lake.folder / "harvest",
        progress=progress,
    )
    files = sorted(inbox.iterdir())
    if not files:
        return harvested, None
    loaded = load_notices([inbox])
    unreadable = {Path(item["file"]).name for item in loaded.unreadable}
    for file in files:
        if file.name not in unreadable:
            file.unlink()
    return harvested, loaded


def fill_sample():
    """Fill the sample's lake with the invented notices, where it is empty."""
    if not settings.DEVELOPMENT:
        message = "A hub in production holds no sample. Set SAMSPEL_DEVELOPMENT=true for a hub to try things in."
        raise Refused(message)
    lake = sample_lake()
    if lake.is_empty():
        loading.load_records(lake, sample_notices(), at=datetime.now(UTC))
        indexing.rebuild(lake)


def remove_sample():
    """Remove every invented notice, and say whether there were any."""
    had_any = not sample_lake().is_empty()
    shutil.rmtree(settings.HOME.sample, ignore_errors=True)
    return had_any


def _note_run(lake, report, began):
    facts = report.as_dict()
    counts = {name: facts[name] for name in ("read", "new", "changed", "unchanged", "set_aside")}
    counts["unreadable"] = report.unreadable_total
    outcome = "partial" if report.unreadable_total else "complete"
    # The name alone: where it lay is the business of who loaded it.
    message = "\n".join(f"{Path(one['file']).name}: {one['why']}" for one in report.unreadable[:NAMED])
    run = runs.Run("files", began, datetime.now(UTC), outcome, counts, message, kind="load")
    runs.append(lake.folder / "harvest", run)


def _follow_up(report, *, is_reread=False):
    for job in registry.after_load:
        job.run(report.as_dict() | {"is_reread": is_reread})
