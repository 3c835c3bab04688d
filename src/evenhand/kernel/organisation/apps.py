from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "evenhand.kernel.organisation"
    label = "organisation"
