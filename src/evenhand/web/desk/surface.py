"""The desk's own entries in the menu."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.organisation.powers import AUDIT
from evenhand.web import menu
from evenhand.web.menu import MenuItem, Surface

from .standing import in_office, may


def register() -> None:
    """Once the models are ready."""
    menu.register(
        MenuItem(
            surface=Surface.DESK,
            key="desk.work",
            label=_("My work"),
            url_name="desk:work",
            order=10,
            visible=in_office,
        ),
        MenuItem(
            surface=Surface.DESK,
            key="desk.cases",
            label=_("Cases"),
            url_name="desk:cases",
            order=20,
            visible=in_office,
        ),
        MenuItem(
            surface=Surface.DESK,
            key="desk.audit",
            label=_("Audit"),
            url_name="desk:audit",
            order=60,
            visible=may(AUDIT),
        ),
    )
