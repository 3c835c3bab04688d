from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "evenhand.kernel.cases"
    label = "cases"
