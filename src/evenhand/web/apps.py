"""The Django application that carries the look of every page."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Layouts, components, menus and error pages."""

    name = "evenhand.web"
    label = "web"

    def ready(self) -> None:
        # It needs the models, which are ready only now.
        from evenhand.web.desk import surface  # noqa: PLC0415
        from evenhand.web.published import surface as published  # noqa: PLC0415

        surface.register()
        published.register()
