from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "evenhand.kernel.obligations"
    label = "obligations"
