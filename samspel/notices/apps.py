from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry
from samspel.kit.damage import damages


class NoticesConfig(AppConfig):
    name = "samspel.notices"

    def ready(self):
        from samspel.notices import labels, nightly  # noqa: PLC0415
        from samspel.notices.bodies.domains import domains_of  # noqa: PLC0415
        from samspel.notices.bodies.known import NoticedBodies  # noqa: PLC0415
        from samspel.notices.bodies.tables import make_again  # noqa: PLC0415
        from samspel.notices.lake import DAMAGES, sample_state, update_index  # noqa: PLC0415 - settings are not ready before
        from samspel.notices.saved import registered as saved  # noqa: PLC0415
        from samspel.notices.search.page import find  # noqa: PLC0415
        from samspel.notices.sources.coverage import count_again  # noqa: PLC0415
        from samspel.organisations.bodies.known import notices  # noqa: PLC0415
        from samspel.organisations.details import names  # noqa: PLC0415
        from samspel.organisations.joining import domains  # noqa: PLC0415

        for damage in DAMAGES:
            damages.add(damage)
        registry.samples.add(registry.Sample("notices", sample_state))
        notices.add(NoticedBodies())
        domains.sources.add(domains.DomainSource("notices", domains_of))
        names.code_lists.add(names.CodeList(names.CPV, labels.cpv_name))
        names.code_lists.add(names.CodeList(names.REGION, labels.region_name, labels.regions))
        names.code_lists.add(names.CodeList(names.COUNTRY, labels.country))
        registry.after_load.add(registry.AfterLoad("search", update_index))
        registry.after_load.add(registry.AfterLoad("bodies", make_again, order=70))
        registry.after_load.add(registry.AfterLoad("coverage", count_again, order=80))
        registry.navigation.add(
            registry.Link("notices", _("Notices"), "notice-list", order=40, under=("/buyers/", "/suppliers/"))
        )
        registry.tools.add(registry.Link("search", _("Search"), "notice-list", order=10))
        registry.search_kinds.add(registry.SearchKind("notices", _("Notices"), find, order=40))
        registry.navigation.add(registry.Link("insight", _("Insight"), "indicator-list", order=50))
        registry.footer.add(registry.Link("sources", _("Sources and gaps"), "source-list", order=40))
        nightly.schedule()
        saved.register()
