"""What is typed and chosen of a saved search: its name, whose it is, how often mails come."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.notices.models import Followed, HowOften, SavedSearch
from samspel.organisations.permissions import Permission, can

LONGEST_NAME = 120
MINE, TEAM = "mine", "team"


class SavedSearchForm(forms.Form):
    """A saved search, as an actor may make or change it; what there is no choice of is not asked."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    how_often = forms.ChoiceField(
        label=_("Mail me what is new"), choices=HowOften, widget=forms.RadioSelect, initial=HowOften.DAILY
    )
    whose = forms.ChoiceField(label=_("Whose it is"), widget=forms.RadioSelect, initial=MINE)

    def __init__(self, *args, actor, search=None, **kwargs):
        super().__init__(*args, **kwargs)
        may_be_teams = _may_be_teams(actor)
        if may_be_teams:
            team = _("The team’s: everybody in %(organisation)s sees it, and it stays when you leave")
            self.fields["whose"].choices = [
                (MINE, _("Mine")),
                (TEAM, team % {"organisation": actor.organisation}),
            ]
        if not may_be_teams or (search and (search.is_of_team or search.follows)):
            del self.fields["whose"]
        if search and (search.follows or not search.is_managed_by(actor)):
            del self.fields["name"]

    @property
    def is_team(self):
        return self.cleaned_data.get("whose") == TEAM


class FollowForm(forms.Form):
    """What a button to follow sends."""

    kind = forms.ChoiceField(choices=Followed)
    key = forms.CharField(max_length=200)


def _may_be_teams(actor):
    if actor.organisation is None:
        return False
    return can(actor, Permission.MANAGE_SAVED_SEARCHES, SavedSearch(organisation=actor.organisation))
