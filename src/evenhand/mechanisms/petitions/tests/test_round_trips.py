"""How often the database is asked: by a step, and by a sweep over many."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.correspondence import write
from evenhand.kernel.obligations import actions as obligations
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import sweep
from evenhand.kernel.obligations.tasks import queue
from evenhand.kernel.organisation.tests.cast import Cast

from .conftest import Walk

#: Statements of each step, savepoints and notices included, however long the matter is.
MOST = {"register": 33, "accept": 42, "propose": 13, "approve": 30, "serve": 27}


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Steps that the walk takes, with how many statements each needed."""
    found, step = dict[str, int](), Walk.step

    def counting(walk: Walk, name: str, by: Any, **facts: Any) -> Walk:
        found[name] = statements(lambda: step(walk, name, by, **facts))
        return walk

    monkeypatch.setattr(Walk, "step", counting)
    return found


def test_a_step_asks_the_database_so_many_times(
    walk: Walk, begin: Callable[..., Walk], counted: dict[str, int]
) -> None:
    begin().served()  # the year's series of numbers have begun
    for _ in range(20):
        write(case=walk.case.id, body="And more.", by=walk.petitioner, at=walk.at)
    walk.served()
    assert {step: n for step, n in counted.items() if n > MOST[step]} == {}


def overdue(cast: Cast, at: datetime, count: int) -> None:
    openings = [
        obligations.Opening(
            mechanism="petitions",
            key="petitions.register",
            matter=None,
            unit=cast.water.id,
            bearer=cast.wen.id,
            counted_from=at - timedelta(days=90),
            consequence="cases.clock",
            argument="escalate",
        )
        for _ in range(count)
    ]
    with acting(CLOCK, at):
        obligations.open_many(openings, at=at)


def test_a_sweep_of_five_hundred_costs_no_more_than_one_of_five(cast: Cast) -> None:
    at = datetime.fromisoformat("2026-06-01T09:00+08:00")

    def swept(count: int) -> int:
        overdue(cast, at, count)
        return statements(lambda: sweep(at=at, queue=queue))

    assert swept(500) == swept(5)
    with acting(CLOCK, at):
        assert Obligation.objects.filter(breached_at=at).count() == 505
