import json
import os

from tests.commands.run import samspel


def test_work_is_refused_where_the_database_is_not_up_to_date(tmp_path):
    done = samspel("work", "--once", home=tmp_path)

    assert (done.returncode, done.stderr) == (
        1,
        "The database is not up to date: start the hub first (samspel hub run).\n",
    )


def test_failed_jobs_are_listed_and_run_again_or_dismissed(tmp_path):
    home = tmp_path / "home"
    run = ["import django; django.setup(); from django.core.management import call_command; "]
    run.append("call_command('migrate', verbosity=0); from samspel.kit.mail.delivery import deliver; ")
    run.append("from samspel.kit import jobs; jobs.enqueue(deliver, 1); jobs.enqueue(deliver, 2)")
    python(tmp_path, home, "".join(run))

    nothing = samspel("jobs", "list", "--state", "failed", home=home)
    worked = samspel("work", "--once", home=home)
    listed = json.loads(samspel("jobs", "list", "--json", home=home).stdout)["jobs"]
    again = samspel("jobs", "again", listed[0]["id"], "--json", home=home)
    waiting = samspel("jobs", "list", "--state", "waiting", home=home)
    dismissed = samspel("jobs", "dismiss", "--all", home=home)
    wrong = samspel("jobs", "dismiss", listed[1]["id"], home=home)

    assert nothing.stdout == "There are no such jobs.\n"
    assert worked.returncode == 0
    assert [(one["state"], one["job"], one["tries"], one["why"]) for one in listed] == [
        ("failed", "samspel.kit.mail.delivery.deliver", 1, "samspel.kit.jobs.tasks.GaveUp: The mail is deleted.")
    ] * 2
    assert json.loads(again.stdout) == {"jobs": 1}
    assert listed[0]["id"] in waiting.stdout
    assert dismissed.stdout == "Dismissed: 1\n"
    assert (wrong.returncode, wrong.stderr) == (1, f"No job with the number {listed[1]['id']} has failed.\n")


def python(folder, home, code):
    import subprocess
    import sys

    here = {"SAMSPEL_HOME": str(home), "SAMSPEL_DEVELOPMENT": "true", "SAMSPEL_ENV_FILE": os.devnull}
    home.mkdir()
    environment = {**os.environ, **here, "DJANGO_SETTINGS_MODULE": "samspel.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=120)
