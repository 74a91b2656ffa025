from samspel.kit.jobs import actions
from samspel.kit.jobs.commands import OnFailedJobs


class Command(OnFailedJobs):
    help = "Put failed jobs in the queue again."
    act = staticmethod(actions.run_again)
    told = "In the queue again: {count}"
