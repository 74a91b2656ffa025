from django.apps import AppConfig
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class KitConfig(AppConfig):
    name = "samspel.kit"

    def ready(self):
        # A browser set to Nynorsk, plain Norwegian or Danish gets Bokmål rather than English. Django looks for what to
        # fall back on under the whole code alone, so a browser that says only "nn-NO" needs an entry of its own.
        for code in ("nn", "nn-no", "no", "no-no", "da", "da-dk"):
            LANG_INFO.setdefault(code, {})["fallback"] = ["nb"]
        registry.footer.add(registry.Link("accessibility", _("Accessibility"), "accessibility", order=80))
