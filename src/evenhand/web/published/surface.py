"""What publications put into the menus and on the first page."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.disclosure import figures
from evenhand.web import home, menu
from evenhand.web.components import Stat
from evenhand.web.desk.standing import standing_of
from evenhand.web.menu import MenuItem, Surface


def works(request: HttpRequest) -> bool:
    """For whoever holds a post in which one does more than read for the audit."""
    standing = standing_of(request)
    return standing is not None and bool(standing.posts) and not standing.only_audits


def strip() -> list[Stat]:
    """The figures that are not suppressed; one query."""
    said = [measure.said(figure) for measure, figure in figures.latest()]
    return [Stat(figure=one.figure, text=one.text) for one in said if one is not None]


def register() -> None:
    """Once the models are ready."""
    home.register_figures(strip)
    menu.register(
        MenuItem(
            surface=Surface.PUBLIC,
            key="published",
            label=_("Published"),
            url_name="published:list",
            order=40,
        ),
        MenuItem(
            surface=Surface.DESK,
            key="published.desk",
            label=_("Publications"),
            url_name="publications:list",
            order=45,
            visible=works,
        ),
    )
