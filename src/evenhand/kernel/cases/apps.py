from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from evenhand.base import audit as audits
from evenhand.kernel.ledger import codes
from evenhand.kernel.obligations import consequences


class CasesConfig(AppConfig):
    name = "evenhand.kernel.cases"
    label = "cases"

    def ready(self) -> None:
        # All of these need the models, which are ready only now.
        from evenhand.kernel.access import handover as leaving  # noqa: PLC0415

        from . import actions, audit, clocks, correspondence, handover, systemcheck  # noqa: PLC0415

        codes.register(
            codes.Code(correspondence.WRITTEN, _("Something was written in the matter.")),
            codes.Code(correspondence.CONTACT, _("The petitioner corrected how to reach them.")),
            codes.Code(handover.PASSED_ON, _("Somebody who left a post passed the matter on.")),
        )
        leaving.register(handover.KIND, handover.find, handover.move)
        consequences.register(clocks.CONSEQUENCE, actions.clock)
        checks.register(systemcheck.flows_are_sound)
        audits.register(*audit.INVARIANTS)
