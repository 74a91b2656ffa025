from django_tasks import TaskResultStatus as Status

from samspel.kit.commands import Command as Base
from samspel.kit.models import Job

STATES = {
    "waiting": Status.READY,
    "running": Status.RUNNING,
    "failed": Status.FAILED,
    "done": Status.SUCCESSFUL,
}
NAMES = {status: name for name, status in STATES.items()}


class Command(Base):
    help = "List the jobs that wait, run or have failed."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("--state", action="append", choices=STATES, help="can be repeated; default: all but done")

    def handle(self, *, state, json, **options):
        states = [STATES[name] for name in state or ("failed", "running", "waiting")]
        jobs = Job.objects.filter(status__in=states).order_by("run_after")
        facts = [_facts(job) for job in jobs]
        text = "\n".join(map(_line, facts)) or "There are no such jobs."
        self.report({"jobs": facts}, as_json=json, text=text)


def _facts(job):
    return {
        "id": str(job.pk),
        "state": NAMES[job.status],
        "job": job.task_path,
        "arguments": job.args_kwargs["args"],
        "tries": job.tries,
        "due_at": job.run_after,
        "finished_at": job.finished_at,
        "why": job.why,
    }


def _line(facts):
    when = facts["finished_at"] or facts["due_at"]
    words = f"{facts['id']}  {facts['state']:<8} {when:%Y-%m-%d %H:%M}  tries {facts['tries']}  {facts['job']}"
    return f"{words}\n    {facts['why']}" if facts["why"] else words
