"""What is said of a region of the programme."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspel.organisations.details import names
from samspel.organisations.models import ProgrammeRegion

MOST_CODES = 60


class NutsField(forms.CharField):
    """NUTS codes or their beginnings, one a line or with commas, as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return sorted({code.upper() for code in re.split(r"[\s,;]+", value or "") if code})

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_CODES:
            raise ValidationError(_("Write at most %(most)s codes."), params={"most": MOST_CODES})
        for code in value:
            if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{0,3}", code) or not names.is_known(names.REGION, code):
                raise ValidationError(_("There is no region “%(code)s”."), params={"code": code[:20]})

    def run_validators(self, value):
        return

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class RegionForm(forms.ModelForm):
    """A region's name, and what it is made of."""

    nuts = NutsField(
        label=_("NUTS regions"),
        max_length=1000,
        help_text=_("Codes or their beginnings, one a line: SE33 takes in SE331 and SE332."),
        error_messages={"required": _("Write at least one code.")},
    )

    class Meta:
        model = ProgrammeRegion
        fields = ("name", "nuts")
        error_messages = {"name": {"unique": _("There is already a region with this name.")}}

    def clean_name(self):
        name = self.cleaned_data["name"]
        if len(name) > 200:
            raise ValidationError(_("Write at most 200 letters."))
        return name
