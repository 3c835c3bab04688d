"""The menus of the bar and the footer, filled by each mechanism when its application is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


class Surface(StrEnum):
    """Where a menu stands."""

    PUBLIC = "public"
    """The bar of the pages that anybody may read."""
    DESK = "desk"
    """The bar of the pages for staff."""
    FOOTER = "footer"
    """The foot of every page."""


class MenuError(ValueError):
    """Two different items claim one place in a menu."""


def everybody(_request: HttpRequest) -> bool:
    """Show the item to all who see the page."""
    return True


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One link of a menu; `key` is unique in its surface, lower `order` stands further left."""

    surface: Surface
    key: str
    label: str | Promise
    url_name: str
    order: int
    visible: Callable[[HttpRequest], bool] = everybody


@dataclass(frozen=True)
class MenuLink:
    """An item as it stands on one page; `current` is "page", "true" (a page below it) or ""."""

    label: str | Promise
    url: str
    current: str


_items: dict[tuple[Surface, str], MenuItem] = {}


def register(*items: MenuItem) -> None:
    """Add items to their menus; the same item twice is harmless, a second owner of a key is not."""
    for item in items:
        place = (item.surface, item.key)
        if _items.setdefault(place, item) != item:
            raise MenuError(f"the {item.surface} menu already has an item {item.key!r}")


def links(surface: Surface, request: HttpRequest) -> list[MenuLink]:
    """The menu of a surface for this request, in order, with the place where the reader is."""
    shown = [(item, reverse(item.url_name)) for item in _ordered(surface) if item.visible(request)]
    nearest = _nearest([url for _, url in shown], request.path)
    return [MenuLink(item.label, url, _current(url, nearest, request.path)) for item, url in shown]


def _ordered(surface: Surface) -> list[MenuItem]:
    items = [item for item in _items.values() if item.surface == surface]
    return sorted(items, key=lambda item: (item.order, item.key))


def _nearest(urls: list[str], path: str) -> str:
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")


def _current(url: str, nearest: str, path: str) -> str:
    if url != nearest:
        return ""
    return "page" if url == path else "true"
