"""Pages to try the look on: a form, a page that is not allowed, and one that breaks."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from evenhand.web import menu


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def empty_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_items", {})


@pytest.fixture
def visitor(db: None) -> Client:
    """Somebody who is not signed in; a fault shows its page instead of being raised."""
    return Client(raise_request_exception=False, headers={"accept-language": "en"})
