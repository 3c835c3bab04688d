"""The tree of units against a plain walk, and the guards that hold when two act at once."""

import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.kernel.organisation import actions, problems, queries
from evenhand.kernel.organisation.models import (
    Category,
    Level,
    Membership,
    Person,
    Tenure,
    Unit,
)
from evenhand.kernel.organisation.tests.cast import SINCE, Cast, make_cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACT: dict[str, Any] = {"by": uuid.UUID(int=7), "at": AT}
EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is rolled back: hypothesis runs many examples in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def plant(parents: list[int | None]) -> list[Unit]:
    """One unit per place in the list; each names the place of its parent."""
    units = [
        Unit(code=f"t{n}", name=f"t{n}", category=Category.OFFICE, level=Level.COUNTY)
        for n in range(len(parents))
    ]
    for unit, parent in zip(units, parents, strict=True):
        unit.parent = None if parent is None else units[parent]
    shuffled = random.Random(len(units)).sample(units, k=len(units))
    Unit.objects.bulk_create(shuffled)
    return units


@st.composite
def trees(draw: st.DrawFn) -> list[int | None]:
    size = draw(st.integers(1, 25))
    return [None if n == 0 else draw(st.none() | st.integers(0, n - 1)) for n in range(size)]


def walk_up(parents: list[int | None], place: int) -> list[int]:
    above = parents[place]
    return [] if above is None else [above, *walk_up(parents, above)]


@pytest.mark.django_db
@EXAMPLES
@given(trees())
def test_subtrees_and_ancestors_agree_with_a_plain_walk(parents: list[int | None]) -> None:
    with undone():
        units = plant(parents)
        for place, unit in enumerate(units):
            above = walk_up(parents, place)
            below = {n for n in range(len(units)) if place in walk_up(parents, n)}
            assert queries.ancestors(unit) == [units[n] for n in above]
            assert queries.root_of(unit) == units[[place, *above][-1]]
            assert set(queries.subtree(unit)) == {unit} | {units[n] for n in below}


@pytest.mark.django_db
@EXAMPLES
@given(trees(), st.data())
def test_a_move_is_refused_exactly_when_it_would_close_a_circle(
    parents: list[int | None], data: st.DataObject
) -> None:
    places = st.integers(0, len(parents) - 1)
    moved, under = data.draw(places), data.draw(places)
    with undone():
        units = plant(parents)
        circle = under == moved or moved in walk_up(parents, under)
        try:
            actions.move_unit(unit=units[moved], under=units[under], **ACT)
        except problems.WouldBeCycle:
            assert circle
        else:
            assert not circle


@pytest.mark.django_db
def test_a_circle_written_at_once_is_refused() -> None:
    one, two, three = (
        Unit(code=code, name=code, category=Category.OFFICE, level=Level.COUNTY)
        for code in ("one", "two", "three")
    )
    one.parent, two.parent, three.parent = three, one, two
    with pytest.raises(IntegrityError, match="would stand below itself"):
        Unit.objects.bulk_create([one, two, three])


@EXAMPLES
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), min_size=2, max_size=6))
def test_terms_of_office_never_overlap_on_one_post(
    cast: Cast, terms: list[tuple[int, int]]
) -> None:
    post, taken = cast.posts["riverside_head"], set[int]()
    with undone():
        for start, length in terms:
            days = set(range(start, start + length))
            since, until = (SINCE + timedelta(days=n) for n in (start, start + length))
            try:
                actions.appoint(post=post, person=cast.newcomer, since=since, until=until, **ACT)
            except problems.PostTaken:
                assert days & taken
            else:
                assert not days & taken
                taken |= days


def test_the_database_itself_refuses_a_second_holder(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="one_holder_of_a_post_at_a_time"):
        Tenure.objects.create(
            post=cast.posts["wen"], person=cast.newcomer, during=(date(2026, 1, 1), None)
        )


def test_the_database_itself_refuses_a_second_seat(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="one_seat_in_a_body_at_a_time"):
        Membership.objects.create(
            body=cast.committee, person=cast.governor, during=(date(2026, 1, 1), None)
        )


# Two at once, on connections of their own.


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; what each returned or raised."""
    gate, outcomes = threading.Barrier(len(acts)), list[object]([None] * len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _raw_move(unit: Unit, under: Unit, met: threading.Barrier) -> None:
    """Past the actions: both transactions have begun before either writes or commits."""
    with transaction.atomic():
        Unit.objects.count()
        met.wait()
        Unit.objects.filter(id=unit.id).update(parent=under)


@pytest.mark.usefixtures("committed")
def test_two_moves_at_once_cannot_close_a_circle_between_them() -> None:
    for _ in range(5):
        Unit.objects.filter(code__startswith="m").delete()
        one, two = (
            Unit.objects.create(code=c, name=c, category=Category.OFFICE, level=Level.COUNTY)
            for c in ("m1", "m2")
        )
        met = threading.Barrier(2)
        outcomes = at_once(lambda: _raw_move(one, two, met), lambda: _raw_move(two, one, met))  # noqa: B023
        assert [type(o) for o in outcomes].count(IntegrityError) == 1


@pytest.mark.usefixtures("committed")
def test_of_two_appointments_at_once_one_is_told_who_holds_the_post() -> None:
    cast = make_cast()
    post = cast.posts["riverside_head"]

    def appoint(person: Person) -> Callable[[], object]:
        return lambda: actions.appoint(post=post, person=person, since=SINCE, **ACT)

    outcomes = at_once(appoint(cast.newcomer), appoint(cast.former_head))
    assert {type(outcome) for outcome in outcomes} == {Tenure, problems.PostTaken}
