"""Warns, before a hub is opened, of what the law wants told and nobody has filled in."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from samspel.kit.statements.owner import missing


@register(deploy=True)
def filled_in(app_configs, **options):
    """Warn of each setting that the public pages need and that is empty."""
    if settings.DEVELOPMENT:
        return []
    hint = "docs/settings.md says what it is. Until then the public pages tell less than the law asks for."
    return [CheckWarning(f"{name} is not filled in.", hint=hint, id="samspel.W001") for name in missing()]
