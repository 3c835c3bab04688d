"""The Django application that carries the look of every page."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Layouts, components, menus and error pages."""

    name = "evenhand.web"
    label = "web"
