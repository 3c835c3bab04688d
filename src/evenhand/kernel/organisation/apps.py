from django.apps import AppConfig

from evenhand.kernel.ledger import codes as ledger_codes

from . import codes, powers


class OrganisationConfig(AppConfig):
    name = "evenhand.kernel.organisation"
    label = "organisation"

    def ready(self) -> None:
        ledger_codes.register(*codes.EVERY)
        powers.register(*powers.OWN)
