"""What administrators can change of their organisation."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from samspel.organisations import numbers
from samspel.organisations.details import names
from samspel.organisations.details.actions import IDENTITY_FIELDS, OPEN_FIELDS
from samspel.organisations.models import Kind, Organisation

MOST_INTERESTS = 30


class InterestsField(forms.CharField):
    """CPV codes or their beginnings, one a line, as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        # "33195000-7": the digit after the hyphen is a check digit.
        lines = (re.sub(r"-\d$", "", line.strip()) for line in re.split(r"[\n,;]", value or ""))
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value):
        if len(value) > MOST_INTERESTS:
            raise ValidationError(_("Choose at most %(most)s codes."), params={"most": MOST_INTERESTS})
        for code in value:
            # [0-9]: the digits of other scripts are no codes.
            if not re.fullmatch(r"[0-9]{2,8}", code) or not names.is_known(names.CPV, code):
                raise ValidationError(_("There is no CPV code “%(code)s”."), params={"code": code[:20]})

    def run_validators(self, value):
        return

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class InhabitantsField(forms.IntegerField):
    """A whole number as people write it, 12 345."""

    widget = forms.TextInput({"inputmode": "numeric"})

    def to_python(self, value):
        return super().to_python(re.sub(r"\s", "", value) if isinstance(value, str) else value)


class DetailsForm(forms.ModelForm):
    """The details of an organisation; ``for_programme`` adds the country and the registration number."""

    cpv = InterestsField(
        label=_("Interests"),
        required=False,
        max_length=1000,
        help_text=_("CPV codes or their first digits, one a line: 33 for everything medical, 33195000 for one thing."),
    )
    # PostgreSQL's largest whole number.
    inhabitants = InhabitantsField(label=_("Inhabitants"), required=False, min_value=0, max_value=2_147_483_647)
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", validators=[URLValidator(schemes=["http", "https"])]
    )

    class Meta:
        model = Organisation
        fields = (*OPEN_FIELDS, *IDENTITY_FIELDS)
        help_texts = {"region": _("Where the organisation has its seat.")}

    def __init__(self, *args, for_programme=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_programme:
            for name in IDENTITY_FIELDS:
                del self.fields[name]
        self.fields["name"].validators.append(_at_most_200)
        self.fields["kind"].choices = [(kind, kind.label) for kind in Kind if kind in self.instance.side]
        if not self.instance.is_buyer:
            del self.fields["inhabitants"]
        self._offer_regions()

    def clean_region(self):
        region = self.cleaned_data["region"].strip().upper()
        if region and not (re.fullmatch(r"[A-Z]{2}[A-Z0-9]{1,3}", region) and names.is_known(names.REGION, region)):
            raise ValidationError(_("There is no region “%(code)s”."), params={"code": region[:20]})
        return region

    def clean_country(self):
        country = self.cleaned_data["country"].strip().upper()
        if not re.fullmatch(r"[A-Z]{2}", country):
            raise ValidationError(_("Write the country with two letters, such as SE or NO."))
        return country

    def clean_number(self):
        # The country may be wrong itself, and is then told of first.
        return numbers.plain(self.cleaned_data["number"], self.cleaned_data.get("country", self.instance.country))

    @property
    def changed(self):
        """What was changed: field → value."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _offer_regions(self):
        offered = names.choices(names.REGION, self.instance.country)
        if not offered:
            return
        held = self.instance.region
        if held and held not in dict(offered):
            offered.append((held, names.named(names.REGION, held)))
        field = self.fields["region"]
        field.widget = forms.Select(choices=[("", _("Not said")), *offered])


def _at_most_200(name):
    if len(name) > 200:
        raise ValidationError(_("Write at most 200 letters."))
