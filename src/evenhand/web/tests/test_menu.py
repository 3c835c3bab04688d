"""The registry of menus."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from evenhand.web.menu import MenuError, MenuItem, Surface, links, register

pytestmark = [pytest.mark.urls("evenhand.web.tests.urls"), pytest.mark.usefixtures("empty_menu")]


def item(key: str, **changes: Any) -> MenuItem:
    given: dict[str, Any] = {"surface": Surface.PUBLIC, "url_name": key, "label": key, "order": 10}
    return MenuItem(key=key, **(given | changes))


def at(path: str) -> HttpRequest:
    return RequestFactory().get(path)


def current(path: str) -> dict[str, str]:
    return {str(link.label): link.current for link in links(Surface.PUBLIC, at(path))}


def test_items_stand_in_their_order_whoever_registers_first() -> None:
    register(item("refuse", order=20), item("bring", order=10))
    assert [link.url for link in links(Surface.PUBLIC, at("/"))] == ["/bring/", "/refuse/"]


def test_a_surface_shows_only_its_own_items() -> None:
    register(item("bring"), item("refuse", surface=Surface.DESK))
    assert [link.label for link in links(Surface.DESK, at("/"))] == ["refuse"]


def test_an_item_is_hidden_from_whom_it_is_not_for() -> None:
    register(item("bring", visible=lambda request: "staff" in request.GET))
    assert links(Surface.PUBLIC, at("/")) == []
    assert len(links(Surface.PUBLIC, at("/?staff"))) == 1


def test_registering_the_same_item_twice_changes_nothing() -> None:
    register(item("bring"), item("bring"))
    assert len(links(Surface.PUBLIC, at("/"))) == 1


def test_two_owners_of_one_key_are_refused() -> None:
    register(item("bring"))
    with pytest.raises(MenuError, match="already has an item 'bring'"):
        register(item("bring", label="Something else"))


def test_the_page_itself_is_current_and_pages_below_it_too() -> None:
    register(item("bring"), item("refuse"))
    assert current("/bring/") == {"bring": "page", "refuse": ""}
    assert current("/bring/2/") == {"bring": "true", "refuse": ""}


def test_the_nearest_item_above_a_page_is_current_alone() -> None:
    register(item("first"), item("bring"), item("follow"))
    assert current("/bring/follow/3/") == {"first": "", "bring": "", "follow": "true"}


def test_the_first_page_is_not_above_every_other() -> None:
    register(item("first"))
    assert current("/elsewhere/") == {"first": ""}
