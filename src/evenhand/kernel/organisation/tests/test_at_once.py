"""The guards of the database hold when two act at once, each on a connection of their own."""

import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from evenhand.kernel.organisation import actions, problems
from evenhand.kernel.organisation.models import Person, Tenure, Unit
from evenhand.kernel.organisation.tests.bring import Bring, told
from evenhand.kernel.organisation.tests.cast import CHANGED, SINCE, make_cast

ACT: dict[str, Any] = {"by": uuid.UUID(int=7), "at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC)}


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
    """Past the actions: commits only when the other has written too, or is seen to wait."""
    with transaction.atomic():
        Unit.objects.filter(id=unit.id).update(parent=under)
        with suppress(threading.BrokenBarrierError):
            met.wait(timeout=0.5)


@pytest.mark.usefixtures("committed")
def test_two_moves_at_once_cannot_close_a_circle_between_them() -> None:
    cast, met = make_cast(), threading.Barrier(2)
    outcomes = at_once(
        lambda: _raw_move(cast.water, cast.housing, met),
        lambda: _raw_move(cast.housing, cast.water, met),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IntegrityError", "NoneType"]


@pytest.mark.usefixtures("committed")
def test_of_two_appointments_at_once_one_is_told_who_holds_the_post() -> None:
    cast = make_cast()
    post = cast.posts["riverside_head"]

    def appoint(person: Person) -> Callable[[], object]:
        return lambda: actions.appoint(post=post, person=person, since=SINCE, **ACT)

    outcomes = at_once(appoint(cast.newcomer), appoint(cast.former_head))
    assert {type(outcome) for outcome in outcomes} == {Tenure, problems.PostTaken}


@pytest.mark.usefixtures("committed")
def test_a_unit_cannot_close_while_somebody_is_appointed_in_it() -> None:
    cast = make_cast()
    Tenure.objects.filter(post__unit=cast.riverside).delete()
    post = cast.posts["riverside_head"]
    outcomes = at_once(
        lambda: actions.appoint(post=post, person=cast.newcomer, since=SINCE, **ACT),
        lambda: actions.close_unit(unit=cast.riverside, on=CHANGED, **ACT),
    )
    closed = Unit.objects.get(id=cast.riverside.id).closed_on is not None
    refused = problems.UnitClosed if closed else problems.StillInUse
    assert [type(outcome) for outcome in outcomes].count(refused) == 1
    assert Tenure.objects.filter(post=post).exists() is not closed


@pytest.mark.usefixtures("committed")
def test_an_import_and_an_appointment_at_once_leave_one_holder(bring: Bring) -> None:
    cast = make_cast()
    post = cast.posts["riverside_head"]
    outcomes = at_once(
        lambda: actions.appoint(post=post, person=cast.newcomer, since=SINCE, **ACT),
        lambda: told(bring(tenures="post,person,since\nriverside_head,NZ015,2025-01-01\n")),
    )
    assert Tenure.objects.filter(post=post).count() == 1
    refused = [isinstance(outcomes[0], problems.PostTaken), outcomes[1] != []]
    assert refused.count(True) == 1
