"""The sections of an organisation's page, of all apps, wherever that page is."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from samspel.kit import registry
from samspel.organisations.details.page import OrganisationPage
from samspel.organisations.models import Organisation


def drawn(request, *, organisation, body=None):
    """Return what each app has to say about an organisation, or a body that notices name: key, label, html."""
    found = (
        (section, section.context(request, organisation=organisation, body=body))
        for section in registry.organisation_sections
    )
    return [
        {"key": section.key, "label": section.label, "html": render_to_string(section.template, context, request)}
        for section, context in found
        if context is not None
    ]


def tied_to(body_key):
    """Return the organisation that is the body with this key, None where there is none that somebody vouches for."""
    held = Organisation.objects.confirmed().select_related("parent", "successor")
    return held.filter(body=body_key).first()


def details(request, *, organisation, body):
    """Return what the section of the hub's own details takes."""
    if organisation is None:
        return None
    return {"page": OrganisationPage(organisation, request.actor)}


def claim(request, *, organisation, body):
    """Return what the section takes that asks whether the body is the reader's own organisation."""
    if organisation is not None or body is None:
        return None
    return {"url": f"{reverse('joining-start')}?{urlencode({'body': body.key})}"}
