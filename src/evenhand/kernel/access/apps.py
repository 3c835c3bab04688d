from django.apps import AppConfig

from evenhand.kernel.ledger import codes as ledger_codes

from . import codes


class AccessConfig(AppConfig):
    name = "evenhand.kernel.access"
    label = "access"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
