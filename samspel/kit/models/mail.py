"""Mails that the hub sends, and who has asked not to get them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kit.personal_data import PersonalData

KEPT = timedelta(days=90)


class MailQuerySet(models.QuerySet):
    def by(self, person_id):
        """Narrow to the mails that a person caused."""
        return self.filter(sender_id=person_id)

    def about(self, record):
        """Narrow to the mails that tell of one record."""
        return self.filter(record_kind=record._meta.label_lower, record_id=str(record.pk))

    def undelivered(self):
        """Narrow to the mails that did not arrive."""
        return self.filter(state__in=[Mail.State.FAILED, Mail.State.BOUNCED])

    def old(self, at):
        """Narrow to the mails that have been kept long enough."""
        return self.filter(made_at__lt=at - KEPT)


class Mail(models.Model):
    """One mail to one reader, as it was written, and what became of it."""

    class State(models.TextChoices):
        """Where a mail is."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")
        BOUNCED = "bounced", _("came back")

    message_id = models.CharField(unique=True)
    person_id = models.BigIntegerField(null=True)  # none where the reader has no account
    address = models.EmailField()
    language = models.CharField()

    # Whose act made the hub send it, who is shown when it did not arrive; and what it tells of.
    sender_id = models.BigIntegerField(null=True)
    record_kind = models.CharField(blank=True)
    record_id = models.CharField(blank=True)

    subject = models.CharField()
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # It holds a code or a link that lets its reader in: the text goes when the mail has gone.
    is_secret = models.BooleanField(default=False)
    # What a reader can unsubscribe from; empty where it is a service message, which everybody gets.
    subscription = models.CharField(blank=True)

    state = models.CharField(choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # when it was given up, or came back

    objects = MailQuerySet.as_manager()
    personal = PersonalData(
        fields=("person_id", "address", "sender_id", "subject", "text", "html", "error"),
        about="person_id",
        address="address",
        numbers=("sender_id",),
        purpose=_("To send you what you have asked for or must know, and to see whether it arrived."),
        kept=_("90 days."),
        deleted_after=KEPT,
        counted_from="made_at",
    )

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=["sender_id", "-made_at"], name="mails_by_a_person"),
            models.Index(fields=["person_id", "-made_at"], name="mails_to_a_person"),
            models.Index(fields=["record_kind", "record_id", "-made_at"], name="mails_about_a_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) ^ Q(state__in=["failed", "bounced"]),
                name="mail_failed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state__in=["sent", "bounced"]),
                name="mail_sent_says_when",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def is_settled(self):
        """Whether the mail has left the hub, so that it must not be sent once more."""
        return self.state in (self.State.SENT, self.State.BOUNCED)

    def note_try(self, error):
        self.error, self.tries = error, self.tries + 1
        self.save(update_fields=["error", "tries"])

    def note_sent(self, at):
        self.state, self.sent_at, self.failed_at, self.error = self.State.SENT, at, None, ""
        self.tries += 1
        if self.is_secret:
            self.text = self.html = ""
        self.save()

    def note_failed(self, why, at):
        self._not_arrived(self.State.FAILED, why, at)

    def note_bounced(self, why, at):
        self._not_arrived(self.State.BOUNCED, why, at)

    def _not_arrived(self, state, why, at):
        self.state, self.failed_at, self.error = state, at, why
        self.save(update_fields=["state", "failed_at", "error"])


class UnsubscriptionQuerySet(models.QuerySet):
    def of(self, *, person_id=None, address="", key):
        """Narrow to what keeps the mails of one subscription from a reader, known by account, address or both."""
        reader = Q(person_id=person_id) if person_id else Q()
        return self.filter(reader | Q(person_id=None, address=address.lower()), key=key)


class Unsubscription(models.Model):
    """A reader does not want the mails of one subscription: a person, or an address without an account."""

    person_id = models.BigIntegerField(null=True)
    address = models.EmailField(blank=True)
    key = models.CharField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UnsubscriptionQuerySet.as_manager()
    personal = PersonalData(
        fields=("person_id", "address"),
        about="person_id",
        address="address",
        purpose=_("Not to send you what you have said no to."),
        kept=_("Until you subscribe again."),
    )

    class Meta:
        verbose_name = _("unsubscription")
        verbose_name_plural = _("unsubscriptions")
        constraints = [
            models.UniqueConstraint(fields=["person_id", "key"], name="person_unsubscribed_once"),
            models.UniqueConstraint(
                fields=["address", "key"], condition=Q(person_id=None), name="address_unsubscribed_once"
            ),
            models.CheckConstraint(condition=Q(person_id=None) ^ Q(address=""), name="unsubscribed_by_one_of_two"),
        ]

    def __str__(self):
        return self.key
