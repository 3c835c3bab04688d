"""Somebody of the standing cast at their desk, and a petition on its way."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from evenhand.base.clock import played
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.models import Person
from evenhand.mechanisms.petitions.tests.conftest import Walk, begin, walk

__all__ = ["begin", "walk"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Desk:
    """A browser in which one person is signed in; its clock stands where the petition's does."""

    def __init__(self, person: Person, walk: Walk, language: str = "en") -> None:
        address = f"{person.staff_number.lower()}@example.org"
        account = Account.objects.filter(person=person).first() or (
            Account.objects.create_account(person=person, email=address, password="unused")
        )
        self.walk = walk
        self.client = Client(headers={"accept-language": language})
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        self.client.force_login(account, backend=backend)

    def get(self, path: str, **query: Any) -> Any:
        with played(self.walk.at):
            return self.client.get(path, query)

    def post(self, path: str, **typed: Any) -> Any:
        with played(self.walk.at):
            return self.client.post(path, typed)

    def case(self, page: str = "") -> str:
        return f"/desk/cases/{self.walk.case.reference}/{page}"

    def seen(self, page: str) -> str:
        """The state that the form carries."""
        return str(self.get(self.case(page)).context["form"]["seen"].value())

    def step(self, page: str, **typed: Any) -> Any:
        """Open the form, then send it."""
        return self.post(self.case(f"{page}/"), seen=self.seen(f"{page}/"), **typed)


@pytest.fixture
def sits(walk: Walk) -> Callable[..., Desk]:
    def sits(person: Person, language: str = "en") -> Desk:
        return Desk(person, walk, language)

    return sits
