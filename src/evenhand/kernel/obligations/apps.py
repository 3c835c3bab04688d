from django.apps import AppConfig

from evenhand.kernel.ledger import codes as ledger_codes

from . import codes


class ObligationsConfig(AppConfig):
    name = "evenhand.kernel.obligations"
    label = "obligations"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
