"""Which part of the trail is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.kit.models import TrailEntry
from samspel.organisations.history.kinds import kind_in_words
from samspel.organisations.models import Person


class TrailFilter(forms.Form):
    """By kind of record, person and time. What cannot be read narrows nothing: a changed address still opens."""

    kind = forms.ChoiceField(label=_("What it is about"), required=False)
    person = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, query, *, owner):
        super().__init__(query)
        self._entries = TrailEntry.objects.filter(owner_id=owner.pk)
        self.fields["kind"].choices = [("", _("Everything")), *self._kinds()]
        self.fields["person"].choices = [("", _("Everybody")), *self._people()]

    @property
    def entries(self):
        """The entries that are asked for, the newest first."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return self._entries.filter(**{_LOOKUPS[name]: value for name, value in asked.items()})

    @property
    def asked(self):
        """The filters that say something, as the address has them."""
        self.is_valid()
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value}

    def _kinds(self):
        kinds = self._entries.order_by().values_list("record_kind", flat=True).distinct()
        return sorted(((kind, kind_in_words(kind).capitalize()) for kind in kinds), key=lambda one: one[1])

    def _people(self):
        ids = self._entries.filter(person_id__isnull=False).order_by().values_list("person_id", flat=True).distinct()
        people = Person.objects.filter(pk__in=ids)
        return sorted(((one.pk, str(one)) for one in people), key=lambda choice: choice[1].casefold())


_LOOKUPS = {"kind": "record_kind", "person": "person_id", "since": "at__date__gte", "until": "at__date__lte"}
