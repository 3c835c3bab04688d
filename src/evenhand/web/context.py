"""What every page knows without being told: whose site it is, and its menus."""

from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from evenhand.web.menu import Surface, links

DESK_PREFIX = "/desk/"
"""Every page for staff lies below this address."""


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: `body_name`, `surface`, and `menu.public`, `menu.desk`, `menu.footer`."""
    menus = {kind.value: SimpleLazyObject(partial(links, kind, request)) for kind in Surface}
    return {"body_name": body_name(), "surface": surface(request).value, "menu": menus}


def body_name() -> str:
    """The body's own name in the language of the page, else in English."""
    names: Mapping[str, str] = settings.EVENHAND_BODY_NAME
    return names.get(get_language() or "en", names["en"])


def surface(request: HttpRequest) -> Surface:
    """Which of the bars a page has when its layout does not say."""
    return Surface.DESK if request.path.startswith(DESK_PREFIX) else Surface.PUBLIC
