from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "evenhand.kernel.access"
    label = "access"
