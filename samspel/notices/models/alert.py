"""Who hears of what a saved search finds, and how often."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.models import Unsubscription
from samspel.kit.personal_data import PersonalData
from samspel.notices.models.saved_search import SavedSearch
from samspel.organisations.models import Membership, Person

# The word that a reader unsubscribes by from all alerts; with ":" and its number, from those of one search.
SUBSCRIPTION = "alerts"


class HowOften(models.TextChoices):
    """When mails with what is new go out."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("Every Monday")
    NEVER = "never", _("Never, only on My page")


class AlertQuerySet(models.QuerySet):
    def with_choice(self):
        """Add ``chosen``: how often mails go, which is never where the person has said no in a mail."""
        return self.annotate(chosen=Case(When(_said_no(), then=Value(HowOften.NEVER)), default=F("how_often")))

    def in_force(self):
        """Narrow to those by which mails go: to people with an account, still of the search’s organisation."""
        is_member = Exists(
            Membership.objects.current().filter(
                person=OuterRef("person"), organisation=OuterRef("search__organisation")
            )
        )
        return self.filter(
            Q(search__organisation=None) | is_member,
            ~Q(how_often=HowOften.NEVER),
            ~_said_no(),
            person__is_active=True,
            person__erased_at=None,
        )


def _said_no():
    one_search = Concat(Value(f"{SUBSCRIPTION}:"), Cast(OuterRef("search_id"), models.CharField()))
    said = Unsubscription.objects.filter(person_id=OuterRef("person_id"))
    return Exists(said.filter(Q(key=SUBSCRIPTION) | Q(key=one_search)))


class Alert(models.Model):
    """A person's choice how often to hear of one saved search."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="alerts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="alerts")
    how_often = models.CharField(_("Mail me what is new"), choices=HowOften, default=HowOften.DAILY)
    # What was found before is no news.
    since = models.DateTimeField(default=timezone.now, editable=False)

    objects = AlertQuerySet.as_manager()
    personal = PersonalData(
        fields=("person", "how_often"),
        about="person",
        purpose=_("To send you mails about what is new as often as you want them."),
        kept=_("As long as the saved search, or until you leave the organisation."),
    )

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [models.UniqueConstraint(fields=["search", "person"], name="alert_once_for_each_person")]

    def __str__(self):
        return self.get_how_often_display()

    @property
    def owner(self):
        return self.search.owner

    @property
    def subscription(self):
        """The word that the reader unsubscribes by from the mails of this one."""
        return f"{SUBSCRIPTION}:{self.search_id}"
