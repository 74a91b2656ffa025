from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class FrontConfig(AppConfig):
    name = "samspel.front"

    def ready(self):
        registry.tools.add(registry.Link("my-page", _("My page"), "my-page", order=20))
