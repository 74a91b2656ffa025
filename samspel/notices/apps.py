from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class NoticesConfig(AppConfig):
    name = "samspel.notices"

    def ready(self):
        from samspel.notices.lake import sample_state, update_index  # noqa: PLC0415 - settings are not ready before

        registry.samples.add(registry.Sample("notices", sample_state))
        registry.after_load.add(registry.AfterLoad("search", update_index))
        registry.footer.add(registry.Link("sources", _("Sources and gaps"), "source-list", order=40))
