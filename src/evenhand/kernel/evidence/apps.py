from django.apps import AppConfig

from evenhand.base import audit as audits
from evenhand.kernel.ledger import codes as ledger_codes

from . import codes


class EvidenceConfig(AppConfig):
    name = "evenhand.kernel.evidence"
    label = "evidence"

    def ready(self) -> None:
        # What follows needs the models, which are not there before.
        from . import audit  # noqa: PLC0415

        ledger_codes.register(*codes.EVERY)
        audits.register(audit.UNALTERED)
