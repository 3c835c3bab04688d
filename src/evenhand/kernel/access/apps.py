from django.apps import AppConfig

from evenhand.base import audit
from evenhand.kernel.ledger import codes as ledger_codes

from . import checks, codes


class AccessConfig(AppConfig):
    name = "evenhand.kernel.access"
    label = "access"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
        audit.register(*checks.INVARIANTS)
