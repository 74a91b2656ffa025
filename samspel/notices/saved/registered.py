"""What saved searches add to the rest of the hub: verbs, jobs, mails to say no to, what a leaver hands over."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit import jobs, mail, registry, trail
from samspel.notices.lake import real_lake
from samspel.notices.models import LoadMark
from samspel.notices.models.alert import SUBSCRIPTION
from samspel.notices.saved import actions, emails, matching, telling
from samspel.notices.saved.due import HOUR


def register():
    """Add all of it, once, while the hub starts."""
    for verb in actions.VERBS:
        trail.verbs.add(verb)
    # After the index: it has the words that searches are asked with.
    registry.after_load.add(registry.AfterLoad("alerts", after_load, order=200))
    registry.handover.add(
        registry.Handover(
            "saved-searches", _("Saved searches and alerts"), actions.count_of_member, actions.hand_over, order=40
        )
    )
    mail.subscriptions.add(mail.Subscription(SUBSCRIPTION, emails.words_for, order=10))
    jobs.schedule.add(jobs.Scheduled("alerts", telling.tell_all, at=HOUR))


def after_load(report):
    """Ask the saved searches of what a load brought: a job after each load. What was only read again is no news."""
    if LoadMark._meta.db_table not in connection.introspection.table_names():
        # Loaded before the hub was first served: there is no database yet, and so nobody who keeps anything.
        return
    if report.get("is_reread"):
        matching.pass_over(real_lake())
    else:
        matching.match(real_lake(), at=timezone.now())
