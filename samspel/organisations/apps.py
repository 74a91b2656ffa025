from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspel.kit import registry


class OrganisationsConfig(AppConfig):
    name = "samspel.organisations"

    def ready(self):
        from samspel.kit import jobs, personal_data, trail  # noqa: PLC0415 - models are not ready before
        from samspel.organisations.account import actions as account  # noqa: PLC0415
        from samspel.organisations.account.due import delete_due  # noqa: PLC0415
        from samspel.organisations.bodies import actions as bodies  # noqa: PLC0415
        from samspel.organisations.details import actions as details  # noqa: PLC0415
        from samspel.organisations.details import sections  # noqa: PLC0415
        from samspel.organisations.group import actions as group  # noqa: PLC0415
        from samspel.organisations.group import waiting as group_waiting  # noqa: PLC0415
        from samspel.organisations.history import actions as history  # noqa: PLC0415
        from samspel.organisations.joining import actions as joining  # noqa: PLC0415
        from samspel.organisations.joining import waiting as joining_waiting  # noqa: PLC0415
        from samspel.organisations.members import actions as members  # noqa: PLC0415
        from samspel.organisations.programme import actions as programme  # noqa: PLC0415
        from samspel.organisations.signin import actions as signin  # noqa: PLC0415
        from samspel.organisations.signin.keeping import forget_expired  # noqa: PLC0415
        from samspel.organisations.succession import actions as succession  # noqa: PLC0415

        for room in (account, bodies, details, group, history, joining, members, programme, signin, succession):
            for verb in room.VERBS:
                trail.verbs.add(verb)
        registry.organisation_sections.add(
            registry.Section("details", _("In the hub"), "organisations/_details.html", sections.details, order=10)
        )
        registry.organisation_sections.add(
            registry.Section(
                "claim", _("Is this your organisation?"), "organisations/_claim.html", sections.claim, order=900
            )
        )
        registry.waiting.add(registry.Waiting("group", group_waiting.items, order=20))
        registry.footer.add(registry.Link("programme", _("The programme"), "programme", order=50))
        registry.footer.add(registry.Link("permissions", _("Who may do what"), "permission-list", order=60))

        registry.waiting.add(registry.Waiting("joining", joining_waiting.items, order=10))
        registry.header.add(registry.Part("acting-for", "organisations/_acting_for_menu.html"))
        registry.account.add(registry.Part("account", "organisations/_account_menu.html"))
        personal_data.elsewhere.add(
            personal_data.Elsewhere(
                "signin",
                _("Ways to sign in, and sessions"),
                _("To let you in and nobody else, and to show where you are signed in: browser and network address."),
                _("Until you remove them. A session ends when it has not been used for a while."),
                signin.held_about,
            )
        )
        jobs.schedule.add(jobs.Scheduled("personal-data-due", delete_due, at="04:10"))
        jobs.schedule.add(jobs.Scheduled("sessions-expired", forget_expired, at="04:00"))
