"""The queue and its filters, which live in the address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from evenhand.mechanisms.petitions.tests.conftest import AT, Walk

from .conftest import Desk

Sits = Callable[..., Desk]
Begin = Callable[..., Walk]


def titles(desk: Desk, **filters: Any) -> list[str]:
    page = desk.get("/desk/cases/", **filters)
    return [row.case.title for row in page.context["rows"]]


@pytest.fixture
def desk(begin: Begin, walk: Walk, sits: Sits) -> Desk:
    """A registrar with three matters of different stages, kinds and days."""
    begin(AT - timedelta(days=20), title="Bus stop 14", kind="suggestion")
    begin(AT - timedelta(days=3), title="Depot at night").registered()
    return sits(walk.cast.registrar)


STREET, BUS, DEPOT = "Street flooding at Willow Lane", "Bus stop 14", "Depot at night"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [BUS, DEPOT, STREET]),
        ({"sort": "newest"}, [STREET, DEPOT, BUS]),
        ({"sort": "oldest"}, [BUS, DEPOT, STREET]),
        ({"state": "registered"}, [DEPOT]),
        ({"unit": "water"}, [DEPOT]),
        ({"kind": "petitions.suggestion"}, [BUS]),
        ({"overdue": "on"}, [BUS]),
        ({"text": "depot"}, [DEPOT]),
        ({"received_from": "2026-02-20"}, [DEPOT, STREET]),
        ({"received_to": "2026-02-20"}, [BUS]),
        ({"state": "closed"}, []),
        ({"state": "nonsense"}, [BUS, DEPOT, STREET]),
        ({"received_from": "yesterday"}, [BUS, DEPOT, STREET]),
        ({"page": "99"}, [BUS, DEPOT, STREET]),
    ],
)
def test_the_address_narrows_and_orders(
    desk: Desk, filters: dict[str, str], found: list[str]
) -> None:
    assert titles(desk, **filters) == found


def test_a_reference_finds_its_matter(desk: Desk) -> None:
    assert titles(desk, text=desk.walk.case.reference.lower()) == [STREET]


@pytest.mark.parametrize("text", ["M. Lin", "lin@example.org", "Lin"])
def test_nobody_is_found_by_who_they_are(desk: Desk, text: str) -> None:
    assert titles(desk, text=text, state="all") == []


def test_a_list_that_is_empty_says_so(desk: Desk) -> None:
    page = desk.get("/desk/cases/", text="no such words").content.decode()
    assert "There is no search by the person who brought a matter." in page


@pytest.mark.parametrize("many", [5, 50])
def test_the_queries_do_not_grow_with_the_queue(
    begin: Begin, sits: Sits, walk: Walk, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many - 1):
        begin(title=f"Matter {n}")
    desk = sits(walk.cast.registrar)
    with django_assert_num_queries(QUERIES):
        desk.get("/desk/cases/")


QUERIES = 15
