"""Which of a body's procurements are asked for, as the address says it."""

from django import forms


class ProcurementFilter(forms.Form):
    """What cannot be read is left out: an address that somebody changed by hand still opens."""

    year = forms.IntegerField(min_value=1900, max_value=2200, required=False)
    cpv = forms.RegexField(r"^\d{2}$", required=False)
    other = forms.CharField(max_length=200, required=False)
    currency = forms.RegexField(r"^[A-Z]{3}$", required=False)
    declared = forms.BooleanField(required=False)
    named = forms.BooleanField(required=False)
    unvalued = forms.BooleanField(required=False)

    @classmethod
    def asked(cls, query):
        """Return the filters of an address that say something, by name."""
        form = cls(query)
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value}
