from django.apps import AppConfig
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class KitConfig(AppConfig):
    name = "samspel.kit"

    def ready(self):
        from samspel.kit import jobs  # noqa: PLC0415 - models are not ready before
        from samspel.kit.jobs.actions import delete_done  # noqa: PLC0415
        from samspel.kit.mail.keeping import delete_old  # noqa: PLC0415
        from samspel.kit.statements import checks  # noqa: F401, PLC0415 - registers the check

        # A browser set to Nynorsk, plain Norwegian or Danish gets Bokmål rather than English. Django looks for what to
        # fall back on under the whole code alone, so a browser that says only "nn-NO" needs an entry of its own.
        for code in ("nn", "nn-no", "no", "no-no", "da", "da-dk"):
            LANG_INFO.setdefault(code, {})["fallback"] = ["nb"]
        registry.footer.add(registry.Link("accessibility", _("Accessibility"), "accessibility", order=80))
        registry.footer.add(registry.Link("privacy", _("Personal data"), "privacy", order=81))
        registry.footer.add(registry.Link("cookies", _("Cookies"), "cookies", order=82))
        jobs.schedule.add(jobs.Scheduled("jobs-done", delete_done, at="03:40"))
        jobs.schedule.add(jobs.Scheduled("mails-old", delete_old, at="03:50"))
