from django.apps import AppConfig

from evenhand.kernel.ledger import codes as ledger_codes

from . import codes


class NoticesConfig(AppConfig):
    name = "evenhand.kernel.notices"
    label = "notices"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
