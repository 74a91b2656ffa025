"""What stood in a field, in words: the choice, the day, the name of what it points at."""

from html import unescape

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.organisations.details import names
from samspel.organisations.history.kinds import model_of
from samspel.organisations.models import Organisation


class Values:
    """The values in some entries. What they point at is looked up once, with one query for each model."""

    def __init__(self, entries):
        wanted = {}
        for entry in entries:
            for name, change in entry.changes.items():
                field = _field_of(model_of(entry.record_kind), name)
                if change and field is not None and field.remote_field:
                    wanted.setdefault(field.related_model, set()).update(value for value in change if value)
        self._pointed_at = {
            (model, one.pk): one for model, ids in wanted.items() for one in model._base_manager.filter(pk__in=ids)
        }

    def label(self, model, name):
        """Return what a field is called."""
        field = _field_of(model, name)
        return capfirst(str(field.verbose_name)) if field is not None else name

    def in_words(self, model, name, value):
        """Return a value as a person reads it; nothing is a dash."""
        if value is None or value in ("", []):
            return "–"
        field = _field_of(model, name)
        if model is Organisation and name in _CODES:
            codes = value if isinstance(value, list) else [value]
            return ", ".join(_plain(names.named(_CODES[name], code)) for code in codes)
        if field is not None and field.remote_field:
            return str(self._pointed_at.get((field.related_model, value)) or value)
        return _written(field, value)


# Fields that hold codes of a code list.
_CODES = {"region": names.REGION, "country": names.COUNTRY, "cpv": names.CPV}


def _plain(name):
    """Return a code's name without the marks that say which language it is in."""
    return unescape(strip_tags(str(name)))


def _written(field, value):
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateTimeField):
        return formats.moment(parse_datetime(value) or value)
    if isinstance(field, models.DateField):
        return formats.day(parse_date(value) or value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    # A registration number is no count: only what is counted is grouped.
    return formats.count(value) if isinstance(value, int) else str(value)


def _field_of(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
