from django.apps import AppConfig

from evenhand.kernel.ledger import codes as ledger_codes

from . import codes


class EvidenceConfig(AppConfig):
    name = "evenhand.kernel.evidence"
    label = "evidence"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
