"""What the programme says of an organisation that became part of another."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """Why one organisation goes on as another."""

    SUCCEEDED = "succeeded", _("It became part of the other, as in a reform or a merger")
    MERGED = "merged", _("It is the same organisation, registered twice")


class SuccessionForm(forms.Form):
    """Which organisation it goes on as, how and since when."""

    how = forms.ChoiceField(label=_("What happened"), choices=How.choices, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day on which it was part of the other. Not needed where it was registered twice."),
    )
    sure = forms.BooleanField(label=_("I know that this cannot be undone here"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == How.SUCCEEDED and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", ValidationError(_("Write the day.")))
        return cleaned
