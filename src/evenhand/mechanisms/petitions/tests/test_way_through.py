"""From the door to the answer that is served, and then closed by the clock."""

from datetime import timedelta

import pytest

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import carry_out, sweep
from evenhand.mechanisms.petitions.models import Document
from evenhand.mechanisms.petitions.states import State

from .conftest import Walk


def test_somebody_answers_for_it_from_the_first_minute(walk: Walk) -> None:
    assert walk.case.accountable_id == walk.cast.registrar.id
    assert walk.case.state == State.RECEIVED


def test_it_goes_from_the_door_to_a_served_answer(walk: Walk) -> None:
    walk.served()
    with acting(walk.petitioner, walk.at):
        document = Document.objects.get(case=walk.case, kind="opinion")
    assert (walk.case.state, document.served_manner) == (State.SERVED, "post")
    assert document.number == "南信复字〔2026〕1号"


def test_the_handler_answers_for_it_once_accepted(walk: Walk) -> None:
    walk.handling()
    assert walk.case.accountable_id == walk.cast.wen.id


def test_the_clock_closes_it_when_nobody_asks_for_a_review(walk: Walk) -> None:
    walk.served()
    later = walk.at + timedelta(days=32)
    found: list[Obligation] = []
    sweep(at=later, queue=found.append)
    for obligation in found:
        carry_out(obligation, later)
    with acting(CLOCK, later):
        walk.case.refresh_from_db()
        assert walk.case.state == State.CLOSED
        assert not Obligation.objects.open().filter(matter_id=walk.case.id).exists()


@pytest.mark.parametrize("stage", ["registered", "handling", "approving", "answered", "served"])
def test_at_every_stage_exactly_one_clock_runs(walk: Walk, stage: str) -> None:
    getattr(walk, stage)()
    with acting(CLOCK, walk.at):
        assert Obligation.objects.open().filter(matter_id=walk.case.id).count() == 1
