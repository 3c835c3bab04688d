from django.apps import AppConfig

from evenhand.base import audit as audits


class LedgerConfig(AppConfig):
    name = "evenhand.kernel.ledger"
    label = "ledger"

    def ready(self) -> None:
        from . import audit  # noqa: PLC0415  # needs the models, which are ready only now

        audits.register(*audit.INVARIANTS)
