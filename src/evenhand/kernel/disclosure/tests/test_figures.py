"""Figures are the worker's, of how many, and silent about few."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.disclosure import figures
from evenhand.kernel.disclosure.figures import Counted, Measure, Said
from evenhand.kernel.disclosure.models import Figure
from evenhand.kernel.organisation.tests.cast import Cast

from .conftest import AT


def measure(monkeypatch: pytest.MonkeyPatch, *counted: Counted) -> list[tuple[date, date]]:
    """One measure for each; returns the days that were asked for."""
    asked: list[tuple[date, date]] = []

    def of(number: int, one: Counted) -> Measure:
        def count(since: date, until: date) -> Counted:
            asked.append((since, until))
            return one

        return Measure(
            key=f"tried.{number}",
            order=number,
            name="Tried",
            counted="By hand.",
            count=count,
            say=lambda value, of: Said(f"{value} of {of}", "tried"),
        )

    made = {f"tried.{n}": of(n, one) for n, one in enumerate(counted)}
    monkeypatch.setattr(figures, "_measures", made)
    return asked


def test_a_figure_says_of_how_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    measure(monkeypatch, Counted(6, 7))
    figures.compute(at=AT)
    ((_measure, figure),) = figures.latest()
    assert (figure.value, figure.of) == (Decimal(6), 7)


def test_it_is_counted_over_twelve_months(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = measure(monkeypatch, Counted(6, 7))
    figures.compute(at=AT)
    assert asked == [(date(2025, 3, 2), date(2026, 3, 2))]


@pytest.mark.parametrize(("of", "shown"), [(0, False), (4, False), (5, True)])
def test_few_are_not_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, of: int, shown: bool
) -> None:
    measure(monkeypatch, Counted(of, of))
    figures.compute(at=AT)
    assert (Figure.objects.get().of is not None) is shown


def test_even_a_bug_cannot_keep_a_figure_on_few(cast: Cast) -> None:
    few = Figure(key="x", since=AT, until=AT, value=1, of=4, computed_at=AT)
    refused = pytest.raises(IntegrityError, match="suppressed")
    with acting(CLOCK, AT), refused, transaction.atomic():
        few.save(force_insert=True)


def test_counting_again_replaces_the_days_figure(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure(monkeypatch, Counted(6, 7))
    figures.compute(at=AT)
    measure(monkeypatch, Counted(7, 8))
    figures.compute(at=AT + timedelta(hours=1))
    assert [f.of for f in Figure.objects.all()] == [8]


def test_nobody_but_the_worker_writes_a_figure(cast: Cast) -> None:
    mine = Figure(key="x", since=AT, until=AT, value=100, of=100, computed_at=AT)
    for actor in (cast.governor.id, PUBLIC):
        with acting(actor, AT), pytest.raises(DatabaseError), transaction.atomic():
            mine.save(force_insert=True)
