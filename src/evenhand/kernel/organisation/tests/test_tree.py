"""The tree against a plain walk, and terms of office that never overlap."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.kernel.organisation import actions, problems, queries
from evenhand.kernel.organisation.models import (
    Category,
    Level,
    Membership,
    Tenure,
    Unit,
)
from evenhand.kernel.organisation.tests.cast import SINCE, Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACT: dict[str, Any] = {"by": uuid.UUID(int=7), "at": AT}
EXAMPLES = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
    size = draw(st.integers(1, 15))
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
