"""What is typed to find an organisation, to register it, to ask to join it, and to answer those who asked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samspel.organisations import numbers
from samspel.organisations.joining import countries
from samspel.organisations.models import BUYERS, SUPPLIERS, ProgrammeRegion, Role
from samspel.organisations.signin.plain_text import plain_line

LONGEST_NAME = 200
LONGEST_MESSAGE = 2000
_BUYER_ROLES = (Role.PROCURER, Role.NEED_OWNER, Role.LEADER, Role.OBSERVER)


def _message(label, **options):
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=LONGEST_MESSAGE, required=False, widget=widget, **options)


def _choices(values):
    return [(value, value.label) for value in values]


_MESSAGE_HINT = _("What you do there, and how it can be checked: a telephone number at the switchboard, for instance.")


class _AskedOfSome:
    """A field that some must fill in and others leave: not marked as optional, and asked for by its form."""

    def validate(self, value):
        if value:
            super().validate(value)


class _TextField(_AskedOfSome, forms.CharField):
    pass


class _RoleField(_AskedOfSome, forms.ChoiceField):
    pass


class RegisterForm(forms.Form):
    """An organisation that is not in the hub yet, and what the one who registers it does there."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, validators=[plain_line])
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(label=_("Country"), choices=lazy(countries.choices, list))
    number = _TextField(
        label=_("Registration number"),
        max_length=60,
        validators=[plain_line],
        help_text=_("With or without spaces and hyphens. A sole trader’s number is never shown to others."),
    )
    is_not_established = forms.BooleanField(
        label=_("It is a supplier that is not established yet and has no number"), required=False
    )
    role = _RoleField(
        label=_("Your role"),
        help_text=_("Only for a public buyer. Those who act for a supplier all have the same role."),
    )
    message = _message(_("Message to those who answer"), help_text=_MESSAGE_HINT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        nothing = ("", _("Choose"))
        sides = [(_("Public buyers"), _choices(BUYERS)), (_("Suppliers"), _choices(SUPPLIERS))]
        self.fields["kind"].choices = [nothing, *sides]
        self.fields["role"].choices = [nothing, *_choices(_BUYER_ROLES)]

    def clean(self):
        said = super().clean()
        if "kind" in said:
            self._check_role(said)
        if {"kind", "country", "number"} <= said.keys():
            self._check_number(said)
        return said

    @property
    def facts(self):
        """What register takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_not_established"}

    def _check_role(self, said):
        if said["kind"] in SUPPLIERS:
            said["role"] = Role.SUPPLIER
        elif not said.get("role"):
            self.add_error("role", _("Choose what you do for the buyer."))

    def _check_number(self, said):
        number = numbers.plain(said["number"], said["country"])
        if number and said["is_not_established"]:
            self.add_error("is_not_established", _("It has a number. Leave either this or the number out."))
        elif number and (wrong := numbers.wrong(number, said["country"])):
            self.add_error("number", wrong)
        elif said["number"] and not number:
            self.add_error("number", _("A registration number has digits in it."))
        elif not number and said["kind"] in BUYERS:
            self.add_error("number", _("Write the number. Every public buyer has one."))
        elif not number and not said["is_not_established"]:
            self.add_error("number", _("Write the number, or say below that the supplier is not established yet."))


class JoinForm(forms.Form):
    """What somebody asks of an organisation; where nobody administers it, also to do that."""

    claims = forms.TypedChoiceField(
        label=_("What do you ask for?"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("To administer the organisation: let others in and look after its details")),
            ("no", _("To join, when somebody else has become administrator")),
        ],
    )
    role = forms.ChoiceField(label=_("Your role"))
    message = _message(_("Message to those who answer"), help_text=_MESSAGE_HINT)

    def __init__(self, *args, organisation, can_claim, must_claim=False, **kwargs):
        super().__init__(*args, **kwargs)
        roles = Role.for_organisation(organisation)
        self.fields["role"].choices = [("", _("Choose")), *_choices(roles)]
        # What there is no choice of is not asked.
        if len(roles) == 1 or must_claim:
            del self.fields["role"]
        if not can_claim or must_claim:
            del self.fields["claims"]
        self._unasked = {"role": roles[0], "claims": must_claim}

    @property
    def facts(self):
        """What ask takes."""
        return {**self._unasked, **self.cleaned_data}


class AnswerForm(forms.Form):
    """An administrator's or an adviser's answer; the button says which."""

    LET_IN, REFUSE = "let_in", "refuse"
    use_required_attribute = False

    answer = forms.ChoiceField(choices=[(LET_IN, ""), (REFUSE, "")], required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role"))
    administers = forms.BooleanField(
        label=_("Administers the organisation: lets people in and looks after its details"), required=False
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=ProgrammeRegion.objects.all(), required=False, empty_label=_("The whole country")
    )
    reason = _TextField(
        label=_("Reason, if you refuse"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person who asked will read it."),
    )

    def __init__(self, *args, membership, actor, **kwargs):
        asked = {"role": membership.role, "administers": membership.is_claim}
        super().__init__(*args, initial=asked, **kwargs)
        roles = Role.for_organisation(membership.organisation)
        self.fields["role"].choices = _choices(roles)
        if len(roles) == 1 or actor.is_programme:
            del self.fields["role"]
        if actor.is_programme:
            del self.fields["administers"]
        if not membership.organisation.is_programme:
            del self.fields["region"]

    def clean(self):
        said = super().clean()
        if not said.get("answer"):
            raise ValidationError(_("Say whether the person is let in or refused."))
        if said["answer"] == self.REFUSE and not said.get("reason", "").strip():
            self.add_error("reason", _("Write a reason. The person who asked will read it."))
        return said

    @property
    def facts(self):
        """What let_in takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("answer", "reason")}
