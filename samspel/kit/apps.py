from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class KitConfig(AppConfig):
    name = "samspel.kit"

    def ready(self):
        registry.footer.add(registry.Link("accessibility", _("Accessibility"), "accessibility", order=80))
