from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "evenhand.kernel.ledger"
    label = "ledger"
