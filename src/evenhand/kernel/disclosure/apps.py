from django.apps import AppConfig

from evenhand.kernel.ledger import codes as ledger_codes

from . import codes


class DisclosureConfig(AppConfig):
    name = "evenhand.kernel.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
