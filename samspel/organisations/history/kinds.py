"""Kinds of records, as the trail names them."""

from django.apps import apps


def model_of(record_kind):
    """Return the model of a kind of record, None where this version of the hub has none such."""
    try:
        return apps.get_model(record_kind)
    except (LookupError, ValueError):
        return None


def kind_in_words(record_kind):
    """Return what a kind of record is called."""
    model = model_of(record_kind)
    return str(model._meta.verbose_name) if model else record_kind
