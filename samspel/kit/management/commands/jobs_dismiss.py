from samspel.kit.jobs import actions
from samspel.kit.jobs.commands import OnFailedJobs


class Command(OnFailedJobs):
    help = "Take away failed jobs that need not be done."
    act = staticmethod(actions.dismiss)
    told = "Dismissed: {count}"
