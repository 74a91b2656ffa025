"""How one person stands to one organisation, for the page where one asks to join it."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from samspel.organisations.actors import Actor
from samspel.organisations.joining.forms import JoinForm
from samspel.organisations.models import Membership, Organisation


@dataclass(frozen=True)
class JoiningPage:
    """What somebody can ask of an organisation, and what became of what was asked before."""

    organisation: Organisation
    actor: Actor

    @cached_property
    def held(self):
        """The membership that holds or waits, None where there is none."""
        return self._own.filter(ended_at__isnull=True).first()

    @cached_property
    def refused(self):
        """The last request, where it was refused and nothing has been asked since."""
        last = self._own.order_by("-asked_at", "-pk").first()
        return last if last and last.refusal and not last.waits else None

    @property
    def refused_at(self):
        return self.refused.claim_answered_at or self.refused.ended_at

    @property
    def asked_at(self):
        return self.held.since

    @cached_property
    def is_administered(self):
        return Membership.objects.in_charge(self.organisation).exists()

    @property
    def can_claim(self):
        """Whether the organisation has nobody who administers it and can be asked for."""
        return not (self.is_administered or self.organisation.is_programme or self.organisation.successor_id)

    @property
    def can_ask(self):
        """Whether there is something left to ask for."""
        if self.organisation.successor_id:
            return False
        return self.held is None or (self.can_claim and not self.held.is_claim)

    @property
    def acts_for_it(self):
        return self.actor.organisation_id == self.organisation.pk

    def form(self, data=None):
        """Return the form with what there is left to ask for."""
        return JoinForm(
            data, organisation=self.organisation, can_claim=self.can_claim, must_claim=self.held is not None
        )

    @property
    def _own(self):
        return Membership.objects.filter(person_id=self.actor.person_id, organisation=self.organisation)
