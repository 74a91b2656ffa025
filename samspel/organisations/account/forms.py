"""What is typed about one's own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.organisations.models import Person
from samspel.organisations.signin.plain_text import plain_line


class DetailsForm(forms.ModelForm):
    """A person's own name and language."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        validators=[plain_line],
        help_text=_("Those you work with see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The language of mails to you. The language of the pages is chosen at the top of each page."),
    )

    class Meta:
        model = Person
        fields = ("name", "language")


class ErasureForm(forms.Form):
    """The own address, typed so that nobody is erased by a slip."""

    email = forms.CharField(label=_("Type your e-mail address"), max_length=254)
    leaves = forms.BooleanField(label=_("Leave these organisations with nobody in charge"))

    def __init__(self, *args, person, alone=(), **kwargs):
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["email"].help_text = _("You sign in with %(email)s.") % {"email": person.email}
        self.leaving = [held.membership.organisation_id for held in alone]
        if not alone:
            del self.fields["leaves"]

    def clean_email(self):
        if self.cleaned_data["email"].strip().lower() != self._person.email.lower():
            raise forms.ValidationError(_("This is not the address that you sign in with."))
        return self.cleaned_data["email"]
