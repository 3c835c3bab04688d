"""Taking steps from the desk."""

from collections.abc import Callable

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.mechanisms.petitions.states import State
from evenhand.mechanisms.petitions.tests.conftest import Walk

from .conftest import Desk

Sits = Callable[..., Desk]


def state_of(walk: Walk) -> str:
    with acting(CLOCK, walk.at):
        walk.case.refresh_from_db()
    return walk.case.state


def test_a_registrar_registers_and_sends_to_the_unit_in_charge(walk: Walk, sits: Sits) -> None:
    answer = sits(walk.cast.registrar).step("register", kind="claim", unit="water")
    assert answer.status_code == 302
    assert state_of(walk) == State.REGISTERED
