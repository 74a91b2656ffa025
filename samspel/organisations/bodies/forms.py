"""Which body a person says that the organisation is."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BodyForm(forms.Form):
    """The key of one body."""

    body = forms.CharField(max_length=200, error_messages={"required": _("Choose which one it is.")})
