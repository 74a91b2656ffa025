"""What is typed to change a member, and to hand over what a leaver has."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.organisations.members.actions import takers
from samspel.organisations.models import Membership, ProgrammeRegion, Role


class MemberForm(forms.Form):
    """What a member does for the organisation."""

    role = forms.ChoiceField(label=_("Role"))
    administers = forms.BooleanField(
        label=_("Administers the organisation: lets people in and looks after its details"), required=False
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=ProgrammeRegion.objects.all(), required=False, empty_label=_("The whole country")
    )

    def __init__(self, *args, membership, **kwargs):
        held = {"role": membership.role, "administers": membership.administers, "region": membership.region_id}
        super().__init__(*args, initial=held, **kwargs)
        roles = Role.for_organisation(membership.organisation)
        self.fields["role"].choices = [(role, role.label) for role in roles]
        # What there is no choice of is not asked. In the programme, who advises the whole country looks after it.
        if len(roles) == 1:
            del self.fields["role"]
        if membership.organisation.is_programme:
            del self.fields["administers"]
        else:
            del self.fields["region"]
        self._held = {"role": membership.role, "administers": membership.administers}

    @property
    def facts(self):
        """What change takes."""
        return {**self._held, **self.cleaned_data}


class HandoverForm(forms.Form):
    """Who takes over from a leaver; asked only where there is something to take over, and somebody to do it."""

    to = forms.ModelChoiceField(label=_("Hand over to"), queryset=Membership.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args, membership, has_belongings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = takers(membership)
        self.fields["to"].label_from_instance = _described
        if not (has_belongings and self.fields["to"].queryset.exists()):
            del self.fields["to"]

    @property
    def taker(self):
        """The membership of the one who takes over, or None."""
        return self.cleaned_data.get("to")


def _described(membership):
    return f"{membership.person} – {membership.get_role_display()}"
