from django.apps import AppConfig
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class KitConfig(AppConfig):
    name = "samspel.kit"

    def ready(self):
        # A browser set to Nynorsk, or to plain Norwegian, gets Bokmål rather than English.
        for code in ("nn", "no"):
            LANG_INFO.setdefault(code, {})["fallback"] = ["nb"]
        registry.footer.add(registry.Link("accessibility", _("Accessibility"), "accessibility", order=80))
