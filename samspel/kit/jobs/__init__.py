"""What the hub does later: by a worker, tried again when it fails, and done once though a process dies.

::

    @jobs.job(tries=5)
    def count_again(organisation_id): ...

    with transaction.atomic():
        ...
        jobs.enqueue(count_again, organisation.pk)

The job's row is written in the caller's transaction, so there is a job where, and only where, the change is kept. What
a job does to the database and the mark that it is done are one transaction. Arguments are plain values: ids, never
names or addresses.
"""

from samspel.kit.jobs.scheduled import Scheduled, schedule
from samspel.kit.jobs.tasks import GaveUp, enqueue, job

__all__ = ["GaveUp", "Scheduled", "enqueue", "job", "schedule"]
