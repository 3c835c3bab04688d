from django.apps import AppConfig

from . import codes


class RulesConfig(AppConfig):
    name = "evenhand.kernel.rules"
    label = "rules"

    def ready(self) -> None:
        codes.register_all()
